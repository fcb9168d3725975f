import * as l10n from '@vscode/l10n';
import type { Connection } from '../connection.js';
import { AppError } from '../errors.js';
import {
  checkJobName,
  checkRoleArn,
  checkS3Uri,
  checkTagKey,
  checkTagValue,
  checkTimeoutHours,
  parseS3Uri,
  toKeySegment,
} from './names.js';
import type { Run, RunRequest, RunShard, SourceTable } from './run.js';
import type { DatasetCheck, Problem, ProblemCode } from './types.js';

/** What of a request is not in order yet, a message each; empty where it can be submitted. */
export type RequestProblems = Partial<Record<keyof RunRequest, string>>;

/** Checks every setting of a request against AWS's constraints before anything is uploaded. */
export function checkRequest(request: RunRequest): RequestProblems {
  const problems: RequestProblems = {};
  const add = (field: keyof RunRequest, message: string | undefined) => {
    if (message !== undefined) problems[field] = message;
  };
  if (request.modelId.trim() === '') add('modelId', l10n.t('Choose a model.'));
  else if (request.modelId.includes(':provisioned-model/')) {
    add(
      'modelId',
      l10n.t('Batch inference does not run on provisioned throughput. Choose another model.'),
    );
  }
  add('jobName', checkJobName(request.jobName));
  // The input's location follows the output's where nothing else is said: the output comes first.
  add('outputS3Uri', absent(request, 'outputS3Uri') ?? checkS3Uri(request.outputS3Uri));
  add('inputS3Uri', absent(request, 'inputS3Uri') ?? checkS3Uri(request.inputS3Uri));
  add('roleArn', absent(request, 'roleArn') ?? checkRoleArn(request.roleArn));
  if (request.timeoutHours !== undefined) {
    add('timeoutHours', checkTimeoutHours(request.timeoutHours));
  }
  for (const [key, value] of Object.entries(request.tags ?? {})) {
    add('tags', checkTagKey(key) ?? checkTagValue(value));
  }
  return problems;
}

/** What to do about a required setting that has no value yet. */
function absent(
  request: RunRequest,
  field: 'inputS3Uri' | 'outputS3Uri' | 'roleArn',
): string | undefined {
  if (request[field].trim() !== '') return undefined;
  if (field === 'roleArn') {
    return l10n.t('Choose the role that Bedrock assumes to read and write your bucket.');
  }
  return field === 'inputS3Uri'
    ? l10n.t('Choose where the file is uploaded to: s3://bucket/prefix/.')
    : l10n.t('Choose where Bedrock writes the results: s3://bucket/prefix/.');
}

/** Problems that fail single records; all other errors make AWS refuse the whole job. */
const ofOneRecord: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'wrongBody',
  'modelRule',
  'wrongInvocationType',
  'modelIdInInput',
  'unsupportedInBatch',
]);

/** What follows from another problem: a file of one line has too few records, but that is not its fault. */
const consequences: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['tooFewRecords']);

/** How a check bears on a submission. */
export interface Verdict {
  /** The problem that makes a submission pointless, the cause before what follows from it. */
  readonly blocking?: Problem;
  /** Records that AWS will answer with an error. */
  readonly failingRecords: number;
}

/** Whether a checked dataset can be submitted. A file in which every record would fail cannot. */
export function judge({ problems, records, failingRecords }: DatasetCheck): Verdict {
  const errors = problems.filter((found) => found.severity === 'error');
  const ofTheFile = errors.filter(({ code }) => !ofOneRecord.has(code));
  const blocking =
    ofTheFile.find(({ code }) => !consequences.has(code)) ??
    ofTheFile[0] ??
    (failingRecords >= records ? errors[0] : undefined);
  return { failingRecords, ...(blocking ? { blocking } : {}) };
}

export interface NewRun {
  readonly id: string;
  readonly now: Date;
  readonly connection: Connection;
  readonly datasetPath: string;
  /** Where the dataset was made of a table. */
  readonly table?: SourceTable | undefined;
  readonly check: DatasetCheck;
  readonly request: RunRequest;
}

/**
 * The ledger entry of a new submission: its shards, where each goes and its request token. Every run
 * has a folder of its own below the input prefix: Bedrock reads all files of a shared one.
 */
export function createRun(options: NewRun): Run {
  const { id, now, connection, datasetPath, table, check, request } = options;
  const input = parseS3Uri(request.inputS3Uri);
  if (!input) throw new AppError('invalidInput', checkS3Uri(request.inputS3Uri) ?? '');
  const prefix = input.key === '' ? '' : `${input.key.replace(/\/$/, '')}/`;
  const count = check.shards.length;
  const name = toKeySegment(
    (datasetPath.split(/[\\/]/).at(-1) ?? 'records').replace(/\.[^.]*$/, ''),
  );
  const shards = check.shards.map((shard): RunShard => {
    const part = count === 1 ? '' : `-${String(shard.index + 1).padStart(3, '0')}`;
    return {
      shard,
      bucket: input.bucket,
      key: `${prefix}${id}/${name}${part}.jsonl`,
      jobName: `${request.jobName.slice(0, 63 - part.length)}${part}`,
      token: `${id}${part}`,
      state: 'planned',
    };
  });
  return {
    version: 1,
    id,
    createdAt: now.toISOString(),
    connection,
    dataset: {
      path: datasetPath,
      records: check.records,
      bytes: check.bytes,
      rewrite: check.rewrite,
      ...(check.generatedIdPrefix === undefined
        ? {}
        : { generatedIdPrefix: check.generatedIdPrefix }),
      fingerprint: check.fingerprint,
      ...(table && { table }),
    },
    request,
    shards,
    state: 'submitting',
  };
}
