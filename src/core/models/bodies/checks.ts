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
        'modelInput has "modelId", but the model is chosen for the whole job. Remove "modelId" from the record.',
      ),
    );
  }
  if (body['stream'] === true) {
    problems.push(
      bodyProblem(
        'unsupportedInBatch',
        'modelInput asks for streaming, which a batch job cannot do. Remove "stream".',
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
  const list = absent.map((member) => `"${member}"`).join(' and ');
  return [bodyProblem('wrongBody', `modelInput has no ${list}, which ${name} needs. Add it.`)];
}

/** One problem a member that belongs to another provider; the hint says what to write instead. */
export function foreignProblems(
  body: JsonObject,
  name: string,
  hints: Readonly<Record<string, string>>,
): BodyProblem[] {
  return Object.entries(hints)
    .filter(([member]) => has(body, member))
    .map(([member, hint]) =>
      bodyProblem('wrongBody', `modelInput has "${member}", which ${name} does not take. ${hint}`),
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
    return [wrong(`"messages" must be a list with at least one message. Add a user message.`)];
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
  if (!isObject(message)) return wrong(`${where} must be an object with "role" and "content".`);
  const role = message['role'];
  if (typeof role !== 'string' || !rules.roles.includes(role)) {
    const hint = role === 'system' ? ' Move it to the "system" member.' : '';
    return wrong(`${where}.role must be ${rules.roles.join(' or ')} for ${rules.name}.${hint}`);
  }
  const content = message['content'];
  if (content === null || content === undefined) {
    // OpenAI-style tool calls carry no content of their own.
    if (has(message, 'tool_calls')) return undefined;
    return wrong(`${where} has no "content". Add the text of the message.`);
  }
  if (rules.content === 'blocks' && !Array.isArray(content)) {
    return wrong(`${where}.content must be a list for ${rules.name}. Write [{"text": "…"}].`);
  }
  if (rules.takesImageUrl !== true && hasImageUrl(content)) {
    return wrong(
      `${where} has an OpenAI-style "image_url", which ${rules.name} does not take. Convert it to the model's own image block, or use Converse.`,
    );
  }
  if (rules.content === 'blocks') return blockProblem(content, where, rules.name);
  return undefined;
}

function blockProblem(content: unknown, where: string, name: string): BodyProblem | undefined {
  for (const block of arrayOf(content)) {
    if (!isObject(block)) return wrong(`${where}.content must hold objects. Write {"text": "…"}.`);
    if (has(block, 'type') && typeof block['type'] === 'string') {
      return wrong(
        `${where}.content has a block with "type": ${name} takes {"text": "…"} without it. Remove "type".`,
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
