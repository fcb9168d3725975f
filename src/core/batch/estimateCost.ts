import { estimateTokens, tokensPerImage } from '../converse/estimateTokens.js';
import { isObject } from '../models/bodies/json.js';
import type { Price } from '../models/prices.js';
import { answerLimit } from '../native/outputLimit.js';

/** What the first records of a dataset tell about its tokens. */
export interface DatasetSample {
  readonly records: number;
  /** Bytes of their lines. */
  readonly bytes: number;
  /** Input tokens, roughly. */
  readonly inputTokens: number;
  /** There are pictures or documents, whose bytes say little about their tokens. */
  readonly hasMedia: boolean;
  /** The most tokens an answer may have; absent where a record sets no limit. */
  readonly answerLimit?: number;
}

/** What a batch job may cost, in US dollars. */
export interface CostEstimate {
  readonly inputTokens: number;
  /** The input alone, where it has few tokens. */
  readonly from: number;
  /** The input, where it has many tokens, and every answer as long as it may be; absent without a limit. */
  readonly to?: number;
  readonly answerLimit?: number;
  /** The day of the prices; empty for the person's own. */
  readonly date: string;
}

/** AWS: "50% of on-demand" for most models, https://aws.amazon.com/bedrock/pricing/ (Batch). */
const batchDiscount = 0.5;
/** Real tokenisers differ from the estimate by a third either way. */
const [fewer, more] = [2 / 3, 4 / 3];

/** Counts the tokens of a dataset's first records, given as their bodies and the bytes of their lines. */
export function sampleOf(
  records: readonly { readonly modelInput: unknown; readonly bytes: number }[],
): DatasetSample {
  const counts = records.map(({ modelInput }) => countInput(modelInput));
  const limits = records.map(({ modelInput }) => answerLimit(modelInput));
  const isLimited = limits.length > 0 && !limits.includes(undefined);
  return {
    records: records.length,
    bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    inputTokens: counts.reduce((sum, { tokens }) => sum + tokens, 0),
    hasMedia: counts.some(({ hasMedia }) => hasMedia),
    ...(isLimited && { answerLimit: Math.max(...limits.map((limit) => limit ?? 0)) }),
  };
}

/**
 * The range in which the cost of a batch job over a dataset lies, judged by its first records; undefined
 * where no price is known. Unknown is never 0: without a limit for the answers there is no upper end.
 */
export function estimateCost(
  sample: DatasetSample,
  dataset: { readonly records: number; readonly bytes: number },
  rates: Price | undefined,
): CostEstimate | undefined {
  if (rates?.inputPerMillion === undefined || sample.records === 0) return undefined;
  const { inputPerMillion, outputPerMillion, date } = rates;
  const scale = sample.hasMedia ? dataset.records / sample.records : dataset.bytes / sample.bytes;
  const inputTokens = Math.round(sample.inputTokens * scale);
  const price = (tokens: number, perMillion: number) =>
    (tokens * perMillion * batchDiscount) / 1_000_000;
  // Embeddings are billed by their input alone.
  const limit = outputPerMillion === 0 ? 0 : sample.answerLimit;
  const answers =
    limit === undefined || outputPerMillion === undefined
      ? undefined
      : price(dataset.records * limit, outputPerMillion);
  return {
    inputTokens,
    from: price(inputTokens * fewer, inputPerMillion),
    ...(answers !== undefined && { to: price(inputTokens * more, inputPerMillion) + answers }),
    ...(limit !== undefined && limit > 0 && { answerLimit: limit }),
    date,
  };
}

interface InputCount {
  readonly tokens: number;
  readonly hasMedia: boolean;
}

/** Every text of a body; base64 and S3 objects count as one picture each. */
function countInput(value: unknown): InputCount {
  if (typeof value === 'string') {
    return isBase64(value)
      ? { tokens: tokensPerImage, hasMedia: true }
      : { tokens: estimateTokens(value), hasMedia: false };
  }
  if (isObject(value) && 's3Location' in value) return { tokens: tokensPerImage, hasMedia: true };
  if (typeof value !== 'object' || value === null) return { tokens: 0, hasMedia: false };
  const counts = Object.values(value).map(countInput);
  return {
    tokens: counts.reduce((sum, { tokens }) => sum + tokens, 0),
    hasMedia: counts.some(({ hasMedia }) => hasMedia),
  };
}

const isBase64 = (text: string) => text.length > 1000 && /^[A-Za-z0-9+/]+=*$/.test(text);
