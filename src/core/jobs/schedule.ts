/** What decides how soon to look again. Times in milliseconds. */
export interface PollFacts {
  /** Age of the youngest live job. */
  readonly youngestAgeMs: number;
  /** Failed looks in a row. */
  readonly failures: number;
  readonly isSandbox: boolean;
}

const seconds = 1_000;
const minutes = 60 * seconds;

/**
 * Milliseconds until the next look, before jitter: 15 s for the first five minutes, then a minute
 * (counters lag by up to a minute, so looking more often shows nothing new), then two. Failures back off
 * to five minutes at most. The sandbox is local and free: half a second.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-monitor.html
 */
export function nextPoll(facts: PollFacts): number {
  const usual = facts.isSandbox ? 0.5 * seconds : usualInterval(facts.youngestAgeMs);
  if (facts.failures === 0) return usual;
  return Math.min(usual * 2 ** facts.failures, 5 * minutes);
}

function usualInterval(age: number): number {
  if (age < 5 * minutes) return 15 * seconds;
  return age < 60 * minutes ? minutes : 2 * minutes;
}

/** Spreads looks of many windows: 85 % to 115 % of the interval. `random` is in 0..1. */
export function jitter(interval: number, random: number): number {
  return interval * (0.85 + 0.3 * random);
}
