import type { AppError } from '../errors.js';
import { isCancelled, toAppError, type ErrorKind } from '../errors.js';
import { throwIfAborted } from '../async.js';
import type { Logger } from '../log.js';
import type { BatchStorage, JobsApi } from './ports.js';
import type { Run, RunShard } from './run.js';

export interface SubmitPorts {
  readonly storage: BatchStorage;
  readonly jobs: JobsApi;
  /** Writes the ledger entry and returns when it is on disk. */
  readonly save: () => Promise<void>;
  /** Opens a shard's bytes; fails where the file changed since it was checked. */
  readonly openShard: (run: Run, part: RunShard) => AsyncIterable<Uint8Array>;
  readonly log: Logger;
  readonly onProgress?: (progress: SubmitProgress) => void;
  /** Told before and after each effect, in order. */
  readonly onStep?: (step: SubmitStep) => void;
}

export interface SubmitProgress {
  readonly phase: 'upload' | 'create';
  readonly bytesSent: number;
  readonly bytesTotal: number;
}

export interface SubmitStep {
  readonly name:
    | 'uploadAnnounced'
    | 'uploadStarted'
    | 'uploaded'
    | 'uploadSaved'
    | 'createAnnounced'
    | 'created'
    | 'createSaved';
  readonly shard: number;
}

/** After these a create may have taken effect: the objects stay and the run can be continued. */
const ambiguous: ReadonlySet<ErrorKind> = new Set(['network', 'timeout', 'throttled', 'internal']);

/**
 * Carries a run on from wherever its ledger entry says it is: uploads what is not uploaded, then
 * creates the jobs that do not exist. Safe to call again after a kill between any two steps: an object
 * is overwritten, and Bedrock ignores a second create with the same token. Cancelling is possible until
 * the first create. Resolves with the run as saved; rejects after saving why it stopped.
 */
export async function submitRun(run: Run, ports: SubmitPorts, signal?: AbortSignal): Promise<Run> {
  try {
    run.state = 'submitting';
    delete run.error;
    await ports.save();
    await uploadAll(run, ports, signal);
    throwIfAborted(signal);
    await createAll(run, ports);
    run.state = 'submitted';
    await ports.save();
    return run;
  } catch (error) {
    const failure = toAppError(error);
    await settle(run, ports, failure);
    throw failure;
  }
}

async function uploadAll(run: Run, ports: SubmitPorts, signal: AbortSignal | undefined) {
  const bytesTotal = run.shards.reduce((sum, { shard }) => sum + shard.end - shard.start, 0);
  let bytesBefore = 0;
  ports.onProgress?.({ phase: 'upload', bytesSent: 0, bytesTotal });
  for (const part of run.shards) {
    const { shard, bucket, key } = part;
    const bytes = shard.end - shard.start;
    if (part.state === 'planned' || part.state === 'uploading') {
      throwIfAborted(signal);
      // A kill during the last attempt may have left parts that are billed for as long as they exist.
      if (part.state === 'uploading') await ports.storage.abortUploads(bucket, key, signal);
      part.state = 'uploading';
      await ports.save();
      ports.onStep?.({ name: 'uploadAnnounced', shard: shard.index });
      await uploadShard({ run, part, ports, bytesBefore, bytesTotal }, signal);
      ports.onStep?.({ name: 'uploaded', shard: shard.index });
      part.state = 'uploaded';
      await ports.save();
      ports.onStep?.({ name: 'uploadSaved', shard: shard.index });
    }
    bytesBefore += bytes;
    ports.onProgress?.({ phase: 'upload', bytesSent: bytesBefore, bytesTotal });
  }
}

interface ShardUpload {
  readonly run: Run;
  readonly part: RunShard;
  readonly ports: SubmitPorts;
  readonly bytesBefore: number;
  readonly bytesTotal: number;
}

async function uploadShard(work: ShardUpload, signal: AbortSignal | undefined) {
  const { run, part, ports, bytesBefore, bytesTotal } = work;
  const bytes = part.shard.end - part.shard.start;
  let hasStarted = false;
  const { kmsKeyId } = run.request;
  await ports.storage.upload(
    {
      bucket: part.bucket,
      key: part.key,
      body: () => ports.openShard(run, part),
      bytes,
      ...(kmsKeyId ? { kmsKeyId } : {}),
      onProgress: (sent) => {
        if (!hasStarted) ports.onStep?.({ name: 'uploadStarted', shard: part.shard.index });
        hasStarted = true;
        const bytesSent = bytesBefore + Math.min(sent, bytes);
        ports.onProgress?.({ phase: 'upload', bytesSent, bytesTotal });
      },
    },
    signal,
  );
}

/** From the first create on nothing is cancelled half-way: a created job is stopped, not forgotten. */
async function createAll(run: Run, ports: SubmitPorts) {
  const bytesTotal = run.dataset.bytes;
  ports.onProgress?.({ phase: 'create', bytesSent: bytesTotal, bytesTotal });
  for (const part of run.shards) {
    if (part.jobArn) continue;
    const shard = part.shard.index;
    part.state = 'creating';
    await ports.save();
    ports.onStep?.({ name: 'createAnnounced', shard });
    part.jobArn = await createJob(run, part, ports.jobs);
    ports.onStep?.({ name: 'created', shard });
    part.state = 'created';
    await ports.save();
    ports.onStep?.({ name: 'createSaved', shard });
    ports.log.info('job created', { run: run.id, jobArn: part.jobArn });
  }
}

function createJob(run: Run, part: RunShard, jobs: JobsApi): Promise<string> {
  const { modelId, roleArn, outputS3Uri, invocationType } = run.request;
  const { timeoutHours, kmsKeyId, tags } = run.request;
  return jobs.create({
    jobName: part.jobName,
    modelId,
    roleArn,
    invocationType,
    inputS3Uri: `s3://${part.bucket}/${part.key}`,
    outputS3Uri,
    clientRequestToken: part.token,
    ...(timeoutHours ? { timeoutHours } : {}),
    ...(kmsKeyId ? { kmsKeyId } : {}),
    ...(tags ? { tags } : {}),
  });
}

/** Writes down how the run stopped, and clears up where no job can have come of it. */
async function settle(run: Run, ports: SubmitPorts, failure: AppError): Promise<void> {
  const hasJobs = run.shards.some((part) => part.state === 'created');
  const isCreating = run.shards.some((part) => part.state === 'creating');
  if (hasJobs || (ambiguous.has(failure.kind) && !isCancelled(failure))) {
    run.state = 'interrupted';
    for (const part of run.shards) {
      // A refused create had no effect; an ambiguous one stays announced.
      if (part.state === 'creating' && !ambiguous.has(failure.kind)) part.state = 'uploaded';
    }
  } else {
    run.state = isCancelled(failure) ? 'cancelled' : 'failed';
    await clearObjects(run, ports);
  }
  run.error = failure.message;
  await ports.save();
  ports.log.warn('submission stopped', {
    run: run.id,
    state: run.state,
    isCreating,
    error: failure,
  });
}

/** Removes what a run has put into S3. A failure here is logged: the first error matters more. */
export async function clearObjects(run: Run, ports: Pick<SubmitPorts, 'storage' | 'log'>) {
  for (const part of run.shards) {
    if (part.state === 'planned') continue;
    try {
      if (part.state === 'uploading') await ports.storage.abortUploads(part.bucket, part.key);
      await ports.storage.remove(part.bucket, part.key);
      part.state = 'planned';
    } catch (error) {
      ports.log.warn('an object could not be removed', { key: part.key, error });
    }
  }
}
