import { isJsonObject } from './jsonText.js';
import type { JsonObject, JsonValue } from './types.js';

const combinations = ['oneOf', 'anyOf', 'allOf'] as const;

/**
 * A tool's schema in the form that all models on Bedrock take: an object at its root, and no choice there.
 * Choices become one object with the properties of all of them; any other value is put into `input`.
 * Refusals: https://github.com/kirodotdev/Kiro/issues/11027 ("inputSchema.json.type must be one of the
 * following: object"), https://github.com/anthropics/claude-code/issues/5973 (no oneOf, anyOf, allOf at the
 * root), both read 2026-11.
 */
export function objectSchema(schema: JsonObject | undefined): JsonObject {
  if (!schema) return { type: 'object', properties: {} };
  const { type } = schema;
  const isObject = type === undefined || type === 'object' || isListWithObject(type);
  if (!isObject) return { type: 'object', properties: { input: schema }, required: ['input'] };
  const parts = combinations.flatMap((name) => listOf(schema[name]).filter(isJsonObject));
  if (parts.length === 0) return { ...schema, type: 'object' };
  const rest = Object.entries(schema).filter(
    ([name]) => !combinations.some((combination) => combination === name),
  );
  const properties = [...parts, schema].map((part) => part['properties']).filter(isJsonObject);
  const required = [
    ...listOf(schema['required']),
    // All parts of `allOf` hold; of the others only one does.
    ...listOf(schema['allOf'])
      .filter(isJsonObject)
      .flatMap((part) => listOf(part['required'])),
  ];
  return {
    ...Object.fromEntries(rest),
    type: 'object',
    properties: Object.assign({}, ...properties) as JsonObject,
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function isListWithObject(type: JsonValue): boolean {
  return listOf(type).includes('object');
}
