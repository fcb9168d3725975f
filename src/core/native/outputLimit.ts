import { isObject, numberOf } from '../models/bodies/json.js';
import { contextOf } from '../models/context.js';
import { familyOf } from '../models/families.js';
import type { Members } from '../models/bodies/member.js';
import { bodyOf } from '../models/bodies/registry.js';

/** What the families call it. */
const names = new Set([
  'max_tokens',
  'max_completion_tokens',
  'max_tokens_to_sample',
  'maxTokens',
  'maxTokenCount',
  'max_gen_len',
]);

/**
 * Tokens a model writes at most: its own limit where the context table has it, otherwise the one AWS gives
 * for the family's native body; undefined where neither is known.
 */
export function outputLimit(modelId: string): number | undefined {
  const family = familyOf(modelId);
  return contextOf(modelId)?.output ?? (family && limitIn(bodyOf(family).members));
}

/** The limit that a request's body sets for its answer, in tokens; undefined where it sets none. */
export function answerLimit(body: unknown): number | undefined {
  if (!isObject(body)) return undefined;
  for (const [name, value] of Object.entries(body)) {
    const limit = names.has(name) ? numberOf(value) : answerLimit(value);
    if (limit !== undefined) return limit;
  }
  return undefined;
}

function limitIn(members: Members): number | undefined {
  for (const [name, member] of Object.entries(members)) {
    if (names.has(name)) return member.max;
    const inner = member.members && limitIn(member.members);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
