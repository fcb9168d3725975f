import { contextOf } from '../models/context.js';
import { familyOf } from '../models/families.js';
import type { Members } from '../models/bodies/member.js';
import { bodyOf } from '../models/bodies/registry.js';

/** What the families call it. */
const names = new Set(['max_tokens', 'maxTokens', 'maxTokenCount', 'max_gen_len']);

/**
 * Tokens a model writes at most: its own limit where the context table has it, otherwise the one AWS gives
 * for the family's native body; undefined where neither is known.
 */
export function outputLimit(modelId: string): number | undefined {
  const family = familyOf(modelId);
  return contextOf(modelId)?.output ?? (family && limitIn(bodyOf(family).members));
}

function limitIn(members: Members): number | undefined {
  for (const [name, member] of Object.entries(members)) {
    if (names.has(name)) return member.max;
    const inner = member.members && limitIn(member.members);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
