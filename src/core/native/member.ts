import type { JsonObject, JsonValue } from '../converse/types.js';

/**
 * One member of a native body. The ready-made body and the editor's JSON Schema both come from it.
 * `start` is its value in the ready-made body; without one it is only offered.
 */
export interface Member {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any';
  readonly about: string;
  readonly isRequired?: boolean;
  readonly start?: JsonValue;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly JsonValue[];
  readonly items?: Member;
  readonly members?: Readonly<Record<string, Member>>;
}

export type Members = Readonly<Record<string, Member>>;

/** The members with a start value, as the ready-made body. */
export function startBody(members: Members): JsonObject {
  const found = Object.entries(members).flatMap(([name, member]) => {
    if (member.start !== undefined) return [[name, member.start] as const];
    const inner = member.members ? startBody(member.members) : {};
    return Object.keys(inner).length === 0 ? [] : [[name, inner] as const];
  });
  return Object.fromEntries(found);
}

/** The members as a JSON Schema. Unknown members stay allowed: providers add some. */
export function membersSchema(members: Members): JsonObject {
  const entries = Object.entries(members);
  const required = entries.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, member]) => [name, memberSchema(member)])),
    ...(required.length > 0 && { required }),
  };
}

function memberSchema(member: Member): JsonObject {
  const { type, about, min, max, choices, items, members } = member;
  const inner = members ? membersSchema(members) : {};
  return {
    ...(type === 'any' ? {} : { type }),
    ...inner,
    description: [about, range(member)].join(' ').trim(),
    ...(min === undefined ? {} : { [type === 'array' ? 'minItems' : 'minimum']: min }),
    ...(max === undefined ? {} : { [type === 'array' ? 'maxItems' : 'maximum']: max }),
    ...(choices && { enum: choices }),
    ...(items && { items: memberSchema(items) }),
  };
}

/** What a number may be, for people: `(0 … 5)`. */
function range({ type, min, max }: Member): string {
  const isNumber = type === 'number' || type === 'integer';
  if (!isNumber || (min === undefined && max === undefined)) return '';
  return `(${min ?? ''} … ${max ?? ''})`;
}
