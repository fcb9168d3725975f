import * as vscode from 'vscode';
import type { Conversation } from '../../core/converse/types.js';
import { AppError } from '../../core/errors.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { pickWorkspaceFile } from '../../platform/pickFile.js';
import { exchangeRecord } from './exchangeRecord.js';
import { localPath } from '../../platform/localPath.js';

/** Appends the conversation as a record to a JSONL file, a new or an existing one. */
export async function addToDataset(conversation: Conversation): Promise<void> {
  const uri = await pickWorkspaceFile({
    title: vscode.l10n.t('Add to Dataset'),
    placeholder: vscode.l10n.t('A JSONL file of Converse records'),
    kind: 'JSONL',
    extensions: ['jsonl', 'ndjson'],
    newName: 'dataset.jsonl',
  });
  const path = localPath(uri);
  const toRecord = (recordId: string) => exchangeRecord(conversation, recordId);
  const { appendRecord } = await import('../../io/dataset/appendRecord.js');
  const name = vscode.workspace.asRelativePath(uri);
  const unsaved = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  if (unsaved) await appendToEditor(unsaved, toRecord);
  else {
    await withFileProgress(vscode.l10n.t('Adding to {0}', name), path, (work) =>
      appendRecord(path, { ...work, toRecord }),
    );
  }
  const open = vscode.l10n.t('Open');
  const message = unsaved
    ? vscode.l10n.t('Added to {0}, which has changes that are not saved.', name)
    : vscode.l10n.t('Added to {0}.', name);
  // Not awaited: the menu is done, whether or not anybody looks.
  void vscode.window.showInformationMessage(message, open).then((chosen) => {
    if (chosen === open) void vscode.window.showTextDocument(uri);
  });
}

/** Into the editor's text, as typed there: the file on disk is older than what the person sees. */
async function appendToEditor(
  document: vscode.TextDocument,
  toRecord: (recordId: string) => string,
): Promise<void> {
  const { nextRecordId } = await import('../../io/dataset/appendRecord.js');
  const text = document.getText();
  const recordId = await nextRecordId([{ text, line: 1 }]);
  const start = text === '' || text.endsWith('\n') ? '' : '\n';
  const edit = new vscode.WorkspaceEdit();
  const end = document.positionAt(text.length);
  edit.insert(document.uri, end, `${start}${toRecord(recordId)}\n`);
  if (await vscode.workspace.applyEdit(edit)) return;
  throw new AppError(
    'conflict',
    vscode.l10n.t('{0} could not be edited. Save it and try again.', document.fileName),
  );
}
