import type { Uri } from 'vscode';
import * as z from 'zod/mini';
import { toJobName } from '../../core/batch/names.js';
import type { RunRequest } from '../../core/batch/run.js';
import type { InvocationType } from '../../core/batch/types.js';
import { connectionKey, type Connection } from '../../core/connection.js';
import { type submitOptions, submitSettings } from '../../platform/commandTable.js';
import type { Services } from '../../services.js';

/** The options of `bedrock.batch.submit`, and those of them that are settings of the job. */
export type SubmitArguments = z.infer<typeof submitOptions>;
export type SubmitOptions = z.infer<typeof submitSettings>;

/** What is remembered of the last submission, a connection. */
const rememberedSchema = z.object({
  modelId: z.optional(z.string()),
  inputS3Uri: z.optional(z.string()),
  outputS3Uri: z.optional(z.string()),
  roleArn: z.optional(z.string()),
  timeoutHours: z.optional(z.number()),
  kmsKeyId: z.optional(z.string()),
  tags: z.optional(z.record(z.string(), z.string())),
});

type Remembered = z.infer<typeof rememberedSchema>;
type Needs = Pick<Services, 'context' | 'config' | 'sandbox'>;

const memoryKey = (connection: Connection) => `bedrock.batch.last/${connectionKey(connection)}`;

/** The settings of the last submission over this connection. */
export function recall(services: Needs, connection: Connection): Remembered {
  const parsed = z.safeParse(
    rememberedSchema,
    services.context.globalState.get(memoryKey(connection)),
  );
  return parsed.success ? parsed.data : {};
}

/** Remembers a submission's settings for the next one over the same connection. */
export async function remember(
  services: Needs,
  connection: Connection,
  request: RunRequest,
): Promise<void> {
  const { modelId, inputS3Uri, outputS3Uri, roleArn, timeoutHours, kmsKeyId, tags } = request;
  const value: Remembered = {
    modelId,
    inputS3Uri,
    outputS3Uri,
    roleArn,
    timeoutHours,
    kmsKeyId,
    tags,
  };
  await services.context.globalState.update(memoryKey(connection), value);
}

const editsKey = 'bedrock.batch.edits';

/** What was set in the last review that did not lead to a submission, and of which file and connection. */
const editsSchema = z.object({
  of: z.string(),
  options: submitSettings,
});

/** A file under review. */
interface Reviewed {
  readonly uri: Uri;
  readonly connection: Connection;
}

const nameOf = ({ uri, connection }: Reviewed) => `${connectionKey(connection)} ${uri.toString()}`;

/** What a person has set for a file in a review that was left, or whose submission failed. */
export function recallEdits({ context }: Needs, reviewed: Reviewed): SubmitOptions {
  const stored = z.safeParse(editsSchema, context.workspaceState.get(editsKey));
  return stored.success && stored.data.of === nameOf(reviewed) ? stored.data.options : {};
}

/** Remembers one more setting of a review. */
export async function keepEdit(
  services: Needs,
  reviewed: Reviewed,
  field: keyof RunRequest,
  request: RunRequest,
): Promise<void> {
  const options = { ...recallEdits(services, reviewed), [field]: request[field] };
  await services.context.workspaceState.update(editsKey, { of: nameOf(reviewed), options });
}

/** The file was submitted: a next submission begins anew. */
export async function forgetEdits({ context }: Needs): Promise<void> {
  await context.workspaceState.update(editsKey, undefined);
}

export interface Drafting {
  readonly connection: Connection;
  readonly datasetName: string;
  readonly options: SubmitOptions;
  /** What the records themselves say. */
  readonly invocationType: InvocationType | undefined;
  /** A model that fits the records; asked where nothing else names one. */
  readonly suggestModel: () => Promise<string | undefined>;
  readonly now: Date;
}

/** A request from the options, what was used last, the settings, and the sandbox's own places. */
export async function draftRequest(services: Needs, drafting: Drafting): Promise<RunRequest> {
  const { connection, options, now } = drafting;
  const last = recall(services, connection);
  const { config } = services;
  const sandbox = connection.kind === 'sandbox' ? await services.sandbox.access() : undefined;
  const outputS3Uri =
    options.outputS3Uri ??
    last.outputS3Uri ??
    nonEmpty(config.get('bedrock.batch.outputS3Uri')) ??
    (sandbox ? `s3://${sandbox.bucket}/output/` : '');
  const timeoutHours =
    options.timeoutHours ?? last.timeoutHours ?? config.get('bedrock.batch.timeoutHours');
  const kmsKeyId = options.kmsKeyId ?? last.kmsKeyId;
  const tags = options.tags ?? last.tags ?? config.get('bedrock.batch.tags');
  return {
    modelId: options.modelId ?? last.modelId ?? (await drafting.suggestModel()) ?? '',
    invocationType: options.invocationType ?? drafting.invocationType ?? 'InvokeModel',
    jobName: options.jobName ?? toJobName(drafting.datasetName, now),
    inputS3Uri:
      options.inputS3Uri ??
      last.inputS3Uri ??
      nonEmpty(config.get('bedrock.batch.inputS3Uri')) ??
      inputBeside(outputS3Uri),
    outputS3Uri,
    roleArn:
      options.roleArn ??
      last.roleArn ??
      nonEmpty(config.get('bedrock.batch.roleArn')) ??
      sandbox?.roleArn ??
      '',
    timeoutHours,
    ...(kmsKeyId ? { kmsKeyId } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}

/** The input goes beside the output, never below it: results of one run are no input of the next. */
export function inputBeside(outputS3Uri: string): string {
  const bucket = /^s3:\/\/[^/]+/.exec(outputS3Uri)?.[0];
  return bucket ? `${bucket}/input/` : '';
}

function nonEmpty(value: string): string | undefined {
  return value.trim() === '' ? undefined : value.trim();
}
