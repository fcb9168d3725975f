import * as z from 'zod/mini';

const endpoints = z.record(z.string(), z.string());
const base = { region: z.string(), endpoints };
const connectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('profile'), profile: z.string(), ...base }),
  z.object({ kind: z.literal('default'), ...base }),
  z.object({ kind: z.literal('apiKey'), ...base }),
  z.object({ kind: z.literal('sandbox'), ...base }),
]);

const shardSchema = z.object({
  index: z.number(),
  start: z.number(),
  end: z.number(),
  records: z.number(),
  firstLine: z.number(),
});

const runShardSchema = z.object({
  shard: shardSchema,
  /** Where the shard goes: bucket and key of its one object. */
  bucket: z.string(),
  key: z.string(),
  jobName: z.string(),
  /** `clientRequestToken` of CreateModelInvocationJob; fixed before the first attempt. */
  token: z.string(),
  /**
   * How far it is. `uploading` and `creating` are written before the call they announce, so that a
   * process that finds one knows that the call may or may not have taken effect.
   */
  state: z.enum(['planned', 'uploading', 'uploaded', 'creating', 'created']),
  jobArn: z.optional(z.string()),
});

const runSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  createdAt: z.string(),
  connection: connectionSchema,
  dataset: z.object({
    path: z.string(),
    records: z.number(),
    bytes: z.number(),
    rewrite: z.enum(['none', 'normalise']),
    generatedIdPrefix: z.optional(z.string()),
    fingerprint: z.object({ bytes: z.number(), modifiedMs: z.number(), inode: z.string() }),
    /** The table the records were made of, and the column that names them; without one, `row-1` … */
    table: z.optional(z.object({ path: z.string(), idColumn: z.optional(z.string()) })),
  }),
  request: z.object({
    modelId: z.string(),
    invocationType: z.enum(['InvokeModel', 'Converse']),
    jobName: z.string(),
    inputS3Uri: z.string(),
    outputS3Uri: z.string(),
    roleArn: z.string(),
    timeoutHours: z.optional(z.number()),
    kmsKeyId: z.optional(z.string()),
    tags: z.optional(z.record(z.string(), z.string())),
  }),
  shards: z.array(runShardSchema),
  /**
   * submitting: work to do · interrupted: stopped by the network, can be continued · submitted: every
   * job exists · cancelled, failed: over, nothing left behind.
   */
  state: z.enum(['submitting', 'interrupted', 'submitted', 'cancelled', 'failed']),
  error: z.optional(z.string()),
  /** Set once the person has been told that all jobs ended. */
  endedAt: z.optional(z.string()),
  /** How it ended, for a window that cannot ask: the worst of its jobs, and their counters together. */
  outcome: z.optional(
    z.enum(['success', 'withErrors', 'partial', 'failed', 'stopped', 'expired', 'gone']),
  ),
  counters: z.optional(
    z.object({
      total: z.optional(z.number()),
      processed: z.optional(z.number()),
      success: z.optional(z.number()),
      error: z.optional(z.number()),
    }),
  ),
  results: z.optional(z.object({ folder: z.string(), downloadedAt: z.string() })),
});

/** One submission by the person: the ledger's entry, complete enough to continue after a kill. */
export type Run = z.infer<typeof runSchema>;
export type RunShard = z.infer<typeof runShardSchema>;
export type RunRequest = Run['request'];
export type SourceTable = NonNullable<Run['dataset']['table']>;

/** A ledger file's content as a Run; undefined where it is not one (older or damaged file). */
export function parseRun(value: unknown): Run | undefined {
  const parsed = z.safeParse(runSchema, value);
  return parsed.success ? parsed.data : undefined;
}

/** ARNs of the jobs a run has so far. */
export function jobArnsOf(run: Run): string[] {
  return run.shards.flatMap((part) => part.jobArn ?? []);
}
