import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  estimateCost,
  type CostEstimate,
  type DatasetSample,
} from '../../core/batch/estimateCost.js';
import { checkRequest, createRun, judge } from '../../core/batch/createRun.js';
import type { RunRequest } from '../../core/batch/run.js';
import type { DatasetCheck } from '../../core/batch/types.js';
import type { Connection } from '../../core/connection.js';
import { AppError, isCancelled } from '../../core/errors.js';
import type { ModelCatalogue } from '../../core/models/modelCatalogue.js';
import { factsOf, modelBehind, nameWithId } from '../../core/models/modelFacts.js';
import { suggestModel } from '../../core/models/suggestModel.js';
import type { Submitted } from '../../platform/commandTable.js';
import { runForPerson } from '../../platform/commands.js';
import { localPath } from '../../platform/localPath.js';
import { chosenConnection } from '../../resources/chosenConnection.js';
import type { Services } from '../../services.js';
import { editSetting } from './editSetting.js';
import { atLine, review } from './review.js';
import { sourceOf } from './sourceTable.js';
import { startSubmission } from './submission.js';
import {
  draftRequest,
  forgetEdits,
  keepEdit,
  recallEdits,
  remember,
  type SubmitArguments,
  type SubmitOptions,
} from './submitOptions.js';

export type SubmitNeeds = Pick<
  Services,
  | 'context'
  | 'config'
  | 'session'
  | 'sandbox'
  | 'ledger'
  | 'tracker'
  | 'log'
  | 'datasets'
  | 'models'
>;

/**
 * `bedrock.batch.submit`: check, review, ledger, upload, create. With `confirm: false` and every
 * required option given no dialog opens.
 */
export async function submitCommand(
  services: SubmitNeeds,
  chosen: vscode.Uri | undefined,
  asked: SubmitArguments,
): Promise<Submitted | undefined> {
  const isUnattended = asked.confirm === false;
  const given = chosen ?? (await services.datasets.pick());
  localPath(given);
  const connection = await connectionFor(services, isUnattended);
  const { uri, options, table } = await sourceOf(services, given, asked);
  const edits = isUnattended ? {} : recallEdits(services, { uri, connection });
  // Jobs are called after what the person pointed at.
  const datasetName = fileName(given);
  const about = { uri, connection, datasetName };
  const draft = await draftSubmission(services, about, { ...edits, ...options });
  const decided = isUnattended
    ? unattended(draft)
    : await reviewUntilSubmitted(services, { ...about, ...draft });
  if (!decided) return undefined;
  const run = createRun({
    id: randomUUID(),
    now: new Date(),
    connection,
    datasetPath: localPath(uri),
    table,
    check: decided.check,
    request: decided.request,
  });
  const submitted = await startSubmission(services, run);
  // What a script passes must not become what a person finds in the next review.
  if (!isUnattended) {
    await remember(services, connection, decided.request);
    await forgetEdits(services);
  }
  return {
    runId: submitted.id,
    jobs: submitted.shards.map((part) => ({
      jobArn: part.jobArn ?? '',
      jobName: part.jobName,
      records: part.shard.records,
    })),
  };
}

/** The connection in use; asks for one where none is chosen yet and a person is there to ask. */
async function connectionFor(services: SubmitNeeds, isUnattended: boolean): Promise<Connection> {
  const { session } = services;
  const connection = await (isUnattended ? session.require() : chosenConnection(session));
  if (connection.kind === 'apiKey') throw apiKeyAlone();
  return connection;
}

function apiKeyAlone(): AppError {
  return new AppError(
    'credentials',
    vscode.l10n.t(
      'A Bedrock API key works for Bedrock only. A batch job reads and writes Amazon S3, which needs AWS credentials: choose a profile.',
    ),
    { action: 'pickConnection' },
  );
}

interface About {
  readonly uri: vscode.Uri;
  readonly connection: Connection;
  /** What the person chose: the dataset, or the table it was made of. */
  readonly datasetName: string;
}

function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

interface Draft {
  readonly check: DatasetCheck;
  readonly request: RunRequest;
  readonly sample?: DatasetSample | undefined;
}

/** The settings to begin with, and the check of the file under them: the file is read once. */
async function draftSubmission(
  services: SubmitNeeds,
  { uri, connection, datasetName }: About,
  options: SubmitOptions,
): Promise<Draft> {
  const { invocationType, firstInput, sample } = await services.datasets.describe(uri);
  const request = await draftRequest(services, {
    connection,
    datasetName,
    options,
    invocationType,
    suggestModel: () => suggest(services, connection, firstInput),
    now: new Date(),
  });
  return { check: await checkFor(services, { uri, connection }, request), request, sample };
}

/** The check under the rules of the model that answers, also behind an application profile. */
async function checkFor(
  { models, datasets }: SubmitNeeds,
  { uri, connection }: Pick<About, 'uri' | 'connection'>,
  { modelId, invocationType }: RunRequest,
): Promise<DatasetCheck> {
  const { catalogue } = await models.fresh(connection);
  return datasets.check(uri, { modelId: modelBehind(modelId, catalogue), invocationType });
}

/** A fitting model of the list; without the right to list models the person types one. */
async function suggest(
  services: SubmitNeeds,
  connection: Connection,
  firstInput: unknown,
): Promise<string | undefined> {
  const { catalogue } = await services.models.fresh(connection);
  if (catalogue.errors.models) {
    services.log.warn('no model could be suggested', { error: catalogue.errors.models });
  }
  return suggestModel(firstInput, catalogue.models, connection.region, new Date());
}

/** Without a dialog: everything must be in order. */
function unattended(draft: Draft): Draft {
  const { blocking } = judge(draft.check);
  if (blocking) throw new AppError('invalidInput', atLine(blocking.line, blocking.message));
  const wrong = Object.entries(checkRequest(draft.request))[0];
  if (wrong) throw new AppError('invalidInput', `${wrong[0]}: ${wrong[1]}`);
  return draft;
}

interface Reviewing extends Draft, About {}

/** Goes round review and edit until the person submits; undefined where problems or prices are shown. */
async function reviewUntilSubmitted(
  services: SubmitNeeds,
  start: Reviewing,
): Promise<Draft | undefined> {
  let { check, request } = start;
  const { datasetName } = start;
  for (;;) {
    const isBilled = start.connection.kind !== 'sandbox';
    const { catalogue } = await services.models.fresh(start.connection);
    const cost = isBilled && costOf(services, { ...start, check, request }, catalogue);
    const decision = await review({
      ...{ datasetName, check, request, isBilled },
      modelName: nameWithId(request.modelId, catalogue),
      ...(cost && { cost }),
    });
    if (decision.kind === 'submit') return { check, request };
    if (decision.kind === 'showProblems') {
      await services.datasets.showProblems(start.uri, check);
      return undefined;
    }
    if (decision.kind === 'showPrices') {
      await vscode.commands.executeCommand(
        'workbench.action.openSettings',
        'bedrock.models.prices',
      );
      return undefined;
    }
    if (decision.kind === 'tryRecord') {
      await runForPerson('bedrock.batch.tryRecord', start.uri, decision.line);
      return undefined;
    }
    const { field } = decision;
    request = await editOrKeep(services, request, field);
    // Kept for the next review of this file, whatever becomes of this one.
    await keepEdit(services, start, field, request);
    if (field === 'modelId' || field === 'invocationType') {
      check = await checkFor(services, start, request);
    }
  }
}

/** What the job may cost; an application profile has the price of the model behind it. */
function costOf(
  { config }: SubmitNeeds,
  { check, request, sample }: Reviewing,
  catalogue: ModelCatalogue,
): CostEstimate | undefined {
  if (!sample) return undefined;
  const { rates } = factsOf(request.modelId, catalogue, config.get('bedrock.models.prices'));
  return estimateCost(sample, check, rates);
}

/** Leaving an edit leads back to the review, with the old value. */
async function editOrKeep(
  services: SubmitNeeds,
  request: RunRequest,
  field: keyof RunRequest,
): Promise<RunRequest> {
  try {
    return await editSetting(services, request, field);
  } catch (error) {
    if (isCancelled(error)) return request;
    throw error;
  }
}
