import type { Run } from '../../../../src/core/batch/run.js';

/** A ledger entry of one shard. */
export function aRun(
  fields: Partial<Omit<Run, 'shards'>> & { readonly jobArn?: string } = {},
): Run {
  const { jobArn, ...rest } = fields;
  return {
    version: 1,
    id: 'run-1',
    createdAt: '2026-11-25T00:00:00Z',
    connection: { kind: 'sandbox', region: 'us-east-1', endpoints: {} },
    dataset: {
      path: '/work/tickets.jsonl',
      records: 120,
      bytes: 1000,
      rewrite: 'none',
      fingerprint: { bytes: 1000, modifiedMs: 1, inode: '1' },
    },
    request: {
      modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      invocationType: 'InvokeModel',
      jobName: 'tickets',
      inputS3Uri: 's3://bucket/input/',
      outputS3Uri: 's3://bucket/output/',
      roleArn: 'arn:aws:iam::123456789012:role/batch',
    },
    shards: [
      {
        shard: { index: 0, start: 0, end: 1000, records: 120, firstLine: 1 },
        bucket: 'bucket',
        key: 'input/run-1/tickets.jsonl',
        jobName: 'tickets',
        token: 'run-1',
        state: jobArn ? 'created' : 'planned',
        ...(jobArn && { jobArn }),
      },
    ],
    state: 'submitted',
    ...rest,
  };
}
