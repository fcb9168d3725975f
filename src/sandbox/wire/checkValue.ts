import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';
import {
  type ListShape,
  type MapShape,
  type ServiceModel,
  type Shape,
  type SimpleShape,
  type StructureShape,
  shapeOf,
} from './model.js';

/** Throws AWS's ValidationException for an input that lacks what is required or breaks a constraint. */
export function checkInput(service: ServiceModel, shapeName: string, input: unknown): void {
  const found = violations(service, shapeName, input, '');
  if (found.length === 0) return;
  const noun = found.length === 1 ? 'error' : 'errors';
  throw validationError(`${found.length} validation ${noun} detected: ${found.join('; ')}`);
}

/** What a value, read by `readValue`, breaks, in AWS's sentences; lists count from 1, `tags.1.member.key`. */
export function violations(
  service: ServiceModel,
  shapeName: string,
  value: unknown,
  path: string,
): string[] {
  const shape = shapeOf(service, shapeName);
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'eventStream':
      return isObject(value) ? inStructure(service, shape, value, path) : [];
    case 'list':
      return Array.isArray(value) ? inList(service, shape, value, path) : [];
    case 'map':
      return isObject(value) ? inMap(service, shape, value, path) : [];
    default:
      return broken(shape, value).map((what) => sentence(shown(shape, value), path, what));
  }
}

function inStructure(
  service: ServiceModel,
  { type, members, required = [] }: StructureShape,
  value: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const given = Object.entries(members).filter(([name]) => value[name] !== undefined);
  const isWrongUnion = type === 'union' && given.length !== 1;
  return [
    ...required
      .filter((name) => value[name] === undefined)
      .map((name) => sentence(' null', at(name), 'Member must not be null')),
    ...(isWrongUnion ? [unionSentence(path, Object.keys(members))] : []),
    ...given.flatMap(([name, member]) => violations(service, member, value[name], at(name))),
  ];
}

function inList(
  service: ServiceModel,
  shape: ListShape,
  items: readonly unknown[],
  path: string,
): string[] {
  const found = ofLength(shape, items.length).map((what) =>
    sentence(shown(shape, items), path, what),
  );
  const member = shapeOf(service, shape.member);
  if (!isSimple(member)) {
    const inItems = items.flatMap((item, index) => {
      const here = `${path}.${index + 1}.member`;
      return item === undefined
        ? [sentence(' null', here, 'Member must not be null')]
        : violations(service, shape.member, item, here);
    });
    return [...found, ...inItems];
  }
  const whole = shown(sensitive(shape, member), items);
  return [...found, ...ofItems(member, items, path, 'Member must satisfy constraint', whole)];
}

function inMap(
  service: ServiceModel,
  shape: MapShape,
  map: Readonly<Record<string, unknown>>,
  path: string,
): string[] {
  const keys = Object.keys(map);
  const member = shapeOf(service, shape.value);
  const key = shapeOf(service, shape.key) as SimpleShape;
  const whole = shown(sensitive(shape, key, member), map);
  return [
    ...ofLength(shape, keys.length).map((what) => sentence(shown(shape, map), path, what)),
    ...ofItems(key, keys, path, 'Map keys must satisfy constraint', whole),
    ...(isSimple(member)
      ? ofItems(member, Object.values(map), path, 'Map value must satisfy constraint', whole)
      : Object.entries(map).flatMap(([name, value]) =>
          violations(service, shape.value, value, `${path}.${name}.member`),
        )),
  ];
}

/** Texts and numbers in a list or map are told about together, with all constraints they have. */
function ofItems(
  shape: SimpleShape,
  items: readonly unknown[],
  path: string,
  what: string,
  whole: string,
): string[] {
  const isBroken = items.some((item) => item === undefined || broken(shape, item).length > 0);
  return isBroken ? [sentence(whole, path, `${what}: [${constraints(shape).join(', ')}]`)] : [];
}

function isSimple(shape: Shape): shape is SimpleShape {
  return !('members' in shape) && shape.type !== 'list' && shape.type !== 'map';
}

function broken(shape: SimpleShape, value: unknown): string[] {
  if (typeof value === 'number') {
    const { min = -Infinity, max = Infinity } = shape;
    return value < min ? [atLeast('value', min)] : value > max ? [atMost('value', max)] : [];
  }
  if (value instanceof Uint8Array) return ofLength(shape, value.byteLength);
  if (typeof value !== 'string') return [];
  const { pattern, enum: choices, max = Infinity } = shape;
  const isTried = pattern !== undefined && value.length <= Math.min(max, longestTried);
  return [
    ...ofLength(shape, value.length),
    ...(isTried && !fits(pattern, value) ? [patternText(pattern)] : []),
    ...(choices === undefined || choices.includes(value) ? [] : [enumText(choices)]),
  ];
}

function ofLength({ min = 0, max = Infinity }: { min?: number; max?: number }, length: number) {
  return length < min ? [atLeast('length', min)] : length > max ? [atMost('length', max)] : [];
}

function constraints({ type, min, max, pattern, enum: choices }: SimpleShape): string[] {
  const what = type === 'integer' || type === 'number' ? 'value' : 'length';
  return [
    ...(max === undefined ? [] : [atMost(what, max)]),
    ...(min === undefined ? [] : [atLeast(what, min)]),
    ...(pattern === undefined ? [] : [patternText(pattern)]),
    ...(choices === undefined ? [] : [enumText(choices)]),
    'Member must not be null',
  ];
}

function atLeast(what: string, bound: number): string {
  return `Member must have ${what} greater than or equal to ${bound}`;
}

function atMost(what: string, bound: number): string {
  return `Member must have ${what} less than or equal to ${bound}`;
}

function patternText(pattern: string): string {
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

function enumText(choices: readonly string[]): string {
  return `Member must satisfy enum value set: [${choices.join(', ')}]`;
}

const compiled = new Map<string, RegExp>();

/** Some of AWS's patterns take minutes over a long text that does not fit: longer ones are not held against any. */
const longestTried = 2048;

/** True where the whole of a text fits one of AWS's patterns. */
function fits(pattern: string, text: string): boolean {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    // AWS's own form of this part backtracks without end on a run of dashes; this one takes the same texts.
    const safe = pattern.replaceAll(String.raw`(-*[a-zA-Z0-9\+\-\.])`, '[a-zA-Z0-9+.-]');
    regex = new RegExp(`^(?:${safe})$`, pattern.includes(String.raw`\p{`) ? 'u' : '');
    compiled.set(pattern, regex);
  }
  return regex.test(text);
}

/** AWS's sentence; `value` begins with a space where it is shown. */
function sentence(value: string, path: string, what: string): string {
  return `Value${value} at '${path}' failed to satisfy constraint: ${what}`;
}

function unionSentence(path: string, members: readonly string[]): string {
  return sentence('', path, `Member must have exactly one of [${members.join(', ')}] set`);
}

/** A whole is as sensitive as a part of it. */
function sensitive(...shapes: readonly Shape[]): { sensitive: boolean } {
  return { sensitive: shapes.some((shape) => 'sensitive' in shape && shape.sensitive) };
}

/** A value as AWS shows it, short enough to be read; a sensitive one is not shown. */
function shown({ sensitive = false }: { sensitive?: boolean }, value: unknown): string {
  if (sensitive) return '';
  const text = shownInside(value);
  return ` '${text.length > 1000 ? `${text.slice(0, 1000)}…` : text}'`;
}

function shownInside(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return `[${value.slice(0, 100).map(shownInside).join(', ')}]`;
  if (isObject(value)) {
    const entries = Object.entries(value).slice(0, 100);
    return `{${entries.map(([name, at]) => `${name}=${shownInside(at)}`).join(', ')}}`;
  }
  return String(value);
}
