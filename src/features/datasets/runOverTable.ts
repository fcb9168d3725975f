import * as vscode from 'vscode';
import type { Conversation } from '../../core/converse/types.js';
import { usedVariables } from '../../core/converse/variables.js';
import { isThere } from '../../node/files/atomicWrite.js';
import { run } from '../../platform/commands.js';
import { pickWorkspaceFile } from '../../platform/pickFile.js';
import { cancelled } from '../../platform/quickInput.js';
import { localPath } from '../../platform/localPath.js';
import { checkTemplate, recordsUri, tableToRecords } from './tableToRecords.js';

/** Makes a record of every row of a table, with the prompt as template, and goes on to the batch review. */
export async function runOverTable(
  conversation: Conversation,
  disabledRules: readonly string[],
): Promise<void> {
  checkTemplate(conversation, disabledRules);
  const table = await pickWorkspaceFile({
    title: vscode.l10n.t('Run over a Table'),
    placeholder: vscode.l10n.t(
      'A file with the columns {0}',
      usedVariables(conversation).join(', '),
    ),
    kind: vscode.l10n.t('Tables'),
    extensions: ['csv', 'tsv', 'jsonl', 'ndjson'],
  });
  localPath(table);
  const { uri, isReplacing } = await chooseOutput(table);
  await tableToRecords(conversation, { table, output: uri.fsPath, isReplacing, disabledRules });
  const { modelId } = conversation;
  await run('bedrock.batch.submit', uri, {
    ...(modelId !== '' && { modelId }),
    invocationType: 'Converse',
  });
}

interface Output {
  readonly uri: vscode.Uri;
  readonly isReplacing: boolean;
}

/** Beside the table; what is there already is replaced only if the person says so. */
async function chooseOutput(table: vscode.Uri): Promise<Output> {
  const first = recordsUri(table);
  if (!(await isThere(first.fsPath))) return { uri: first, isReplacing: false };
  const replace = vscode.l10n.t('Replace');
  const keepBoth = vscode.l10n.t('Keep Both');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} exists already.', vscode.workspace.asRelativePath(first)),
    { modal: true, detail: vscode.l10n.t('It holds the records of an earlier run.') },
    replace,
    keepBoth,
  );
  if (chosen === replace) return { uri: first, isReplacing: true };
  if (chosen !== keepBoth) throw cancelled();
  for (let number = 2; ; number++) {
    const uri = recordsUri(table, number);
    if (!(await isThere(uri.fsPath))) return { uri, isReplacing: false };
  }
}
