import type { JsonObject } from '../converse/types.js';
import { familyOf, type Family } from '../models/families.js';
import { nativeBody } from './bodies.js';
import { membersSchema, startBody } from './member.js';

/** What the native editor starts with. */
export interface ReadyBody {
  /** JSON text, two spaces. */
  readonly body: string;
  readonly contentType: string;
  readonly accept: string;
}

/** The ready-made body of a model; an empty object where its family is not known. */
export function readyBody(modelId: string): ReadyBody {
  const family = familyOf(modelId);
  const body = family ? startBody(nativeBody(family)) : {};
  return {
    body: JSON.stringify(body, undefined, 2),
    contentType: 'application/json',
    accept: '*/*',
  };
}

/** The JSON Schema of a family's body, for completion, hover and errors in place. */
export function bodySchema(family: Family): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...membersSchema(nativeBody(family)),
  };
}
