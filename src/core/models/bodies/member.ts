import type { JsonObject, JsonValue } from '../../converse/types.js';

export type MemberType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'any';

/** What to do about a member, as a sentence; made when it is needed, in the person's language. */
export type Hints = Readonly<Record<string, () => string>>;

export type Members = Readonly<Record<string, Member>>;

/** The members of an object, and what is known of any others. */
export interface Group {
  readonly members: Members;
  /**
   * What becomes of members that are not listed: `refused` where AWS or the model answers with an error,
   * `doubtful` where that is only likely. Taken where absent: providers add some.
   */
  readonly extras?: 'refused' | 'doubtful';
  /** Members of other providers' bodies, each with what to write instead: wrong whatever `extras` says. */
  readonly wrongNames?: Hints;
  /** Members of which at least one has to be there. */
  readonly oneOf?: readonly string[];
  /** True for a union: exactly one of the members is there. */
  readonly isUnion?: boolean;
}

/**
 * One member of a body. The findings of the dataset check and of the editor, the ready-made body, the
 * editor's JSON Schema and the sandbox's validation all come from it.
 */
export interface Member extends Partial<Group> {
  readonly type: MemberType;
  /** For people, in completion and hover. */
  readonly about?: () => string;
  readonly isRequired?: boolean;
  /** Its value in the ready-made body; without one it is only offered. */
  readonly start?: JsonValue;
  readonly min?: number;
  readonly max?: number;
  /** True where AWS's page gives the range or the choices and the models are known to take more by now. */
  readonly isSoft?: boolean;
  readonly choices?: readonly (string | number)[];
  readonly items?: Member;
  /** What the value may be instead of one type. */
  readonly either?: readonly Member[];
  /** The forms an object has, told apart by the text in its member `tag`. */
  readonly tag?: string;
  readonly forms?: Readonly<Record<string, Group>>;
  /** Tags of other providers' forms, each with what to write instead. */
  readonly wrongForms?: Hints;
  /** What becomes of an empty text and of one of white space: both refused, the empty one, or unknown. */
  readonly text?: 'nonBlank' | 'nonEmpty' | 'doubtful';
  /** What to write instead of a wrong value. */
  readonly instead?: (value: unknown) => string;
  /** The rule that findings here belong to, where it can be switched off. */
  readonly rule?: string;
}

/** The members with a start value, as the ready-made body. */
export function startBody(members: Members): JsonObject {
  const found = Object.entries(members).flatMap(([name, member]) => {
    if (member.start !== undefined) return [[name, member.start] as const];
    const inner = member.members ? startBody(member.members) : {};
    return Object.keys(inner).length === 0 ? [] : [[name, inner] as const];
  });
  return Object.fromEntries(found);
}

/** The members as a JSON Schema, for completion and hover. Unknown members stay allowed. */
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
  const { type, min, max, choices, items, members, either, forms } = member;
  const inner = members ? membersSchema(members) : {};
  const description = [member.about?.() ?? '', range(member)].join(' ').trim();
  return {
    ...(type === 'any' ? {} : { type }),
    ...inner,
    ...(description !== '' && { description }),
    ...(min === undefined ? {} : { [type === 'array' ? 'minItems' : 'minimum']: min }),
    ...(max === undefined ? {} : { [type === 'array' ? 'maxItems' : 'maximum']: max }),
    ...(choices && { enum: choices }),
    ...(items && { items: memberSchema(items) }),
    ...(either && { anyOf: either.map(memberSchema) }),
    ...(forms && { anyOf: Object.entries(forms).map((form) => formSchema(member.tag, form)) }),
  };
}

function formSchema(tag: string | undefined, [name, { members }]: [string, Group]): JsonObject {
  return membersSchema({
    ...(tag !== undefined && { [tag]: { type: 'string', choices: [name], isRequired: true } }),
    ...members,
  });
}

/** What a number may be, for people: `(0 … 5)`. */
function range({ type, min, max }: Member): string {
  const isNumber = type === 'number' || type === 'integer';
  if (!isNumber || (min === undefined && max === undefined)) return '';
  return `(${min ?? ''} … ${max ?? ''})`;
}
