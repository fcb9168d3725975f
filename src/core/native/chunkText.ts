import { at, arrayOf } from '../models/bodies/json.js';
import type { Family } from '../models/families.js';

const chatText = (chunk: unknown) =>
  at(chunk, 'choices', 0, 'delta', 'content') ?? at(chunk, 'choices', 0, 'message', 'content');

/** Where a streamed chunk of each family holds its piece of text. Embeddings do not stream. */
const readers: Readonly<Partial<Record<Family, (chunk: unknown) => unknown>>> = {
  anthropic: (chunk) =>
    at(chunk, 'type') === 'content_block_delta' ? at(chunk, 'delta', 'text') : undefined,
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

/** A model of no known family (imported, marketplace): the first place that has a text. */
function anyText(chunk: unknown): unknown {
  for (const read of Object.values(readers)) {
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
  deepseekR1: (chunk) => at(chunk, 'choices', 0, 'stop_reason'),
  mistralChat: (chunk) => chatStop(chunk) ?? at(chunk, 'choices', 0, 'stop_reason'),
  jamba: chatStop,
  openAiChat: chatStop,
  gptOss: chatStop,
};

/** Why the answer ends with this native chunk, in the provider's words; undefined where it goes on. */
export function chunkStop(family: Family | undefined, chunk: unknown): string | undefined {
  const reason = family && stops[family]?.(chunk);
  return typeof reason === 'string' && reason !== '' ? reason : undefined;
}
