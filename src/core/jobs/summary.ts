import { isTerminal, type Job, type JobCounters } from './types.js';

/** How a job or a run ended, as far as the person cares. */
export type Outcome =
  | 'success'
  | 'withErrors'
  | 'partial'
  | 'failed'
  | 'stopped'
  | 'expired'
  /** AWS does not know the job any more. */
  | 'gone';

/** The outcome of an ended job, or undefined while it lives. Completed with errors is not success. */
export function outcomeOf(job: Job): Outcome | undefined {
  switch (job.status) {
    case 'Completed':
      return (job.counters.error ?? 0) > 0 ? 'withErrors' : 'success';
    case 'PartiallyCompleted':
      return 'partial';
    case 'Failed':
      return 'failed';
    case 'Stopped':
      return 'stopped';
    case 'Expired':
      return 'expired';
    default:
      return undefined;
  }
}

const worstFirst: readonly Outcome[] = [
  'failed',
  'expired',
  'gone',
  'stopped',
  'partial',
  'withErrors',
  'success',
];

/**
 * The worst outcome of several ended jobs; undefined while one lives or where there is none. `gone` more
 * are not known to AWS any more.
 */
export function worstOutcome(jobs: readonly Job[], gone = 0): Outcome | undefined {
  const outcomes = [...jobs.map(outcomeOf), ...(gone > 0 ? ['gone' as const] : [])];
  if (outcomes.length === 0 || outcomes.includes(undefined)) return undefined;
  return worstFirst.find((outcome) => outcomes.includes(outcome));
}

/** Counters of several jobs together. A counter that one job lacks is unknown for all. */
export function sumCounters(jobs: readonly Job[]): JobCounters {
  const sum = (pick: (counters: JobCounters) => number | undefined) => {
    const values = jobs.map((job) => pick(job.counters));
    if (values.length === 0 || values.includes(undefined)) return undefined;
    return values.reduce<number>((total, value) => total + (value ?? 0), 0);
  };
  const total = sum((counters) => counters.total);
  const processed = sum((counters) => counters.processed);
  const success = sum((counters) => counters.success);
  const error = sum((counters) => counters.error);
  return {
    ...(total === undefined ? {} : { total }),
    ...(processed === undefined ? {} : { processed }),
    ...(success === undefined ? {} : { success }),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * True where a job that ended has left an answer or an error to read, as far as AWS has said. A job expires
 * before it begins: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationJob.html
 */
export function hasResults({ status, counters }: Job): boolean {
  const { success, error } = counters;
  if (!isTerminal(status) || status === 'Failed') return false;
  const isKnown = success !== undefined || error !== undefined;
  return isKnown ? (success ?? 0) + (error ?? 0) > 0 : status !== 'Expired';
}

/** Whole percent done, or undefined where the total is unknown or still 0. */
export function percentDone(counters: JobCounters): number | undefined {
  if (!counters.total || counters.processed === undefined) return undefined;
  return Math.min(100, Math.floor((counters.processed / counters.total) * 100));
}

/** The jobs that live, out of many. */
export function liveJobs(jobs: readonly Job[]): Job[] {
  return jobs.filter((job) => !isTerminal(job.status));
}
