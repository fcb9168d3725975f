import { connectionKey, type Connection } from '../connection.js';
import { toAppError, type AppError } from '../errors.js';
import { Emitter, type Disposable } from '../lifecycle.js';
import type { Logger } from '../log.js';
import type { JobsApi } from '../batch/ports.js';
import { jitter, nextPoll } from './schedule.js';
import { isTerminal, type Job } from './types.js';

/** What is known of a connection's jobs. */
export interface JobsSnapshot {
  readonly connection: Connection;
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** Why the last look failed, or failed for a part of the jobs; they are then as they were seen before. */
  readonly error?: AppError;
  /** Milliseconds since the epoch of the last look that worked; undefined before the first. */
  readonly seenAt?: number;
}

export interface TrackerPorts {
  readonly jobsApi: (connection: Connection) => Promise<JobsApi>;
  readonly log: Logger;
  readonly now: () => number;
  readonly random: () => number;
  /** Calls back after the milliseconds; the result stops it. */
  readonly schedule: (milliseconds: number, action: () => void) => Disposable;
}

/** Newest jobs a view shows; live ones further back are followed all the same. */
const listLimit = 100;

interface Watch {
  readonly connection: Connection;
  /** Jobs that somebody waits for, also where the list no longer reaches them. */
  readonly awaited: Set<string>;
  /** Awaited jobs that AWS does not know any more. */
  readonly gone: Set<string>;
  jobs: Map<string, Job>;
  error: AppError | undefined;
  seenAt: number | undefined;
  failures: number;
  timer: Disposable | undefined;
  pending: Promise<JobsSnapshot> | undefined;
}

/**
 * Follows the jobs of any number of connections with one ListModelInvocationJobs a look. Looks go on
 * while a job lives and stop by themselves; nothing is asked of AWS before `follow` or `refresh`.
 */
export class JobTracker implements Disposable {
  private readonly watches = new Map<string, Watch>();
  private readonly changes = new Emitter<JobsSnapshot>();
  readonly onDidChange = this.changes.event;
  private isDisposed = false;

  constructor(private readonly ports: TrackerPorts) {}

  /** What is known now, without asking. */
  snapshot(connection: Connection): JobsSnapshot {
    return toSnapshot(this.watch(connection));
  }

  /** A job by ARN, from any connection. */
  find(arn: string): Job | undefined {
    for (const watch of this.watches.values()) {
      const job = watch.jobs.get(arn);
      if (job) return job;
    }
    return undefined;
  }

  /** True for a job that was followed and that AWS does not know any more. */
  isGone(arn: string): boolean {
    return [...this.watches.values()].some(({ gone }) => gone.has(arn));
  }

  /** Nobody waits for these jobs any more. */
  forget(jobArns: readonly string[]): void {
    for (const { awaited } of this.watches.values()) {
      for (const arn of jobArns) awaited.delete(arn);
    }
  }

  /** Follows these jobs until they end. */
  follow(connection: Connection, jobArns: readonly string[]): void {
    const watch = this.watch(connection);
    for (const arn of jobArns) {
      const known = watch.jobs.get(arn);
      const isOver = watch.gone.has(arn) || (known && isTerminal(known.status));
      if (!isOver) watch.awaited.add(arn);
    }
    if (watch.awaited.size > 0 && !watch.timer && !watch.pending) void this.look(watch);
  }

  /** Looks now; the snapshot carries the error where the look failed. */
  refresh(connection: Connection): Promise<JobsSnapshot> {
    return this.look(this.watch(connection));
  }

  dispose(): void {
    this.isDisposed = true;
    for (const watch of this.watches.values()) watch.timer?.dispose();
    this.changes.dispose();
  }

  private watch(connection: Connection): Watch {
    const key = connectionKey(connection);
    let watch = this.watches.get(key);
    if (!watch) {
      watch = {
        connection,
        awaited: new Set(),
        gone: new Set(),
        jobs: new Map(),
        error: undefined,
        seenAt: undefined,
        failures: 0,
        timer: undefined,
        pending: undefined,
      };
      this.watches.set(key, watch);
    }
    return watch;
  }

  private look(watch: Watch): Promise<JobsSnapshot> {
    watch.timer?.dispose();
    watch.timer = undefined;
    watch.pending ??= this.read(watch).finally(() => {
      watch.pending = undefined;
      this.scheduleNext(watch);
    });
    return watch.pending;
  }

  private async read(watch: Watch): Promise<JobsSnapshot> {
    try {
      const api = await this.ports.jobsApi(watch.connection);
      const listed = await api.list({ limit: listLimit });
      const jobs = new Map(listed.map((job) => [job.arn, job]));
      watch.error = await this.readAwaited(watch, api, jobs);
      watch.jobs = jobs;
      watch.failures = watch.error ? watch.failures + 1 : 0;
      watch.seenAt = this.ports.now();
      for (const arn of [...watch.awaited]) {
        if (isTerminal(jobs.get(arn)?.status ?? '')) watch.awaited.delete(arn);
      }
    } catch (error) {
      watch.error = toAppError(error);
      watch.failures++;
      this.ports.log.warn('jobs could not be listed', { error, failures: watch.failures });
    }
    const snapshot = toSnapshot(watch);
    this.changes.fire(snapshot);
    return snapshot;
  }

  /** Jobs that the list does not reach: one by one, and one that is in trouble stops no other. */
  private async readAwaited(
    watch: Watch,
    api: JobsApi,
    jobs: Map<string, Job>,
  ): Promise<AppError | undefined> {
    let failure: AppError | undefined;
    for (const arn of [...watch.awaited]) {
      if (jobs.has(arn)) continue;
      try {
        jobs.set(arn, await api.get(arn));
      } catch (error) {
        const found = toAppError(error);
        this.ports.log.warn('a job could not be read', { arn, error });
        if (found.kind === 'notFound') {
          watch.awaited.delete(arn);
          watch.gone.add(arn);
          continue;
        }
        failure ??= found;
        const before = watch.jobs.get(arn);
        if (before) jobs.set(arn, before);
      }
    }
    return failure;
  }

  private scheduleNext(watch: Watch): void {
    if (this.isDisposed) return;
    const live = [...watch.jobs.values()].filter((job) => !isTerminal(job.status));
    if (live.length === 0 && watch.awaited.size === 0) return;
    const now = this.ports.now();
    const ages = live.map((job) => now - Date.parse(job.submitTime));
    const interval = nextPoll({
      youngestAgeMs: Math.max(0, Math.min(...ages, Number.MAX_SAFE_INTEGER)),
      failures: watch.failures,
      isSandbox: watch.connection.kind === 'sandbox',
    });
    watch.timer = this.ports.schedule(jitter(interval, this.ports.random()), () => {
      watch.timer = undefined;
      void this.look(watch);
    });
  }
}

function toSnapshot(watch: Watch): JobsSnapshot {
  return {
    connection: watch.connection,
    jobs: [...watch.jobs.values()].sort((a, b) => b.submitTime.localeCompare(a.submitTime)),
    ...(watch.error ? { error: watch.error } : {}),
    ...(watch.seenAt === undefined ? {} : { seenAt: watch.seenAt }),
  };
}
