import { validationError } from '../awsError.js';
import { isObject } from '../http/body.js';

export type Json = Record<string, unknown>;

/** The text of Bedrock's schema check, which most families answer a wrong body with. */
export function malformed(pointer: string, what: string) {
  return validationError(
    `Malformed input request: #${pointer}: ${what}, please reformat your input and try again.`,
  );
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
