import { baseModelId } from './families.js';
import { valueForId } from './idPattern.js';

/**
 * Model ids by what AWS's table of batch-capable models says, read on 2026-11-22 from
 * https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-supported.html.
 * The API has no such flag and the table lags behind new models, so an id that matches neither list is
 * "unknown", and the person may try it.
 */
export const batchTableDate = '2026-11-22';

/** Where that table is. */
export const batchTableSource =
  'https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-supported.html';

/** Id pattern → what a person knows better than the table (`bedrock.models.batch`). */
export type BatchOverrides = Readonly<Record<string, 'yes' | 'no'>>;

const capable: readonly RegExp[] = [
  /^anthropic\.claude-(3-5-haiku|3-5-sonnet|3-7-sonnet|sonnet-4|haiku-4|opus-4-[56]|opus-5|3-haiku)/,
  /^amazon\.nova-(micro|lite|pro|premier|2-lite|2-multimodal-embeddings)/,
  /^amazon\.titan-embed-(text-v2|image)/,
  /^meta\.llama(3-1|3-2|3-3|4)/,
  /^mistral\.(mistral-large-2407|mistral-large-3|mistral-small-2402|devstral|magistral|ministral|voxtral)/,
  /^(deepseek\.v3|qwen\.|google\.gemma-3|minimax\.|moonshot(ai)?\.|nvidia\.|openai\.gpt-oss|zai\.)/,
];

const absent: readonly RegExp[] = [
  /^(ai21|cohere|stability|luma|twelvelabs|writer)\./,
  /^amazon\.(titan-(text|tg1|image)|nova-(canvas|reel|sonic|2-sonic))/,
  /^anthropic\.claude-opus-4(-1)?-2025/,
  /^deepseek\.r1/,
];

/** Whether the model takes batch jobs, as far as the settings and AWS's table tell. */
export function batchSupport(
  modelId: string,
  overrides: BatchOverrides = {},
): 'yes' | 'no' | 'unknown' {
  const own = valueForId(overrides, modelId);
  if (own) return own.value;
  const id = baseModelId(modelId);
  if (absent.some((pattern) => pattern.test(id))) return 'no';
  return capable.some((pattern) => pattern.test(id)) ? 'yes' : 'unknown';
}

/** True where the settings say it, not AWS's table. */
export function isBatchOverridden(modelId: string, overrides: BatchOverrides): boolean {
  return valueForId(overrides, modelId) !== undefined;
}
