import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { baseModelId, familyOf } from '../../core/models/families.js';
import { detectBody } from '../../core/models/bodies/registry.js';
import { invocationId, isPastEndOfLife, type Model } from '../../core/models/model.js';
import type { DatasetCheck, InvocationType } from '../../core/batch/types.js';
import { AppError } from '../../core/errors.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import type { Services } from '../../services.js';

export interface CheckTarget {
  readonly modelId?: string;
  readonly invocationType?: InvocationType;
}

/** The path of a dataset that is a file on this machine. */
export function datasetPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Only files on disk can be submitted. Save {0} to a folder first.', uri.path),
  );
}

/** Reads the whole file and checks every record, with progress that can be cancelled. */
export async function checkFile(
  services: Pick<Services, 'distFile'>,
  uri: vscode.Uri,
  target: CheckTarget,
): Promise<DatasetCheck> {
  const path = datasetPath(uri);
  const { checkDataset } = await import('../../io/dataset/checkDataset.js');
  const { setDatasetWorker } = await import('../../io/dataset/workerPool.js');
  setDatasetWorker(pathToFileURL(services.distFile('worker.js')));
  return withFileProgress(
    vscode.l10n.t('Checking {0}', vscode.workspace.asRelativePath(uri)),
    path,
    (work) => checkDataset(path, { ...target, ...work }),
  );
}

/** A model that the first record is written for, among those of the connection. */
export function suggestModel(
  firstInput: unknown,
  models: readonly Model[],
  region: string,
  now: Date,
): string | undefined {
  const form = detectBody(firstInput);
  if (form === undefined) return undefined;
  const fits = models.filter((model) => {
    const family = familyOf(model.id);
    return (
      model.batch === 'yes' &&
      !isPastEndOfLife(model, now) &&
      model.lifecycle.status === 'ACTIVE' &&
      (form === 'converse' ? model.output.includes('TEXT') : family === form)
    );
  });
  const model = fits.find((candidate) => /haiku|lite|mini|small/.test(baseModelId(candidate.id)));
  const chosen = model ?? fits[0];
  return chosen ? invocationId(chosen, region) : undefined;
}
