import { checkSchema, resolveRef } from '../converse/checkSchema.js';
import { isJsonObject, parseJsonText } from '../converse/jsonText.js';
import { pathText } from '../converse/structuredAnswer.js';
import type { JsonObject, JsonValue } from '../converse/types.js';
import { nodeAt, readJsonTree, type JsonMember, type JsonNode } from './jsonTree.js';

/** A finding in a JSON text; offsets count UTF-16 units, `end` exclusive. */
export interface BodyFinding {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** What is wrong with a body, in place: broken JSON as an error, a miss of the schema as a warning. */
export function checkBodyText(text: string, schema: JsonValue): BodyFinding[] {
  const parsed = parseJsonText(text);
  if (!parsed.ok) return [{ ...syntaxPlace(text, parsed.message), severity: 'error' }];
  const root = readJsonTree(text);
  if (!root) return [];
  return checkSchema(parsed.value, schema).map(({ path, message }) => {
    const { node, key } = nodeAt(root, path);
    const place = message.startsWith('has no') && key ? keyPlace(key) : shortPlace(node);
    return { ...place, message: `${pathText(path, 'The body')} ${message}.`, severity: 'warning' };
  });
}

function keyPlace({ keyStart, keyEnd }: JsonMember) {
  return { start: keyStart, end: keyEnd };
}

/** A name that is not closed yet reaches to the end of its line as JSON; for its writer it ends here. */
function namePlace(text: string, key: JsonMember, offset: number) {
  const { keyStart, keyEnd } = key;
  const isClosed = keyEnd > keyStart + 1 && text[keyEnd - 1] === '"';
  return { start: keyStart, end: isClosed ? keyEnd : Math.max(offset, keyStart + 1) };
}

/** Objects and arrays are marked at their first character only: a page of squiggles helps nobody. */
function shortPlace(node: JsonNode) {
  const isLong = node.type === 'object' || node.type === 'array';
  return { start: node.start, end: isLong ? node.start + 1 : node.end };
}

/** V8 says "… at position 12 …", or quotes the place; without either the end of the text it is. */
function syntaxPlace(text: string, message: string) {
  const position = /at position (\d+)/.exec(message)?.[1];
  const start = position === undefined ? text.length : Math.min(Number(position), text.length);
  return { start: Math.max(0, start === text.length ? start - 1 : start), end: start + 1, message };
}

/** A member or value to put between `start` and `end`. */
export interface BodyCompletion {
  readonly label: string;
  readonly insert: string;
  readonly start: number;
  readonly end: number;
  readonly about: string;
}

/** What can be written at an offset: members of the object there, or the values a member may have. */
export function completeBodyText(
  text: string,
  offset: number,
  schema: JsonValue,
): BodyCompletion[] {
  const root = readJsonTree(text);
  const place = root ? placeAt(root, offset, schema, schema) : undefined;
  if (!place) return [];
  const { node, rule, key } = place;
  if (key?.value && offset >= key.value.start && key.value.type !== 'object') {
    return valueCompletions(key.value, ruleOf(rule, key.name, schema));
  }
  if (key && !key.value && offset > key.keyEnd) {
    const here = { start: offset, end: offset };
    return valueCompletions({ ...node, ...here }, ruleOf(rule, key.name, schema));
  }
  if (node.type !== 'object') return [];
  const replaced = key ? namePlace(text, key, offset) : { start: offset, end: offset };
  const properties = isJsonObject(rule['properties']) ? rule['properties'] : {};
  return Object.entries(properties)
    .filter(([name]) => name === key?.name || !node.members.some((member) => member.name === name))
    .map(([name, member]) => ({
      label: name,
      insert: `${JSON.stringify(name)}${key?.value ? '' : `: ${emptyValue(member)}`}`,
      ...replaced,
      about: aboutOf(member),
    }));
}

function valueCompletions(at: { start: number; end: number }, rule: JsonObject): BodyCompletion[] {
  const { enum: choices, type } = rule;
  const words: readonly JsonValue[] = Array.isArray(choices)
    ? (choices as readonly JsonValue[])
    : type === 'boolean'
      ? [true, false]
      : [];
  return words.map((word) => ({
    label: typeof word === 'string' ? word : JSON.stringify(word),
    insert: JSON.stringify(word),
    start: at.start,
    end: at.end,
    about: aboutOf(rule),
  }));
}

/** What the schema says of the member under an offset. */
export function describeBodyText(
  text: string,
  offset: number,
  schema: JsonValue,
): { readonly start: number; readonly end: number; readonly text: string } | undefined {
  const root = readJsonTree(text);
  const place = root ? placeAt(root, offset, schema, schema) : undefined;
  if (!place?.key) return undefined;
  const rule = ruleOf(place.rule, place.key.name, schema);
  const about = [aboutOf(rule), rangeOf(rule)].filter((part) => part !== '').join(' ');
  return about === '' ? undefined : { ...keyPlace(place.key), text: about };
}

function rangeOf({ minimum, maximum, enum: choices }: JsonObject): string {
  if (Array.isArray(choices)) {
    return `(${choices.map((one: JsonValue) => JSON.stringify(one)).join(', ')})`;
  }
  if (minimum === undefined && maximum === undefined) return '';
  return `(${JSON.stringify(minimum ?? '')} … ${JSON.stringify(maximum ?? '')})`.replaceAll(
    '""',
    '',
  );
}

interface Place {
  readonly node: JsonNode;
  readonly rule: JsonObject;
  readonly key?: JsonMember;
}

/** The innermost object or array around an offset, its schema, and the member the offset is in. */
function placeAt(
  node: JsonNode,
  offset: number,
  rule: JsonValue,
  root: JsonValue,
): Place | undefined {
  if (offset <= node.start || offset > node.end) return undefined;
  const here = follow(rule, root);
  for (const item of node.items) {
    const inner = placeAt(item, offset, here['items'] ?? {}, root);
    if (inner && (item.type === 'object' || item.type === 'array')) return inner;
  }
  const key = node.members.findLast(
    ({ keyStart, keyEnd, value }) => offset >= keyStart && offset <= (value?.end ?? keyEnd),
  );
  const value = key?.value;
  if (key && value && (value.type === 'object' || value.type === 'array')) {
    const inner = placeAt(value, offset, ruleOf(here, key.name, root), root);
    if (inner) return inner;
  }
  return { node, rule: here, ...(key && { key }) };
}

function follow(rule: JsonValue, root: JsonValue): JsonObject {
  if (!isJsonObject(rule)) return {};
  const { $ref } = rule;
  const target = typeof $ref === 'string' ? resolveRef(root, $ref) : undefined;
  return isJsonObject(target) ? target : rule;
}

function ruleOf({ properties }: JsonObject, name: string, root: JsonValue): JsonObject {
  const found =
    isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  return follow(found ?? {}, root);
}

function aboutOf(rule: JsonValue): string {
  const about = isJsonObject(rule) ? rule['description'] : undefined;
  return typeof about === 'string' ? about : '';
}

function emptyValue(rule: JsonValue): string {
  const { type, enum: choices } = isJsonObject(rule) ? rule : {};
  if (Array.isArray(choices)) return JSON.stringify(choices[0]);
  const empty: Readonly<Record<string, string>> = {
    string: '""',
    array: '[]',
    object: '{}',
    boolean: 'true',
  };
  return typeof type === 'string' ? (empty[type] ?? '') : '';
}
