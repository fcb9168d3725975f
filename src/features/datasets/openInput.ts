import * as vscode from 'vscode';
import { AppError } from '../../core/errors.js';
import type { Services } from '../../services.js';

/**
 * `bedrock.batch.openInput`: the line that a record of a run comes from: of the table its dataset was
 * made of, else of the dataset.
 */
export async function openInput(
  { ledger }: Pick<Services, 'ledger'>,
  runId: string,
  recordId: string,
): Promise<{ readonly path: string; readonly line: number }> {
  const run = (await ledger.list()).find(({ id }) => id === runId);
  if (!run) {
    throw new AppError('notFound', vscode.l10n.t('There is no such run: {0}.', runId));
  }
  const { path: dataset, table, generatedIdPrefix } = run.dataset;
  const { findRecord, findRow } = await import('../../io/table/findInput.js');
  const path = table?.path ?? dataset;
  const isMade = generatedIdPrefix !== undefined && recordId.startsWith(generatedIdPrefix);
  const line = table
    ? await findRow(table, recordId)
    : isMade
      ? Number(recordId.slice(generatedIdPrefix.length))
      : await findRecord(dataset, recordId);
  if (line === undefined) {
    throw new AppError(
      'notFound',
      vscode.l10n.t('{0} has no record "{1}" any more.', path, recordId),
    );
  }
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(path), {
    selection: new vscode.Range(at, at),
  });
  return { path, line };
}
