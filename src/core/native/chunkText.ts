import { readClaudeUsage } from '../answers/claudeAnswer.js';
import { readConverseUsage } from '../answers/converseAnswer.js';
import { usageOf } from '../answers/modelAnswer.js';
import type { Usage } from '../converse/types.js';
import { at, arrayOf } from '../models/bodies/json.js';
import type { Family } from '../models/families.js';

const chatText = (chunk: unknown) =>
  at(chunk, 'choices', 0, 'delta', 'content') ?? at(chunk, 'choices', 0, 'message', 'content');

/** Where a streamed chunk of each family holds its piece of text. Embeddings do not stream. */
const readers: Readonly<Partial<Record<Family, (chunk: unknown) => unknown>>> = {
  anthropic: (chunk) =>
    at(chunk, 'type') === 'content_block_delta'
      ? at(chunk, 'delta', 'text')
      : at(chunk, 'completion'),
  nova: (chunk) => at(chunk, 'contentBlockDelta', 'delta', 'text'),
  titanText: (chunk) => at(chunk, 'outputText'),
  cohereCommand: (chunk) => at(chunk, 'text') ?? at(chunk, 'generations', 0, 'text'),
  // The last event of Command R repeats the whole answer below `response`.
  cohereCommandR: (chunk) =>
    at(chunk, 'event_type') === 'text-generation' ? at(chunk, 'text') : undefined,
  llama: (chunk) => at(chunk, 'generation'),
  mistralText: (chunk) => at(chunk, 'outputs', 0, 'text'),
  deepseekR1: (chunk) => at(chunk, 'choices', 0, 'text'),
  mistralChat: chatText,
  jamba: chatText,
  openAiChat: chatText,
  gptOss: chatText,
};

/** The text a person sees of one native chunk; empty where it carries none. */
export function chunkText(family: Family | undefined, chunk: unknown): string {
  const read = family ? readers[family] : anyText;
  const text = read?.(chunk);
  return typeof text === 'string' ? text : '';
}

/** False for the families that only answer in one piece, such as embeddings. */
export function canStream(family: Family): boolean {
  return readers[family] !== undefined;
}

/**
 * Streams that no family of ours has: Hugging Face's tokens
 * (https://huggingface.co/docs/text-generation-inference/reference/api_reference), OpenAI's Responses
 * and Gemini's parts.
 */
const foreign: readonly ((chunk: unknown) => unknown)[] = [
  (chunk) => (at(chunk, 'token', 'special') === true ? undefined : at(chunk, 'token', 'text')),
  (chunk) => (at(chunk, 'type') === 'response.output_text.delta' ? at(chunk, 'delta') : undefined),
  (chunk) => at(chunk, 'candidates', 0, 'content', 'parts', 0, 'text'),
];

/** A model of no known family (imported, marketplace): the first place that has a text. */
function anyText(chunk: unknown): unknown {
  return firstText([...Object.values(readers), ...foreign], chunk);
}

function firstText(
  places: readonly ((chunk: unknown) => unknown)[],
  chunk: unknown,
): string | undefined {
  for (const read of places) {
    const text = read(chunk);
    if (typeof text === 'string') return text;
  }
  return undefined;
}

/** A delta of thoughts or tool input: a first token too, though it shows no text. */
export function hasToken(family: Family | undefined, chunk: unknown): boolean {
  if (chunkText(family, chunk) !== '') return true;
  if (at(chunk, 'type') === 'content_block_delta') return true;
  if (at(chunk, 'contentBlockDelta') !== undefined) return true;
  const delta = at(chunk, 'choices', 0, 'delta');
  return (
    arrayOf(at(delta, 'tool_calls')).length > 0 ||
    typeof at(delta, 'reasoning_content') === 'string'
  );
}

const chatStop = (chunk: unknown) => at(chunk, 'choices', 0, 'finish_reason');

/** Where a streamed chunk of each family says why the answer ends. */
const stops: Readonly<Partial<Record<Family, (chunk: unknown) => unknown>>> = {
  anthropic: (chunk) => at(chunk, 'delta', 'stop_reason'),
  nova: (chunk) => at(chunk, 'messageStop', 'stopReason'),
  titanText: (chunk) => at(chunk, 'completionReason'),
  cohereCommand: (chunk) =>
    at(chunk, 'finish_reason') ?? at(chunk, 'generations', 0, 'finish_reason'),
  cohereCommandR: (chunk) => at(chunk, 'finish_reason'),
  llama: (chunk) => at(chunk, 'stop_reason'),
  mistralText: (chunk) => at(chunk, 'outputs', 0, 'stop_reason'),
  deepseekR1: (chunk) => at(chunk, 'choices', 0, 'stop_reason') ?? chatStop(chunk),
  mistralChat: (chunk) => chatStop(chunk) ?? at(chunk, 'choices', 0, 'stop_reason'),
  jamba: chatStop,
  openAiChat: chatStop,
  gptOss: chatStop,
};

/** Why the answer ends with this native chunk, in the provider's words; undefined where it goes on. */
export function chunkStop(family: Family | undefined, chunk: unknown): string | undefined {
  const reason = family ? stops[family]?.(chunk) : firstText(Object.values(stops), chunk);
  return typeof reason === 'string' && reason !== '' ? reason : undefined;
}

/**
 * Tokens that a chunk of the body tells, for streams that break off before AWS's own count and for what
 * that leaves out. A message's first event has only begun to count its output.
 */
export function chunkUsage(chunk: unknown): Usage | undefined {
  return usageOf({
    ...readClaudeUsage(at(chunk, 'message', 'usage')),
    outputTokens: undefined,
    ...readClaudeUsage(at(chunk, 'usage')),
    ...readConverseUsage(at(chunk, 'metadata', 'usage')),
  });
}
