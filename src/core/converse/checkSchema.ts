import { isJsonObject } from './jsonText.js';
import type { JsonObject, JsonValue } from './types.js';

/** Where a value does not fit its schema; `path` holds member names and indexes from the root. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = readonly (string | number)[];

interface Check {
  readonly root: JsonValue;
  readonly path: Path;
  /** How many `$ref` lead here: a schema that only refers to itself must end. */
  readonly depth: number;
}

/**
 * Checks a value against a JSON Schema without `eval`. Of draft 2020-12: type, enum, const, properties,
 * required, additionalProperties, patternProperties, items, prefixItems, the size and range words,
 * pattern, uniqueItems, multipleOf, allOf, anyOf, oneOf, not and local `$ref`. Others are not looked at.
 */
export function checkSchema(value: JsonValue, schema: JsonValue): SchemaProblem[] {
  return check(value, schema, { root: schema, path: [], depth: 0 });
}

function check(value: JsonValue, schema: JsonValue, at: Check): SchemaProblem[] {
  if (schema === true) return [];
  if (schema === false) return [problem(at, 'is not allowed here')];
  if (!isJsonObject(schema)) return [];
  return [
    ...checkRef(value, schema, at),
    ...checkKind(value, schema, at),
    ...checkCombined(value, schema, at),
    ...(typeof value === 'string' ? checkText(value, schema, at) : []),
    ...(typeof value === 'number' ? checkNumber(value, schema, at) : []),
    ...(isList(value) ? checkList(value, schema, at) : []),
    ...(isJsonObject(value) ? checkObject(value, schema, at) : []),
  ];
}

function problem(at: Check, message: string): SchemaProblem {
  return { path: at.path, message };
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function checkRef(value: JsonValue, schema: JsonObject, at: Check): SchemaProblem[] {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return [];
  if (at.depth > 50) return [problem(at, `cannot be checked: ${$ref} refers to itself`)];
  const target = resolveRef(at.root, $ref);
  if (target === undefined) return [problem(at, `cannot be checked: ${$ref} is not in the schema`)];
  return check(value, target, { ...at, depth: at.depth + 1 });
}

/** The part of a schema that a local reference names: `#/$defs/item`. */
export function resolveRef(root: JsonValue, ref: string): JsonValue | undefined {
  if (!ref.startsWith('#')) return undefined;
  let here: JsonValue | undefined = root;
  for (const step of ref.slice(1).split('/').slice(1)) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    here = isList(here) ? here[Number(name)] : isJsonObject(here) ? here[name] : undefined;
  }
  return here;
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function checkKind(value: JsonValue, schema: JsonObject, at: Check): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const { type } = schema;
  const kinds = (isList(type) ? type : [type]).filter((kind) => typeof kind === 'string');
  const kind = kindOf(value);
  const fits = kinds.some(
    (wanted) => wanted === kind || (wanted === 'integer' && Number.isInteger(value)),
  );
  if (kinds.length > 0 && !fits) {
    found.push(
      problem(at, `should be ${kinds.map(withArticle).join(' or ')}, not ${withArticle(kind)}`),
    );
  }
  if (isList(schema['enum']) && !schema['enum'].some((one) => isSame(one, value))) {
    const names = schema['enum'].map((one) => JSON.stringify(one)).join(', ');
    found.push(problem(at, `should be one of ${names}`));
  }
  if (schema['const'] !== undefined && !isSame(schema['const'], value)) {
    found.push(problem(at, `should be ${JSON.stringify(schema['const'])}`));
  }
  return found;
}

function withArticle(kind: string): string {
  if (kind === 'null') return 'null';
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((one, i) => isSame(one, b[i] ?? null));
  if (!isJsonObject(a) || !isJsonObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name] ?? null, b[name] ?? null))
  );
}

function checkCombined(value: JsonValue, schema: JsonObject, at: Check): SchemaProblem[] {
  const { allOf, anyOf, oneOf, not } = schema;
  const found = isList(allOf) ? allOf.flatMap((part) => check(value, part, at)) : [];
  const tries = (parts: readonly JsonValue[]) => parts.map((part) => check(value, part, at));
  if (isList(anyOf)) {
    const results = tries(anyOf);
    if (results.every((one) => one.length > 0)) found.push(...closest(results, at));
  }
  if (isList(oneOf)) {
    const results = tries(oneOf);
    const fitting = results.filter((one) => one.length === 0).length;
    if (fitting === 0) found.push(...closest(results, at));
    if (fitting > 1)
      found.push(problem(at, `fits ${fitting} of the forms, but only one is allowed`));
  }
  if (not !== undefined && check(value, not, at).length === 0) {
    found.push(problem(at, 'has a form that is not allowed'));
  }
  return found;
}

/** Of several forms that all fail, what is wrong with the nearest one. */
function closest(results: readonly SchemaProblem[][], at: Check): SchemaProblem[] {
  const [first = [problem(at, 'fits none of the forms')], ...others] = results;
  return others.reduce((best, one) => (one.length < best.length ? one : best), first);
}

/** A limit of the schema where it is a number. */
function limit(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}

interface Sized {
  readonly size: number;
  readonly least: string;
  readonly most: string;
  readonly unit: string;
}

function checkSize(
  schema: JsonObject,
  at: Check,
  { size, least, most, unit }: Sized,
): SchemaProblem[] {
  const min = limit(schema, least);
  const max = limit(schema, most);
  const found: SchemaProblem[] = [];
  if (min !== undefined && size < min) found.push(problem(at, `needs at least ${min} ${unit}`));
  if (max !== undefined && size > max) found.push(problem(at, `takes at most ${max} ${unit}`));
  return found;
}

function checkText(value: string, schema: JsonObject, at: Check): SchemaProblem[] {
  const size = Array.from(value).length;
  const found = checkSize(schema, at, {
    size,
    least: 'minLength',
    most: 'maxLength',
    unit: 'characters',
  });
  const { pattern } = schema;
  if (typeof pattern === 'string' && matches(pattern, value) === false) {
    found.push(problem(at, `should match ${pattern}`));
  }
  return found;
}

/** Undefined where the pattern itself is wrong: that is no fault of the value. */
function matches(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function checkNumber(value: number, schema: JsonObject, at: Check): SchemaProblem[] {
  const rules: readonly [string, (bound: number) => boolean, string][] = [
    ['minimum', (bound) => value >= bound, 'at least'],
    ['maximum', (bound) => value <= bound, 'at most'],
    ['exclusiveMinimum', (bound) => value > bound, 'above'],
    ['exclusiveMaximum', (bound) => value < bound, 'below'],
    [
      'multipleOf',
      (bound) => Math.abs(value / bound - Math.round(value / bound)) < 1e-9,
      'a multiple of',
    ],
  ];
  return rules.flatMap(([name, isFine, words]) => {
    const bound = limit(schema, name);
    return bound === undefined || isFine(bound) ? [] : [problem(at, `should be ${words} ${bound}`)];
  });
}

function checkList(value: readonly JsonValue[], schema: JsonObject, at: Check): SchemaProblem[] {
  const found = checkSize(schema, at, {
    size: value.length,
    least: 'minItems',
    most: 'maxItems',
    unit: 'items',
  });
  if (schema['uniqueItems'] === true) {
    const twice = value.findIndex((one, index) =>
      value.slice(0, index).some((two) => isSame(one, two)),
    );
    if (twice >= 0) found.push({ path: [...at.path, twice], message: 'is there twice' });
  }
  const prefix = isList(schema['prefixItems']) ? schema['prefixItems'] : [];
  for (const [index, item] of value.entries()) {
    const rule = prefix[index] ?? schema['items'];
    if (rule !== undefined) found.push(...check(item, rule, below(at, index)));
  }
  return found;
}

function below(at: Check, step: string | number): Check {
  return { ...at, path: [...at.path, step], depth: 0 };
}

function checkObject(value: JsonObject, schema: JsonObject, at: Check): SchemaProblem[] {
  const size = Object.keys(value).length;
  const found = checkSize(schema, at, {
    size,
    least: 'minProperties',
    most: 'maxProperties',
    unit: 'members',
  });
  for (const name of isList(schema['required']) ? schema['required'] : []) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) {
      found.push(problem(at, `has no "${name}", which is required`));
    }
  }
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const patterns = isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {};
  for (const [name, member] of Object.entries(value)) {
    const rules = Object.entries(patterns)
      .filter(([pattern]) => matches(pattern, name) === true)
      .map(([, rule]) => rule);
    if (Object.hasOwn(properties, name)) rules.push(properties[name] ?? true);
    const other = schema['additionalProperties'];
    if (rules.length === 0 && other === false) {
      found.push({ path: [...at.path, name], message: 'is not a member of this schema' });
    } else if (rules.length === 0 && other !== undefined) rules.push(other);
    for (const rule of rules) found.push(...check(member, rule, below(at, name)));
  }
  return found;
}
