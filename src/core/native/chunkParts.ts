import { chatCitation } from '../answers/chatAnswer.js';
import { claudeCitation } from '../answers/claudeAnswer.js';
import { cohereCitation } from '../answers/cohereAnswer.js';
import type { AnswerParts } from '../answers/modelAnswer.js';
import type { Citation } from '../converse/types.js';
import { arrayOf, at, stringOf } from '../models/bodies/json.js';

/** A piece of a tool call; one with a name begins a call, one without goes on with the last. */
interface CallPiece {
  readonly name?: string;
  readonly input: string;
}

/** What a streamed chunk has beside its text. */
export interface ChunkParts {
  readonly reasoning?: string;
  readonly calls?: readonly CallPiece[];
  readonly citations?: readonly Citation[];
}

/**
 * Thoughts, tool calls and citations of a native chunk, whichever family it is of: each has names of
 * its own. Sources: https://platform.claude.com/docs/en/build-with-claude/streaming,
 * https://docs.aws.amazon.com/nova/latest/userguide/using-invoke-api.html,
 * https://platform.openai.com/docs/api-reference/chat-streaming and
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html
 */
export function chunkParts(chunk: unknown): ChunkParts {
  const delta = at(chunk, 'delta');
  const nova = at(chunk, 'contentBlockDelta', 'delta');
  const chat = at(chunk, 'choices', 0, 'delta');
  const reasoning =
    stringOf(at(delta, 'thinking')) ??
    stringOf(at(nova, 'reasoningContent', 'reasoningText', 'text')) ??
    stringOf(at(nova, 'reasoningContent', 'text')) ??
    stringOf(at(chat, 'reasoning_content')) ??
    stringOf(at(chat, 'reasoning'));
  const calls = [
    ...callStart(at(chunk, 'content_block', 'name')),
    ...callPiece(at(delta, 'partial_json')),
    ...callStart(at(chunk, 'contentBlockStart', 'start', 'toolUse', 'name')),
    ...callPiece(at(nova, 'toolUse', 'input')),
    ...arrayOf(at(chat, 'tool_calls')).flatMap((call) => chatPiece(at(call, 'function'))),
    ...cohereCalls(chunk),
  ];
  const citations = citationsOf(chunk);
  return {
    ...(reasoning !== undefined && reasoning !== '' && { reasoning }),
    ...(calls.length > 0 && { calls }),
    ...(citations.length > 0 && { citations }),
  };
}

/** An answer's parts after those of one more chunk. */
export function addParts(before: AnswerParts, chunk: ChunkParts): AnswerParts {
  const { reasoning, calls = [], citations = [] } = chunk;
  const toolCalls = calls.reduce(addPiece, before.toolCalls ?? []);
  return {
    ...(reasoning !== undefined && { reasoning: (before.reasoning ?? '') + reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(citations.length > 0 && { citations: [...(before.citations ?? []), ...citations] }),
  };
}

type Calls = NonNullable<AnswerParts['toolCalls']>;

function addPiece(calls: Calls, { name, input }: CallPiece): Calls {
  if (name !== undefined) return [...calls, { name, input }];
  const last = calls.at(-1);
  return last ? [...calls.slice(0, -1), { ...last, input: last.input + input }] : calls;
}

function callStart(name: unknown): CallPiece[] {
  return typeof name === 'string' ? [{ name, input: '' }] : [];
}

function callPiece(input: unknown): CallPiece[] {
  return typeof input === 'string' ? [{ input }] : [];
}

/** OpenAI names the function with the first piece; some servers repeat an empty name. */
function chatPiece(call: unknown): CallPiece[] {
  const name = stringOf(at(call, 'name')) ?? '';
  const input = stringOf(at(call, 'arguments')) ?? '';
  return [{ ...(name !== '' && { name }), input }];
}

/** Command R gives its calls whole, in an event of their own. */
function cohereCalls(chunk: unknown): CallPiece[] {
  if (at(chunk, 'event_type') !== 'tool-calls-generation') return [];
  return arrayOf(at(chunk, 'tool_calls')).flatMap((call) =>
    callStart(at(call, 'name')).map((start) => ({
      ...start,
      input: JSON.stringify(at(call, 'parameters') ?? {}),
    })),
  );
}

function citationsOf(chunk: unknown): Citation[] {
  const claude = at(chunk, 'delta', 'citation');
  if (claude !== undefined) return [claudeCitation(claude)];
  if (at(chunk, 'event_type') === 'citation-generation') {
    return arrayOf(at(chunk, 'citations')).map((each) => cohereCitation(each, []));
  }
  return arrayOf(at(chunk, 'choices', 0, 'delta', 'annotations')).flatMap(chatCitation);
}
