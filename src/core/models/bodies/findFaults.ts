import type { Fault, Finding, Path } from './finding.js';
import { isBlank } from './finding.js';
import { isObject } from './json.js';
import type { Group, Member, MemberType } from './member.js';
import type { JsonObject } from './types.js';

/** A list with the same mistake in every item has one mistake. */
const mostInList = 3;

/**
 * What of a body does not fit its description. A member that is null counts as absent: the models' own
 * clients write it.
 */
export function findFaults(body: JsonObject, group: Group, path: Path = []): Finding[] {
  const { members } = group;
  const missing = absent(body, group, path);
  const others: Finding[] = [];
  const faults: Finding[] = [];
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!member) others.push(...extra(name, group, path));
    else if (isPlain(value, member)) continue;
    else faults.push(...valueFaults(value, member, [...path, name]));
  }
  if (group.isUnion === true && others.length === 0) others.push(...unionFaults(body, group, path));
  // Where one is missing, an unknown one is most likely it, misspelt: one mistake.
  const said =
    missing.length === 0
      ? others
      : others.filter(({ fault }) => fault.kind !== 'extra' || fault.hint);
  return [...missing, ...said, ...faults];
}

/** True for a text of which nothing but its type is known: what most values are. */
function isPlain(value: unknown, { type, text, choices, either }: Member): boolean {
  return (
    typeof value === 'string' &&
    type === 'string' &&
    choices === undefined &&
    either === undefined &&
    (text === undefined || !isBlank(value))
  );
}

/** True where a member is there and is not null. */
export function has(body: JsonObject, member: string): boolean {
  return body[member] !== undefined && body[member] !== null;
}

function error(path: Path, fault: Fault, by: Partial<Member> = {}): Finding {
  return finding('error', path, fault, by);
}

function finding(
  severity: Finding['severity'],
  path: Path,
  fault: Fault,
  { instead, rule }: Partial<Member>,
): Finding {
  const value = 'value' in fault ? fault.value : undefined;
  return {
    severity,
    path,
    fault,
    ...(instead && { instead: () => instead(value) }),
    ...(rule !== undefined && { rule }),
  };
}

const requiredNames = new WeakMap<Group, readonly string[]>();

/** Asked for every record with a shape of its own, so it is worked out once a description. */
function requiredOf(group: Group): readonly string[] {
  const known = requiredNames.get(group);
  if (known) return known;
  const names = Object.entries(group.members)
    .filter(([, { isRequired }]) => isRequired === true)
    .map(([name]) => name);
  requiredNames.set(group, names);
  return names;
}

function absent(body: JsonObject, group: Group, path: Path): Finding[] {
  const { oneOf } = group;
  const found: Finding[] = [];
  const names = requiredOf(group).filter((name) => !has(body, name));
  if (names.length > 0) found.push(error(path, { kind: 'missing', names }));
  if (oneOf && !oneOf.some((name) => has(body, name))) {
    found.push(error(path, { kind: 'oneOf', names: oneOf }));
  }
  return found;
}

function extra(name: string, { wrongNames = {}, extras }: Group, path: Path): Finding[] {
  // What a guardrail adds is read by Bedrock, not by the model.
  if (name.startsWith('amazon-bedrock-')) return [];
  const hint = Object.hasOwn(wrongNames, name) ? wrongNames[name] : undefined;
  const at = [...path, name];
  if (hint) return [error(at, { kind: 'extra', name, hint })];
  if (extras === undefined) return [];
  const severity = extras === 'refused' ? 'error' : 'warning';
  return [finding(severity, at, { kind: 'extra', name }, { rule: 'unknown-member' })];
}

function unionFaults(body: JsonObject, { members }: Group, path: Path): Finding[] {
  const given = Object.keys(body).filter((name) => has(body, name));
  if (given.length === 1 && Object.hasOwn(members, given[0] ?? '')) return [];
  return [error(path, { kind: 'union', given, names: Object.keys(members) })];
}

function valueFaults(value: unknown, member: Member, path: Path): Finding[] {
  const { either, type } = member;
  if (either) {
    const fitting = either.find((one) => isOfType(value, one.type));
    if (fitting) return valueFaults(value, fitting, path);
    const expected = either.map((one) => one.type);
    return [error(path, { kind: 'type', expected, value }, member)];
  }
  if (!isOfType(value, type)) {
    return [error(path, { kind: 'type', expected: [type], value }, member)];
  }
  return [
    ...choiceFaults(value, member, path),
    ...(typeof value === 'string' ? textFaults(value, member, path) : []),
    ...(typeof value === 'number' ? numberFaults(value, member, path) : []),
    ...(Array.isArray(value) ? listFaults(value, member, path) : []),
    ...(isObject(value) ? objectFaults(value, member, path) : []),
  ];
}

function choiceFaults(value: unknown, member: Member, path: Path): Finding[] {
  const { choices, isSoft } = member;
  if (!choices || choices.some((one) => one === value)) return [];
  const severity = isSoft === true ? 'warning' : 'error';
  return [finding(severity, path, { kind: 'choice', choices, value }, member)];
}

function textFaults(value: string, member: Member, path: Path): Finding[] {
  const { text } = member;
  if (text === undefined || !isBlank(value)) return [];
  const isEmpty = value === '';
  const isRefused = text === 'nonBlank' || (text === 'nonEmpty' && isEmpty);
  const severity = isRefused ? 'error' : 'warning';
  return [finding(severity, path, { kind: 'blank', isEmpty }, { rule: 'blank-text', ...member })];
}

function numberFaults(value: number, member: Member, path: Path): Finding[] {
  const { min, max, isSoft } = member;
  // A lower bound does not move when a model learns to write more.
  if (min !== undefined && value < min) {
    return [error(path, { kind: 'below', bound: min, value }, member)];
  }
  if (max === undefined || value <= max) return [];
  const severity = isSoft === true ? 'warning' : 'error';
  return [finding(severity, path, { kind: 'above', bound: max, value }, member)];
}

function listFaults(value: readonly unknown[], member: Member, path: Path): Finding[] {
  const { min = 0, max = Infinity, items, isSoft } = member;
  const count = value.length;
  if (count < min) return [error(path, { kind: 'tooFew', bound: min, count }, member)];
  const severity = isSoft === true ? 'warning' : 'error';
  const many =
    count > max ? [finding(severity, path, { kind: 'tooMany', bound: max, count }, member)] : [];
  if (!items) return many;
  const found: Finding[] = [];
  for (const [index, item] of value.entries()) {
    // Null is no item, but no wrong one either: union members may be written out as null.
    if (item !== null) found.push(...valueFaults(item, items, [...path, index]));
    if (found.length >= mostInList) break;
  }
  return [...many, ...found.slice(0, mostInList)];
}

function objectFaults(value: JsonObject, member: Member, path: Path): Finding[] {
  const { members, tag, forms } = member;
  if (members) return findFaults(value, member as Group, path);
  if (!forms || tag === undefined) return [];
  const kind = value[tag];
  if (kind === undefined || kind === null) return [error(path, { kind: 'missing', names: [tag] })];
  const form = typeof kind === 'string' && Object.hasOwn(forms, kind) ? forms[kind] : undefined;
  if (!form) {
    return [
      formFault(typeof kind === 'string' ? kind : JSON.stringify(kind), member, [...path, tag]),
    ];
  }
  return findFaults(value, withTag(form, tag), path);
}

function formFault(value: string, member: Member, path: Path): Finding {
  const { wrongForms = {}, isSoft, rule, tag = '' } = member;
  const hint = Object.hasOwn(wrongForms, value) ? wrongForms[value] : undefined;
  const severity = isSoft === true && !hint ? 'warning' : 'error';
  return finding(
    severity,
    path,
    { kind: 'form', tag, value },
    { ...(hint && { instead: hint }), ...(rule !== undefined && { rule }) },
  );
}

const tagged = new WeakMap<Group, Group>();

/** The form with its tag as a member. */
function withTag(form: Group, tag: string): Group {
  const known = tagged.get(form);
  if (known) return known;
  const made = { ...form, members: { [tag]: { type: 'string' as const }, ...form.members } };
  tagged.set(form, made);
  return made;
}

/** True where a value is of a member's type. */
export function isOfType(value: unknown, type: MemberType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
