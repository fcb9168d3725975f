import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';

export type Json = Record<string, unknown>;

/** What a member of a native body may be. */
export type MemberType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any';

export interface BodyShape {
  readonly required: Readonly<Record<string, MemberType>>;
  readonly optional: Readonly<Record<string, MemberType>>;
  /** True where the model takes members it does not know. */
  readonly isOpen?: boolean;
}

const typeNames: Readonly<Record<MemberType, string>> = {
  string: 'String',
  number: 'Number',
  integer: 'Integer',
  boolean: 'Boolean',
  array: 'JSONArray',
  object: 'JSONObject',
  any: 'Any',
};

/** The text of Bedrock's schema check, which most families answer a wrong body with. */
export function malformed(pointer: string, what: string) {
  return validationError(
    `Malformed input request: #${pointer}: ${what}, please reformat your input and try again.`,
  );
}

/** Checks the members of a body, or of an object inside it, as Bedrock's schema check does. */
export function checkShape(body: Json, shape: BodyShape, pointer = ''): void {
  for (const name of Object.keys(shape.required)) {
    if (!(name in body)) throw malformed(pointer, `required key [${name}] not found`);
  }
  const known = { ...shape.required, ...shape.optional };
  for (const [name, value] of Object.entries(body)) {
    const type = known[name];
    if (type === undefined) {
      if (shape.isOpen === true || name.startsWith('amazon-bedrock-')) continue;
      throw malformed(pointer, `extraneous key [${name}] is not permitted`);
    }
    checkType(value, type, `${pointer}/${name}`);
  }
}

/** Checks the type of one value. */
export function checkType(value: unknown, type: MemberType, pointer: string): void {
  if (isOfType(value, type)) return;
  throw malformed(pointer, `expected type: ${typeNames[type]}, found: ${foundName(value)}`);
}

/** Checks a number against its bounds, both inclusive; absent is right. */
export function checkRange(value: unknown, low: number, high: number, pointer: string): void {
  if (typeof value !== 'number') return;
  if (value < low) throw malformed(pointer, `${value} is not greater or equal to ${low}`);
  if (value > high) throw malformed(pointer, `${value} is not less or equal to ${high}`);
}

function isOfType(value: unknown, type: MemberType): boolean {
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

function foundName(value: unknown): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (Number.isInteger(value)) return 'Integer';
  return typeNames[typeof value as MemberType];
}

/** The strings of a list, or of one string; anything else counts as none. */
export function stringList(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((at): at is string => typeof at === 'string') : [];
}

/** A member as a text; an empty one where it is absent or not a text. */
export function textMember(body: Json, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

/** A member as an object; an empty one where it is absent. */
export function objectMember(body: Json, name: string): Json {
  const value = body[name];
  return isObject(value) ? value : {};
}

/** A positive whole number, or the default where absent. */
export function countMember(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value > 0 ? Math.floor(value) : otherwise;
}
