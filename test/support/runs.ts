import { randomUUID } from 'node:crypto';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { createRun } from '../../src/core/batch/createRun.js';
import type { Run } from '../../src/core/batch/run.js';
import { submitRun, type SubmitPorts } from '../../src/core/batch/submitRun.js';
import type { DatasetCheck, InvocationType } from '../../src/core/batch/types.js';
import { isTerminal, type Job } from '../../src/core/jobs/types.js';
import { silentLog } from '../../src/core/log.js';
import { checkDataset } from '../../src/io/dataset/check/checkDataset.js';
import { openShard } from '../../src/io/dataset/shards/openShard.js';
import type { TestSandbox } from './sandbox.js';
import { until } from './until.js';

export interface RunOptions {
  readonly modelId: string;
  readonly invocationType?: InvocationType;
  readonly check?: DatasetCheck;
  readonly roleArn?: string;
  readonly outputS3Uri?: string;
}

/** A run of the dataset against the sandbox, not yet submitted. */
export async function newRun(at: TestSandbox, path: string, options: RunOptions): Promise<Run> {
  const { modelId, invocationType = 'InvokeModel' } = options;
  const { bucket, roleArn } = at.sandbox;
  return createRun({
    id: randomUUID(),
    now: new Date(),
    connection: at.connection,
    datasetPath: path,
    check: options.check ?? (await checkDataset(path, { modelId, invocationType, workers: 0 })),
    request: {
      modelId,
      invocationType,
      jobName: `test-${randomUUID()}`,
      inputS3Uri: `s3://${bucket}/input/`,
      outputS3Uri: options.outputS3Uri ?? `s3://${bucket}/output/`,
      roleArn: options.roleArn ?? roleArn,
    },
  });
}

/** Ports over the real AWS layer and files; `saved` collects what the ledger was given. */
export function portsFor(
  at: TestSandbox,
  run: Run,
  fields: Partial<SubmitPorts> = {},
): SubmitPorts & { readonly saved: Run[] } {
  const saved: Run[] = [];
  return {
    storage: at.aws.storage,
    jobs: at.aws.jobs,
    save: () => {
      saved.push(structuredClone(run));
      return Promise.resolve();
    },
    openShard: (entry, part) => openShard(entry.dataset.path, entry.dataset, part.shard),
    log: silentLog,
    ...fields,
    saved,
  };
}

/** Submits and waits for the ends of all jobs. */
export async function submitAndWait(at: TestSandbox, run: Run): Promise<Job[]> {
  await submitRun(run, portsFor(at, run));
  return Promise.all(run.shards.map((part) => endOf(at, part.jobArn ?? '')));
}

/** The job once it has ended. */
export function endOf(at: TestSandbox, jobArn: string): Promise<Job> {
  return until('the end of the job', async () => {
    const job = await at.aws.jobs.get(jobArn);
    return isTerminal(job.status) ? job : undefined;
  });
}

/** Every object below the sandbox's input prefix. */
export async function inputKeys(at: TestSandbox): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of at.aws.storage.list(at.sandbox.bucket, 'input/')) keys.push(key);
  return keys;
}

/** Keys of unfinished multipart uploads: S3 bills their parts until they are aborted. */
export async function openUploads(at: TestSandbox): Promise<string[]> {
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = at.sandbox;
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  client.destroy();
  return (page.Uploads ?? []).flatMap((upload) => upload.Key ?? []);
}
