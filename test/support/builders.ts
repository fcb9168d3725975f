import type { Run, RunShard } from '../../src/core/batch/run.js';
import type { DatasetCheck } from '../../src/core/batch/types.js';
import type { Connection } from '../../src/core/connection.js';
import type { Job } from '../../src/core/jobs/types.js';
import type { Ledger } from '../../src/io/ledger.js';

/** A job as Bedrock would list it. */
export function aJob(fields: Partial<Job> = {}): Job {
  return {
    arn: 'arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/abcdefghijkl',
    id: 'abcdefghijkl',
    name: 'tickets',
    status: 'InProgress',
    modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    counters: {},
    inputS3Uri: 's3://bucket/input/tickets.jsonl',
    outputS3Uri: 's3://bucket/output/',
    roleArn: 'arn:aws:iam::123456789012:role/AmazonBedrockBatch',
    submitTime: '2026-11-22T11:59:00.000Z',
    ...fields,
  };
}

/** A profile's connection. */
export const devConnection: Connection = {
  kind: 'profile',
  profile: 'dev',
  region: 'us-east-1',
  endpoints: {},
};

/** A part of a run; with `jobArn` its job has been created. */
export function aShard(index: number, jobArn?: string): RunShard {
  return {
    shard: { index, start: index * 1000, end: (index + 1) * 1000, records: 120, firstLine: 1 },
    bucket: 'bucket',
    key: `input/run/tickets-${index}.jsonl`,
    jobName: `tickets-${index}`,
    token: `run-${index}`,
    ...(jobArn === undefined ? { state: 'planned' } : { state: 'created', jobArn }),
  };
}

/** A run of one shard that was submitted. */
export function aRun(fields: Partial<Run> = {}): Run {
  return {
    version: 1,
    id: 'run',
    createdAt: '2026-11-22T11:58:00.000Z',
    connection: devConnection,
    dataset: {
      path: '/data/tickets.jsonl',
      records: 120,
      bytes: 1000,
      rewrite: 'none',
      fingerprint: { bytes: 1000, modifiedMs: 0, inode: '1' },
    },
    request: {
      modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      invocationType: 'InvokeModel',
      jobName: 'tickets-2026-11-22',
      inputS3Uri: 's3://bucket/input/',
      outputS3Uri: 's3://bucket/output/',
      roleArn: 'arn:aws:iam::123456789012:role/AmazonBedrockBatch',
    },
    shards: [aShard(0, aJob().arn)],
    state: 'submitted',
    ...fields,
  };
}

/** What a pass over a dataset without a problem found. */
export function aCheck(fields: Partial<DatasetCheck> = {}): DatasetCheck {
  return {
    format: 'bedrock',
    bytes: 1000,
    lines: 120,
    records: 120,
    problems: [],
    problemCount: 0,
    failingRecords: 0,
    byCode: {},
    errorCount: 0,
    shards: [aShard(0).shard],
    rewrite: 'none',
    fingerprint: { bytes: 1000, modifiedMs: 0, inode: '1' },
    ...fields,
  };
}

/** Writes a run to the ledger as it is, whatever was there. */
export function writeRun(ledger: Ledger, run: Run): Promise<void> {
  return ledger.start(run, () => Promise.resolve());
}
