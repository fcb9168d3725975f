import { Buffer } from 'node:buffer';
import { isJsonObject } from '../core/converse/jsonText.js';
import type { JsonObject, JsonValue } from '../core/converse/types.js';

/** Anything of an SDK answer as plain JSON: bytes become base64, absent members go, dates ISO. */
export function plainJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const unknown = members.find(([name]) => name === '$unknown')?.[1] as unknown;
    // A union member this SDK does not know comes as [name, value].
    if (Array.isArray(unknown)) return { [String(unknown[0])]: plainJson(unknown[1]) };
    return Object.fromEntries(members.map(([name, member]) => [name, plainJson(member)]));
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** The same for something that is an object; undefined where it is absent. */
export function plainObject(value: unknown): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  const plain = plainJson(value);
  return isJsonObject(plain) ? plain : undefined;
}

/** A content block for the SDK, which wants bytes where the plain request has base64. */
export function blockWithBytes(block: JsonObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [name, memberWithBytes(name, value)]),
  );
}

function memberWithBytes(name: string, value: JsonValue): unknown {
  if (!isJsonObject(value)) return value;
  // Tool input is the model's own JSON: a member called "bytes" in it is a text.
  if (name === 'toolUse') return value;
  if (name === 'toolResult') {
    const content = value['content'];
    const parts = Array.isArray(content) ? (content as readonly JsonValue[]) : [];
    return { ...value, content: parts.filter(isJsonObject).map(blockWithBytes) };
  }
  if (name === 'json') return value;
  const { source, redactedContent } = value;
  if (typeof redactedContent === 'string') return { redactedContent: decode(redactedContent) };
  if (isJsonObject(source) && typeof source['bytes'] === 'string') {
    return { ...value, source: { bytes: decode(source['bytes']) } };
  }
  return value;
}

function decode(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
