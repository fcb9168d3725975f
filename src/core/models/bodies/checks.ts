import * as l10n from '@vscode/l10n';
import { arrayOf, at, isObject } from './json.js';
import type { BodyProblem, BodyProblemCode, JsonObject } from './types.js';

/** A problem of a body; the message ends with what to do. */
export function bodyProblem(code: BodyProblemCode, message: string): BodyProblem {
  return { code, message };
}

/** True where a member is there and is not null. */
export function has(body: JsonObject, member: string): boolean {
  return body[member] !== undefined && body[member] !== null;
}

/** Members every form refuses: the model is chosen a job, and a batch does not stream. */
export function commonProblems(body: JsonObject): BodyProblem[] {
  const problems: BodyProblem[] = [];
  if (has(body, 'modelId')) {
    problems.push(
      bodyProblem(
        'modelIdInInput',
        l10n.t(
          'modelInput has "modelId", but the model is chosen for the whole job. Remove "modelId" from the record.',
        ),
      ),
    );
  }
  if (body['stream'] === true) {
    problems.push(
      bodyProblem(
        'unsupportedInBatch',
        l10n.t('modelInput asks for streaming, which a batch job cannot do. Remove "stream".'),
      ),
    );
  }
  return problems;
}

/** One problem for all absent members. */
export function missingProblems(
  body: JsonObject,
  name: string,
  required: readonly string[],
): BodyProblem[] {
  const absent = required.filter((member) => !has(body, member));
  if (absent.length === 0) return [];
  const list = absent
    .map((member) => `"${member}"`)
    .reduce((listed, member) => l10n.t('{0} and {1}', listed, member));
  return [wrong(l10n.t('modelInput has no {0}, which {1} needs. Add it.', list, name))];
}

/** What to do about a member, as a sentence; made when it is needed, in the person's language. */
export type Hints = Readonly<Record<string, () => string>>;

/** One problem a member that belongs to another provider; the hint says what to write instead. */
export function foreignProblems(body: JsonObject, name: string, hints: Hints): BodyProblem[] {
  return Object.entries(hints)
    .filter(([member]) => has(body, member))
    .map(([member, hint]) =>
      wrong(l10n.t('modelInput has "{0}", which {1} does not take. {2}', member, name, hint())),
    );
}

/** What a chat body's messages may be. */
export interface MessageRules {
  readonly name: string;
  readonly roles: readonly string[];
  /** `blocks`: content must be an array of blocks; `any`: a plain string will do as well. */
  readonly content: 'blocks' | 'any';
  /** True where `{"type":"image_url"}` blocks are the form's own. */
  readonly takesImageUrl?: boolean;
}

/** Problems of `messages`; at most one a message. Absence is for `missingProblems`. */
export function messageProblems(body: JsonObject, rules: MessageRules): BodyProblem[] {
  const messages = body['messages'];
  if (messages === undefined || messages === null) return [];
  if (!Array.isArray(messages) || messages.length === 0) {
    return [
      wrong(l10n.t('"messages" must be a list with at least one message. Add a user message.')),
    ];
  }
  const found = messages.map((message, index) => messageProblem(message, index, rules));
  return found.filter((problem) => problem !== undefined).slice(0, 3);
}

function messageProblem(
  message: unknown,
  index: number,
  rules: MessageRules,
): BodyProblem | undefined {
  const where = `messages[${index}]`;
  if (!isObject(message))
    return wrong(l10n.t('{0} must be an object with "role" and "content".', where));
  const role = message['role'];
  if (typeof role !== 'string' || !rules.roles.includes(role)) {
    return roleProblem(where, role, rules);
  }
  const content = message['content'];
  if (content === null || content === undefined) {
    // OpenAI-style tool calls carry no content of their own.
    if (has(message, 'tool_calls')) return undefined;
    return wrong(l10n.t('{0} has no "content". Add the text of the message.', where));
  }
  if (rules.content === 'blocks' && !Array.isArray(content)) {
    return wrong(
      l10n.t('{0}.content must be a list for {1}. Write [{"text": "…"}].', where, rules.name),
    );
  }
  if (rules.takesImageUrl !== true && hasImageUrl(content)) {
    return wrong(
      l10n.t(
        '{0} has an OpenAI-style "image_url", which {1} does not take. Convert it to the model\'s own image block, or use Converse.',
        where,
        rules.name,
      ),
    );
  }
  if (rules.content === 'blocks') return blockProblem(content, where, rules.name);
  return undefined;
}

function roleProblem(where: string, role: unknown, rules: MessageRules): BodyProblem {
  const roles = anyOf(rules.roles);
  return wrong(
    role === 'system'
      ? l10n.t(
          '{0}.role must be {1} for {2}. Move it to the "system" member.',
          where,
          roles,
          rules.name,
        )
      : l10n.t('{0}.role must be {1} for {2}.', where, roles, rules.name),
  );
}

/** The names as a list to choose from: `a or b or c`. */
export function anyOf(names: readonly string[]): string {
  return names.reduce((listed, name) => l10n.t('{0} or {1}', listed, name));
}

function blockProblem(content: unknown, where: string, name: string): BodyProblem | undefined {
  for (const block of arrayOf(content)) {
    if (!isObject(block))
      return wrong(l10n.t('{0}.content must hold objects. Write {"text": "…"}.', where));
    if (has(block, 'type') && typeof block['type'] === 'string') {
      return wrong(
        l10n.t(
          '{0}.content has a block with "type": {1} takes {"text": "…"} without it. Remove "type".',
          where,
          name,
        ),
      );
    }
  }
  return undefined;
}

function hasImageUrl(content: unknown): boolean {
  return arrayOf(content).some((block) => at(block, 'type') === 'image_url');
}

/** A body of the wrong shape. */
export function wrong(message: string): BodyProblem {
  return bodyProblem('wrongBody', message);
}
