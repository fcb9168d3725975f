import type { Job } from '../../src/core/jobs/types.js';

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
