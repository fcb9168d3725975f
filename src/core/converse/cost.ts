import type { Price } from '../models/prices.js';
import type { Usage } from './types.js';

export interface Cost {
  readonly amount: number;
  readonly currency: 'USD';
  /** Of the prices: what an answer costs today may differ. */
  readonly date: string;
  readonly source: string;
}

/**
 * The cost of an answer, or undefined as soon as anything that was used has no known count or rate:
 * unknown is never 0. Cached tokens are counted beside `inputTokens`, each at its own rate.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function costOf(usage: Usage | undefined, rates: Price | undefined): Cost | undefined {
  // The known rate of cache writes is that of five minutes; an hour costs more.
  if (!usage || !rates || (usage.cacheWriteOneHourTokens ?? 0) > 0) return undefined;
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  const parts = [
    part(inputTokens, rates.inputPerMillion),
    part(outputTokens, rates.outputPerMillion),
    part(cacheReadTokens, rates.cacheReadPerMillion),
    part(cacheWriteTokens, rates.cacheWritePerMillion),
  ];
  let amount = 0;
  for (const one of parts) {
    if (one === undefined) return undefined;
    amount += one;
  }
  return { amount, currency: rates.currency, date: rates.date, source: rates.source };
}

/** Nothing used costs nothing, whatever the rate. */
function part(tokens: number | undefined, perMillion: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  if (tokens === undefined || perMillion === undefined) return undefined;
  return (tokens * perMillion) / 1_000_000;
}

/** Output tokens a second after the first token; undefined where it cannot be told. */
export function tokensPerSecond(
  usage: Usage | undefined,
  timing: { readonly firstTokenMs?: number; readonly totalMs?: number } | undefined,
): number | undefined {
  if (usage?.outputTokens === undefined || timing?.totalMs === undefined) return undefined;
  const milliseconds = timing.totalMs - (timing.firstTokenMs ?? 0);
  return milliseconds > 0 ? (usage.outputTokens * 1000) / milliseconds : undefined;
}
