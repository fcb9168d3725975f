import { isObject } from '../http/body.js';

const maxDepth = 8;

/** A value that fits a JSON Schema as far as the common keywords go; words come from the prompt. */
export function fillSchema(
  schema: unknown,
  prompt: string,
  random: () => number,
  depth = 0,
): unknown {
  if (!isObject(schema) || depth > maxDepth) return {};
  if ('const' in schema) return schema['const'];
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices[Math.floor(random() * choices.length)] as unknown;
  const variants = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'];
  if (Array.isArray(variants)) return fillSchema(variants[0], prompt, random, depth + 1);
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'string':
      return fillString(schema, prompt, random);
    case 'integer':
      return Math.round(fillNumber(schema, random));
    case 'number':
      return fillNumber(schema, random);
    case 'boolean':
      return random() < 0.5;
    case 'null':
      return null;
    case 'array': {
      const count = Math.max(1, Number(schema['minItems'] ?? 1));
      return Array.from({ length: Math.min(count, 20) }, () =>
        fillSchema(schema['items'] ?? { type: 'string' }, prompt, random, depth + 1),
      );
    }
    default:
      return fillObject(schema, prompt, random, depth);
  }
}

function fillObject(
  schema: Record<string, unknown>,
  prompt: string,
  random: () => number,
  depth: number,
): Record<string, unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, at]) => [
      name,
      fillSchema(at, prompt, random, depth + 1),
    ]),
  );
}

function fillString(schema: Record<string, unknown>, prompt: string, random: () => number): string {
  if (schema['format'] === 'date') return '2026-01-15';
  if (schema['format'] === 'date-time') return '2026-01-15T09:30:00Z';
  if (schema['format'] === 'email') return 'someone@example.com';
  if (schema['format'] === 'uri') return 'https://example.com/';
  const words = prompt.match(/[\p{L}\p{N}]{3,}/gu) ?? ['sandbox'];
  const start = Math.floor(random() * words.length);
  const text = words.slice(start, start + 3).join(' ');
  const shortest = Number(schema['minLength'] ?? 0);
  const longest = Number(schema['maxLength'] ?? 200);
  return text.padEnd(Math.min(shortest, 2000), '.').slice(0, longest);
}

function fillNumber(schema: Record<string, unknown>, random: () => number): number {
  const low = Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 0);
  const high = Number(schema['maximum'] ?? schema['exclusiveMaximum'] ?? low + 100);
  const value = low + Math.floor(random() * Math.max(1, high - low));
  return 'exclusiveMinimum' in schema && value <= low ? low + 1 : value;
}
