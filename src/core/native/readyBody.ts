import type { JsonObject } from '../converse/types.js';
import { membersSchema, startBody } from '../models/bodies/member.js';
import { bodyOf } from '../models/bodies/registry.js';
import { familyOf, type Family } from '../models/families.js';

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
  const body = family ? startBody(bodyOf(family).members) : {};
  return {
    body: JSON.stringify(body, undefined, 2),
    contentType: 'application/json',
    accept: '*/*',
  };
}

/** The JSON Schema of a family's body, for completion and hover. */
export function bodySchema(family: Family): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...membersSchema(bodyOf(family).members),
  };
}
