import { rm, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../../core/async.js';
import { causeChain, isCancelled } from '../../core/errors.js';
import type { Logger } from '../../core/log.js';
import type { Fault, FaultKind } from '../faults/faultRules.js';
import type { OwnModels } from '../models/ownModels.js';
import type { Responder } from '../runtime/chat.js';
import { hashText } from '../runtime/random.js';
import type { ObjectStore } from '../s3/objectStore.js';
import { type InputCheck, type InputFile, checkInput, splitS3Uri } from './inputFiles.js';
import { isTerminal, type JobStatus } from '../../core/jobs/types.js';
import { type JobRecord, countersOf } from './jobRecord.js';
import type { JobStore } from './jobStore.js';
import { publishFile } from './outputWriter.js';
import { processRecords } from './processRecords.js';
import type { RecordError } from './runRecord.js';

export interface BatchEngineOptions {
  readonly dataDir: string;
  readonly region: string;
  /** How many times faster than the nominal clock below. */
  readonly speed: number;
  readonly jobs: JobStore;
  readonly ownModels: OwnModels;
  readonly objects: ObjectStore;
  readonly respond: Responder;
  readonly log: Logger;
}

/** Nominal milliseconds a job spends in each status at speed 1. */
const nominal = {
  submitted: 700,
  validating: 1100,
  scheduled: 1100,
  inProgress: 4500,
  perRecord: 0.05,
  stopping: 600,
} as const;

const hour = 3_600_000;
const saveEvery = 250;

/** Why the records of a job were left before the last one. */
class EarlyEnd extends Error {
  override readonly name = 'EarlyEnd';
  constructor(readonly status: 'Stopped' | 'PartiallyCompleted') {
    super(status);
  }
}

/** Executes jobs: one asynchronous task each, on the accelerated clock. */
export class BatchEngine {
  private readonly running = new Map<string, Promise<void>>();
  /** Fires where a job is to stop, and for all of them when the sandbox closes. */
  private readonly stops = new Map<string, AbortController>();
  private readonly closing = new AbortController();

  constructor(private readonly options: BatchEngineOptions) {}

  /** Takes up every job that had not ended when the sandbox stopped. */
  resume(): void {
    for (const job of this.options.jobs.all()) if (!isTerminal(job.status)) this.start(job);
  }

  start(job: JobRecord): void {
    const stop = new AbortController();
    if (job.status === 'Stopping') stop.abort();
    this.stops.set(job.jobId, stop);
    const task = this.run(job, stop.signal)
      .catch((error: unknown) => this.fail(job, error))
      .finally(() => {
        this.running.delete(job.jobId);
        this.stops.delete(job.jobId);
      });
    this.running.set(job.jobId, task);
  }

  /** Asks a job to stop; the status says Stopping until it has. */
  async stop(job: JobRecord): Promise<void> {
    await this.setStatus(job, 'Stopping');
    this.stops.get(job.jobId)?.abort();
  }

  /** Leaves every job where it is; the next start takes it up. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const stop of this.stops.values()) stop.abort();
    await Promise.allSettled(this.running.values());
  }

  private async run(job: JobRecord, stop: AbortSignal): Promise<void> {
    const input: { checked?: InputCheck } = {};
    const isStopped = await this.prepare(job, stop, input);
    if (isStopped || isTerminal(job.status)) return;
    const check = input.checked ?? (await this.checkInput(job));
    if ('failure' in check) await this.end(job, 'Failed', check.failure);
    else await this.process(job, check.files, stop);
  }

  /** Submitted, Validating and Scheduled; true where the job was stopped on the way. */
  private async prepare(
    job: JobRecord,
    stop: AbortSignal,
    input: { checked?: InputCheck },
  ): Promise<boolean> {
    if (job.status === 'Submitted') {
      if (await this.pause(nominal.submitted, stop)) return this.stopped(job);
      await this.setStatus(job, 'Validating');
    }
    if (job.status === 'Validating') {
      const started = Date.now();
      input.checked = await this.checkInput(job);
      if (await this.pause(nominal.validating, stop, started)) return this.stopped(job);
      if ('failure' in input.checked) {
        await this.end(job, 'Failed', input.checked.failure);
        return false;
      }
      await this.setStatus(job, 'Scheduled');
    }
    if (job.status === 'Scheduled') {
      if (await this.pause(nominal.scheduled, stop)) return this.stopped(job);
      if (faultOf(job, 'expired') !== undefined || this.isTimeUp(job)) {
        await this.end(job, 'Expired', 'The job expired before it could begin. Submit it again.');
        return false;
      }
      await this.setStatus(job, 'InProgress');
    }
    return job.status === 'Stopping' && !hasOutput(job) ? this.stopped(job) : false;
  }

  private async checkInput(job: JobRecord): Promise<InputCheck> {
    const fault = faultOf(job, 'failJob');
    if (fault !== undefined) {
      return { failure: fault.message ?? 'The job failed because a fault was asked for.' };
    }
    const output = splitS3Uri(job.outputDataConfig.s3OutputDataConfig.s3Uri).bucket;
    for (const bucket of [splitS3Uri(inputUri(job)).bucket, output]) {
      if (await this.options.objects.hasBucket(bucket)) continue;
      const failure = `Role ${job.roleArn} could not access the S3 bucket ${bucket}: the specified bucket does not exist.`;
      return { failure };
    }
    return checkInput(this.options.objects, inputUri(job), this.closing.signal);
  }

  private async process(
    job: JobRecord,
    files: readonly InputFile[],
    stop: AbortSignal,
  ): Promise<void> {
    const { objects, respond, region, dataDir } = this.options;
    const total = files.reduce((sum, file) => sum + file.records, 0);
    job.totalRecordCount = total;
    await this.save(job);
    const target = outputTarget(job);
    const workFolder = join(dataDir, '.work', job.jobId);
    let status: JobStatus = 'Completed';
    try {
      await processRecords({
        job,
        files,
        workFolder,
        runner: {
          model: this.options.ownModels.resolve(job.modelId, region),
          isConverse: job.modelInvocationType === 'Converse',
          isSingleFile: inputUri(job).endsWith('.jsonl'),
          respond,
          signal: stop,
          faultFor: recordFaults(job),
        },
        afterRecord: this.pacer(job, total, stop),
        checkpoint: () => this.saveSometimes(job),
        finishFile: async (file, name) => {
          if (this.closing.signal.aborted) return;
          await publishFile(objects, { ...target, key: `${target.key}${name}` }, file);
        },
      });
    } catch (error) {
      const isStopped = isCancelled(error) && stop.aborted && !this.closing.signal.aborted;
      if (isStopped) status = 'Stopped';
      else if (error instanceof EarlyEnd) status = error.status;
      else throw error;
    }
    await this.writeManifest(job, workFolder);
    await rm(workFolder, { recursive: true, force: true });
    await this.end(job, status);
  }

  /** Spreads the records over the nominal time and ends the job early where it must. */
  private pacer(job: JobRecord, total: number, stop: AbortSignal): () => Promise<void> {
    const duration = (nominal.inProgress + total * nominal.perRecord) / this.options.speed;
    const before = job.processedRecordCount;
    const started = Date.now();
    const limit = earlyLimit(job, total);
    const step = Math.max(1, Math.floor(total / 60));
    return async () => {
      if (this.closing.signal.aborted) throw this.closing.signal.reason;
      const done = job.processedRecordCount;
      if (done >= limit) throw new EarlyEnd('PartiallyCompleted');
      if (stop.aborted && done < total) throw new EarlyEnd('Stopped');
      if (done % step !== 0) return;
      if (this.isTimeUp(job) && done < total) throw new EarlyEnd('PartiallyCompleted');
      const due = started + ((done - before) / total) * duration;
      const ahead = due - Date.now();
      // The counters are in memory and served from there; the file follows at checkpoints.
      job.lastModifiedTime = new Date().toISOString();
      if (ahead > 2 && (await this.pause(ahead * this.options.speed, stop)) && done < total) {
        throw new EarlyEnd('Stopped');
      }
    };
  }

  private async writeManifest(job: JobRecord, workFolder: string): Promise<void> {
    await mkdir(workFolder, { recursive: true });
    const file = join(workFolder, 'manifest.json');
    await writeFile(file, JSON.stringify(countersOf(job)));
    const target = outputTarget(job);
    await publishFile(
      this.options.objects,
      { ...target, key: `${target.key}manifest.json.out` },
      file,
    );
  }

  /** Waits on the accelerated clock; true where the job was asked to stop meanwhile. */
  private async pause(
    milliseconds: number,
    stop: AbortSignal,
    since = Date.now(),
  ): Promise<boolean> {
    const left = milliseconds / this.options.speed - (Date.now() - since);
    try {
      await delay(Math.max(0, left), stop);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    }
    if (this.closing.signal.aborted) throw this.closing.signal.reason;
    return stop.aborted;
  }

  private async stopped(job: JobRecord): Promise<true> {
    await delay(nominal.stopping / this.options.speed, this.closing.signal);
    await this.end(job, 'Stopped');
    return true;
  }

  private isTimeUp(job: JobRecord): boolean {
    const hours = job.timeoutDurationInHours ?? 24;
    return Date.now() > Date.parse(job.submitTime) + (hours * hour) / this.options.speed;
  }

  private setStatus(job: JobRecord, status: JobStatus): Promise<void> {
    // Stopping wins over the status the task was about to move to.
    if (job.status === 'Stopping' && !isTerminal(status)) return Promise.resolve();
    job.status = status;
    return this.save(job);
  }

  private async end(job: JobRecord, status: JobStatus, message?: string): Promise<void> {
    job.endTime = new Date().toISOString();
    if (message !== undefined) job.message = message;
    delete job.checkpoint;
    this.options.log.info('job ended', { jobId: job.jobId, status });
    await this.setStatus(job, status);
  }

  private async fail(job: JobRecord, error: unknown): Promise<void> {
    if (this.closing.signal.aborted) {
      await this.save(job);
      return;
    }
    await rm(join(this.options.dataDir, '.work', job.jobId), { recursive: true, force: true });
    this.options.log.error('job failed', { jobId: job.jobId, error: causeChain(error) });
    await this.end(
      job,
      'Failed',
      `Internal error in the sandbox: ${causeChain(error)}`.slice(0, 2000),
    );
  }

  private lastSave = 0;

  private async saveSometimes(job: JobRecord): Promise<void> {
    if (Date.now() - this.lastSave < saveEvery) return;
    this.lastSave = Date.now();
    await this.save(job);
  }

  private save(job: JobRecord): Promise<void> {
    job.lastModifiedTime = new Date().toISOString();
    return this.options.jobs.save(job);
  }
}

function hasOutput(job: JobRecord): boolean {
  return job.totalRecordCount > 0;
}

function inputUri(job: JobRecord): string {
  return job.inputDataConfig.s3InputDataConfig.s3Uri;
}

/** `<output>/<jobId>/`, whether or not the caller ended the prefix with a slash. */
function outputTarget(job: JobRecord): { bucket: string; key: string } {
  const { bucket, key } = splitS3Uri(job.outputDataConfig.s3OutputDataConfig.s3Uri);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  return { bucket, key: `${prefix}${job.jobId}/` };
}

function faultOf(job: JobRecord, kind: FaultKind): Fault | undefined {
  return job.faults?.find((fault) => fault.kind === kind);
}

/** After how many records a `partiallyCompleted` fault ends the job. */
function earlyLimit(job: JobRecord, total: number): number {
  const fault = faultOf(job, 'partiallyCompleted');
  if (fault === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.min(total - 1, fault.count ?? Math.floor(total * (fault.rate ?? 0.5))));
}

/** `recordErrors`: a share (`rate`) or the first `count` records end with an error. */
function recordFaults(job: JobRecord): (number: number) => RecordError | undefined {
  const fault = faultOf(job, 'recordErrors');
  if (fault === undefined) return () => undefined;
  const error = {
    errorCode: fault.status ?? 500,
    errorMessage: fault.message ?? 'An internal server error occurred. Try again.',
  };
  let left = fault.count ?? Number.POSITIVE_INFINITY;
  const rate = fault.rate ?? (fault.count === undefined ? 0.1 : 1);
  return (number) => {
    if (left <= 0 || hashText(`${job.jobName}${number}`) / 2 ** 32 >= rate) return undefined;
    left--;
    return error;
  };
}
