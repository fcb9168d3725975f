import * as vscode from 'vscode';
import type { BatchStorage } from '../../core/batch/ports.js';
import {
  checkJobName,
  checkRoleArn,
  checkS3Uri,
  checkTagKey,
  checkTagValue,
  checkTimeoutHours,
} from '../../core/batch/names.js';
import type { RunRequest } from '../../core/batch/run.js';
import type { InvocationType } from '../../core/batch/types.js';
import { invocationId, isPastEndOfLife, type Model } from '../../core/models/model.js';
import type { Services } from '../../services.js';
import { inputBeside } from './submitOptions.js';
import { askText, pick, separator, type Choice } from '../../platform/quickInput.js';

/** The settings of a request that the review can edit. */
export type Editable = Exclude<keyof RunRequest, never>;

type Needs = Pick<Services, 'session' | 'models'>;

/** Asks for a new value of one setting and returns the changed request. */
export async function editSetting(
  services: Needs,
  request: RunRequest,
  field: Editable,
): Promise<RunRequest> {
  switch (field) {
    case 'modelId':
      return { ...request, modelId: await askModel(services, request.modelId) };
    case 'invocationType':
      return { ...request, invocationType: await askInvocationType(request.invocationType) };
    case 'jobName':
      return { ...request, jobName: await askJobName(request.jobName) };
    case 'inputS3Uri':
      return { ...request, inputS3Uri: await askS3Uri(services, field, request.inputS3Uri) };
    case 'outputS3Uri': {
      const outputS3Uri = await askS3Uri(services, field, request.outputS3Uri);
      return {
        ...request,
        outputS3Uri,
        inputS3Uri: request.inputS3Uri || inputBeside(outputS3Uri),
      };
    }
    case 'roleArn':
      return { ...request, roleArn: await askRole(services, request.roleArn) };
    case 'timeoutHours':
      return { ...request, timeoutHours: await askTimeout(request.timeoutHours) };
    case 'kmsKeyId':
      return withOptional(request, 'kmsKeyId', await askKey(request.kmsKeyId));
    case 'tags':
      return withOptional(request, 'tags', await askTags(request.tags));
  }
}

/** An absent field goes, rather than being undefined, so that it is not sent. */
function withOptional<K extends 'kmsKeyId' | 'tags'>(
  request: RunRequest,
  field: K,
  value: RunRequest[K] | undefined,
): RunRequest {
  const rest = Object.fromEntries(
    Object.entries(request).filter(([name]) => name !== field),
  ) as Omit<RunRequest, K>;
  return (value === undefined ? rest : { ...rest, [field]: value }) as RunRequest;
}

/** The models as choices: those known to take batch jobs first, retired ones last. */
export function modelChoices(
  models: readonly Model[],
  region: string,
  now: Date,
): (Choice<string> | vscode.QuickPickItem)[] {
  const choices = models.flatMap((model) => {
    const id = invocationId(model, region);
    return id === undefined ? [] : [{ model, id }];
  });
  const isRetired = ({ model }: { model: Model }) => isPastEndOfLife(model, now);
  const groups = [
    {
      title: vscode.l10n.t('Batch inference'),
      members: choices.filter((entry) => entry.model.batch === 'yes' && !isRetired(entry)),
    },
    {
      title: vscode.l10n.t('Not known to take batch jobs'),
      members: choices.filter((entry) => entry.model.batch !== 'yes' && !isRetired(entry)),
    },
    { title: vscode.l10n.t('Past end of life'), members: choices.filter(isRetired) },
  ];
  return groups
    .filter(({ members }) => members.length > 0)
    .flatMap(({ title, members }) => [
      separator(title),
      ...members.map(({ model, id }) => ({
        label: model.name,
        description: model.provider,
        detail: id,
        value: id,
      })),
    ]);
}

/** Listing is never required: who may not list models types an id. */
async function askModel(services: Needs, current: string): Promise<string> {
  const { connection } = await services.session.aws();
  const { catalogue } = await services.models.fresh(connection);
  const problem = catalogue.errors.models;
  return pick<string>({
    title: vscode.l10n.t('Model'),
    placeholder: problem
      ? vscode.l10n.t('Enter a model id, profile id or ARN. {0}', problem.message)
      : vscode.l10n.t('A model, or any model id, profile id or ARN'),
    items: modelChoices(catalogue.models, connection.region, new Date()),
    isCurrent: (id) => id === current,
    leadsBack: true,
    free: (typed) =>
      /[.:/]/.test(typed) ? { label: typed.trim(), value: typed.trim() } : undefined,
  });
}

function askInvocationType(current: InvocationType): Promise<InvocationType> {
  return pick<InvocationType>({
    title: vscode.l10n.t('Invocation Type'),
    isCurrent: (type) => type === current,
    leadsBack: true,
    items: [
      {
        label: 'InvokeModel',
        description: vscode.l10n.t('records hold the provider’s own request body'),
        value: 'InvokeModel',
      },
      {
        label: 'Converse',
        description: vscode.l10n.t('records hold Converse requests'),
        value: 'Converse',
      },
    ],
  });
}

function askJobName(current: string): Promise<string> {
  return askText({
    title: vscode.l10n.t('Job Name'),
    value: current,
    validate: checkJobName,
    leadsBack: true,
  });
}

/** Bucket and prefix by type-ahead. Buckets that may not be listed can still be typed. */
async function askS3Uri(
  services: Needs,
  field: 'inputS3Uri' | 'outputS3Uri',
  current: string,
): Promise<string> {
  const { storage } = await services.session.aws();
  return pick<string>({
    title:
      field === 'inputS3Uri'
        ? vscode.l10n.t('Input Location in S3')
        : vscode.l10n.t('Output Location in S3'),
    placeholder: vscode.l10n.t('s3://bucket/prefix/'),
    items: current ? [{ label: current, value: current }] : [],
    isCurrent: (value) => value === current,
    leadsBack: true,
    free: (typed) => {
      const uri = typed.startsWith('s3://') ? typed : `s3://${typed}`;
      const problem = checkS3Uri(uri);
      return {
        label: uri,
        value: uri,
        ...(problem ? { description: `$(error) ${problem}` } : {}),
      };
    },
    suggest: (typed, signal) => suggestLocations(storage, typed, signal),
  });
}

async function suggestLocations(
  storage: BatchStorage,
  typed: string,
  signal: AbortSignal,
): Promise<Choice<string>[]> {
  const match = /^s3:\/\/([^/]+)\/(.*)$/.exec(typed);
  const uris = match
    ? (await storage.browse(match[1] ?? '', match[2] ?? '', signal)).map(
        (prefix) => `s3://${match[1] ?? ''}/${prefix}`,
      )
    : (await storage.buckets(signal)).map((bucket) => `s3://${bucket}/`);
  return uris.map((uri) => ({ label: uri, value: uri }));
}

/** The roles Bedrock may assume, where they may be listed; any ARN may be typed. */
async function askRole(services: Needs, current: string): Promise<string> {
  const aws = await services.session.aws();
  return pick<string>({
    title: vscode.l10n.t('Service Role'),
    placeholder: vscode.l10n.t('The role that Bedrock assumes to read and write your bucket'),
    items: current ? [{ label: current, value: current }] : [],
    isCurrent: (value) => value === current,
    leadsBack: true,
    free: (typed) => {
      const problem = checkRoleArn(typed.trim());
      return {
        label: typed.trim(),
        value: typed.trim(),
        ...(problem ? { description: `$(error) ${problem}` } : {}),
      };
    },
    suggest: async (typed, signal) =>
      typed.startsWith('arn:')
        ? []
        : (await aws.bedrockRoles(signal)).map((arn) => ({ label: arn, value: arn })),
  });
}

async function askTimeout(current: number | undefined): Promise<number> {
  const text = await askText({
    title: vscode.l10n.t('Timeout in Hours'),
    prompt: vscode.l10n.t('24 to 168. A job that has not begun by then expires.'),
    leadsBack: true,
    value: String(current ?? 24),
    validate: (value) => checkTimeoutHours(Number(value)),
  });
  return Number(text);
}

async function askKey(current: string | undefined): Promise<string | undefined> {
  const text = await askText({
    title: vscode.l10n.t('Encryption Key'),
    prompt: vscode.l10n.t('A KMS key id or ARN for the objects in S3. Empty for the default.'),
    leadsBack: true,
    value: current ?? '',
  });
  return text.trim() === '' ? undefined : text.trim();
}

async function askTags(current: RunRequest['tags']): Promise<Record<string, string> | undefined> {
  const shown = Object.entries(current ?? {}).map(([key, value]) => `${key}=${value}`);
  const text = await askText({
    title: vscode.l10n.t('Tags'),
    prompt: vscode.l10n.t('key=value pairs, separated by commas. Empty for none.'),
    leadsBack: true,
    value: shown.join(', '),
    validate: (value) => {
      for (const [key, tagValue] of parseTags(value)) {
        const problem = checkTagKey(key) ?? checkTagValue(tagValue);
        if (problem) return problem;
      }
      return undefined;
    },
  });
  const tags = parseTags(text);
  return tags.length === 0 ? undefined : Object.fromEntries(tags);
}

/** `a=1, b=2` as pairs; a part without `=` has an empty value. */
export function parseTags(text: string): [string, string][] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
}
