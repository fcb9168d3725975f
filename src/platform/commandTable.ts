import * as z from 'zod/mini';
import type { DatasetCheck, DatasetFormat, InvocationType, Problem } from '../core/batch/types.js';
import { ConversationSchema } from '../core/converse/conversationSchema.js';
import { conversationOptions } from '../core/converse/openOptions.js';
import type { Job } from '../core/jobs/types.js';
import { filterSchema, type ModelFilter } from '../core/models/filter.js';
import { groupings } from '../core/models/group.js';
import type { Model } from '../core/models/model.js';
import {
  fileAddress,
  fileOr,
  jobReference,
  modelReference,
  resultsSource,
  runId,
  unlessNode,
} from './commandArguments.js';

/** What a command takes, each argument by its schema, and what it gives a caller. */
interface Row<Arguments extends readonly z.ZodMiniType[], Result> {
  readonly arguments: Arguments;
  /** Only for the compiler: what the handler's promise gives. */
  readonly gives?: () => Result;
}

const gives =
  <Result = void>() =>
  <const Arguments extends readonly z.ZodMiniType[]>(
    ...schemas: Arguments
  ): Row<Arguments, Result> => ({ arguments: schemas });

/** A connection, in parts: what is not given comes from the profile, the settings or the environment. */
export const connectionChoice = z.object({
  profile: z.optional(z.string()),
  region: z.optional(z.string()),
  endpoint: z.optional(z.string()),
  sandbox: z.optional(z.boolean()),
  /** Use the Bedrock API key in the secret store. */
  apiKey: z.optional(z.boolean()),
});

/** What `bedrock.connection.select` and `.test` return. */
export interface SelectedConnection {
  readonly profile?: string;
  readonly region: string;
  readonly accountId?: string;
  readonly arn?: string;
  readonly endpoint?: string;
  readonly sandbox: boolean;
}

/** What `bedrock.sandbox.start` returns: all that a client needs. */
export interface StartedSandbox {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  readonly roleArn: string;
}

/** What a new playground starts with. */
export const openPlayground = z.extend(conversationOptions, {
  modelId: z.optional(z.string()),
  /** More than one opens them side by side. */
  modelIds: z.optional(z.array(z.string()).check(z.maxLength(4))),
});

const invocationType = z.enum(['InvokeModel', 'Converse']);

/** How a table becomes records: of `bedrock.batch.convert`, and of `bedrock.batch.submit` for a table. */
export const tableOptions = z.object({
  /**
   * A prompt, a conversation of the playground, or a system text, messages and parameters as
   * `bedrock.playground.open` takes them. `{{column}}` stands for the cell of a row.
   */
  template: z.optional(z.union([z.string(), ConversationSchema, conversationOptions])),
  /** A `*.prompt.md` file, instead of `template`. */
  promptFile: z.optional(fileAddress),
  /** The column that names the records; `null` numbers the rows. */
  idColumn: z.optional(z.nullable(z.string())),
  /** Leaves out rows whose prompt would be blank; otherwise they are an error. */
  leaveOutBlank: z.optional(z.boolean()),
  /** The file to write, which must not be there yet. */
  output: z.optional(fileAddress),
});

/** The options of `bedrock.batch.convert`. */
export const convertOptions = z.extend(tableOptions, {
  modelId: z.optional(z.string()),
  invocationType: z.optional(invocationType),
  /** True shows the first records before any is written, and asks for what is not given. */
  confirm: z.optional(z.boolean()),
});

/** What `bedrock.batch.convert` returns. */
export interface Converted {
  /** Path of the dataset. */
  readonly output: string;
  readonly records: number;
  /** Rows without a prompt. */
  readonly leftOut: number;
  /** The model the prompt names. */
  readonly modelId?: string | undefined;
  /** What the records are written for, where that is known. */
  readonly invocationType?: InvocationType | undefined;
  /** The table and its id column, where there was one. */
  readonly table?: { readonly path: string; readonly idColumn?: string | undefined } | undefined;
}

/** The settings of a batch job, as `bedrock.batch.submit` takes them. */
export const submitSettings = z.object({
  modelId: z.optional(z.string()),
  inputS3Uri: z.optional(z.string()),
  outputS3Uri: z.optional(z.string()),
  roleArn: z.optional(z.string()),
  jobName: z.optional(z.string()),
  invocationType: z.optional(invocationType),
  timeoutHours: z.optional(z.number()),
  kmsKeyId: z.optional(z.string()),
  tags: z.optional(z.record(z.string(), z.string())),
});

/** The options of `bedrock.batch.submit`; those of a table say how its rows become records. */
export const submitOptions = z.extend(submitSettings, {
  ...tableOptions.shape,
  /** False opens no dialog: everything that is needed must be given. */
  confirm: z.optional(z.boolean()),
});

/** What `bedrock.batch.submit` returns; nothing where the person looks at problems first. */
export interface Submitted {
  readonly runId: string;
  readonly jobs: readonly { jobArn: string; jobName: string; records: number }[];
}

/** What `bedrock.batch.validate` returns. */
export interface Validation {
  readonly format: DatasetFormat;
  readonly records: number;
  readonly bytes: number;
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly byCode: DatasetCheck['byCode'];
}

/** What `bedrock.jobs.list` returns of a job. */
export type ListedJob = Job & { readonly runId?: string };

/** What `bedrock.results.download` returns. Counts are of records. */
export interface Downloaded {
  readonly folder: string;
  readonly files: readonly string[];
  readonly success: number;
  readonly errors: number;
  readonly missing: number;
}

/** What `bedrock.sample.open` returns. */
export interface MadeSample {
  readonly folder: string;
  readonly files: readonly string[];
}

const file = unlessNode(fileAddress);
const model = z.optional(modelReference);
const someModels = z.optional(z.array(modelReference));
/** With several lines selected a tree gives the one clicked and the list of all. */
const models = [
  z.optional(z.union([z.array(modelReference), modelReference])),
  someModels,
] as const;
const job = z.optional(jobReference);

/**
 * Every command: its arguments as they are checked before the handler sees them, and what it returns.
 * Arguments come from menus, key bindings and other extensions; an absent one is asked for.
 */
export const commandTable = {
  'bedrock.connection.select': gives<SelectedConnection>()(z.optional(connectionChoice)),
  'bedrock.connection.selectRegion': gives()(z.optional(z.string())),
  'bedrock.connection.test': gives<SelectedConnection>()(),
  /** True where somebody is signed in now. */
  'bedrock.connection.signIn': gives<boolean>()(),
  'bedrock.connection.setApiKey': gives()(),
  'bedrock.connection.removeApiKey': gives()(),
  'bedrock.sandbox.start': gives<StartedSandbox>()(
    z.optional(
      z.object({
        port: z.optional(z.number()),
        dataDir: z.optional(z.string()),
        speed: z.optional(z.number()),
      }),
    ),
  ),
  'bedrock.sandbox.stop': gives()(),
  'bedrock.sandbox.openFolder': gives()(),
  'bedrock.models.list': gives<readonly Model[]>()(
    z.optional(z.object({ refresh: z.optional(z.boolean()) })),
  ),
  'bedrock.models.refresh': gives<{ models: number; failed: readonly string[] }>()(),
  'bedrock.models.filter': gives<ModelFilter>()(unlessNode(filterSchema)),
  'bedrock.models.clearFilter': gives()(),
  'bedrock.models.groupBy': gives()(unlessNode(z.enum(groupings))),
  'bedrock.models.addFavorite': gives()(model),
  'bedrock.models.removeFavorite': gives()(model),
  'bedrock.models.details': gives()(model),
  'bedrock.models.openInPlayground': gives()(model),
  'bedrock.models.compare': gives()(...models),
  'bedrock.models.useForBatch': gives<Submitted | undefined>()(model),
  /** These return what is on the clipboard, or the address that was opened. */
  'bedrock.models.copyId': gives<string>()(...models),
  'bedrock.models.copyArn': gives<string>()(...models),
  'bedrock.models.copyProfileId': gives<string>()(model),
  'bedrock.models.openInConsole': gives<string>()(model),
  'bedrock.models.openAgreement': gives<string>()(model),
  'bedrock.playground.open': gives()(z.optional(openPlayground)),
  'bedrock.playground.compare': gives()(z.optional(fileOr(openPlayground))),
  'bedrock.playground.history': gives()(),
  'bedrock.playground.openPrompt': gives()(file),
  'bedrock.playground.runPrompt': gives()(file),
  'bedrock.batch.validate': gives<Validation>()(
    file,
    z.optional(
      z.object({ modelId: z.optional(z.string()), invocationType: z.optional(invocationType) }),
    ),
  ),
  'bedrock.batch.convert': gives<Converted>()(file, z.optional(convertOptions)),
  /** The conversation, or the prompt file, for each row of a table that is asked for. */
  'bedrock.batch.runOverTable': gives<Submitted | undefined>()(fileOr(ConversationSchema)),
  'bedrock.batch.addRecord': gives()(ConversationSchema),
  /** What a record of a run was made of: its line of the dataset, or the row of its table. */
  'bedrock.batch.openInput': gives<{ readonly path: string; readonly line: number }>()(
    runId,
    z.string(),
  ),
  /** A record by its line, from 1; without one the first. */
  'bedrock.batch.tryRecord': gives()(fileAddress, z.optional(z.number())),
  'bedrock.batch.submit': gives<Submitted | undefined>()(file, z.optional(submitOptions)),
  'bedrock.batch.resume': gives()(runId),
  'bedrock.batch.discard': gives()(runId),
  'bedrock.jobs.list': gives<readonly ListedJob[]>()(
    z.optional(z.object({ refresh: z.optional(z.boolean()) })),
  ),
  'bedrock.jobs.refresh': gives()(),
  'bedrock.jobs.stop': gives()(job),
  'bedrock.jobs.copyArn': gives()(jobReference),
  'bedrock.jobs.openInConsole': gives()(jobReference),
  'bedrock.jobs.remove': gives()(jobReference),
  'bedrock.results.download': gives<Downloaded>()(
    job,
    z.optional(z.object({ folder: z.optional(z.string()) })),
  ),
  'bedrock.results.open': gives()(z.optional(resultsSource)),
  'bedrock.sample.open': gives<MadeSample>()(
    /** A folder that is empty, or not there yet. */
    z.optional(z.object({ folder: z.optional(fileAddress) })),
  ),
  'bedrock.log.show': gives()(),
} as const;
