import * as vscode from 'vscode';
import { checkConversation } from '../../core/converse/checkConversation.js';
import type { Conversation } from '../../core/converse/types.js';
import { missingVariables, usedVariables } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import { run } from '../../platform/commands.js';
import { isThere } from '../../io/atomicWrite.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { pickWorkspaceFile } from '../../platform/pickFile.js';
import { cancelled } from '../../platform/quickInput.js';
import { rowRecord, untilLastPrompt } from './exchangeRecord.js';
import { localPath } from './files.js';

/** Makes a record of every row of a table, with the prompt as template, and goes on to the batch review. */
export async function runOverTable(conversation: Conversation): Promise<void> {
  const names = usedVariables(conversation);
  checkTemplate(conversation, names);
  const table = await pickWorkspaceFile({
    title: vscode.l10n.t('Run over a Table'),
    placeholder: vscode.l10n.t('A file with the columns {0}', names.join(', ')),
    kind: vscode.l10n.t('Tables'),
    extensions: ['csv', 'tsv', 'jsonl', 'ndjson'],
  });
  const path = localPath(table);
  const { uri, isReplacing } = await chooseOutput(table);
  const { writeTableRecords } = await import('../../io/dataset/tableRecords.js');
  await withFileProgress(
    vscode.l10n.t('Making records of {0}', vscode.workspace.asRelativePath(table)),
    path,
    (work) =>
      writeTableRecords({
        ...work,
        path,
        output: uri.fsPath,
        isReplacing,
        columns: missingVariables(conversation),
        oneColumnOf: names,
        toRecord: (cells, recordId) => rowRecord(conversation, cells, recordId),
      }),
  );
  const { modelId } = conversation;
  await run('bedrock.batch.submit', uri, {
    ...(modelId !== '' && { modelId }),
    invocationType: 'Converse',
  });
}

/** @throws AppError `invalidInput` for a prompt without variables, or one that AWS would refuse. */
function checkTemplate(conversation: Conversation, names: readonly string[]): void {
  if (names.length === 0) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t(
        'The prompt has no variables. Write the columns of the table into it as {0}.',
        '{{column}}',
      ),
    );
  }
  const problem = checkConversation(untilLastPrompt(conversation)).find(
    ({ severity, where }) => severity === 'error' && where !== 'variables',
  );
  if (problem) throw new AppError('invalidInput', problem.message);
}

interface Output {
  readonly uri: vscode.Uri;
  readonly isReplacing: boolean;
}

/** Beside the table; what is there already is replaced only if the person says so. */
async function chooseOutput(table: vscode.Uri): Promise<Output> {
  const stem = `${table.path.replace(/\.[^./]+$/, '')}.prompts`;
  const first = table.with({ path: `${stem}.jsonl` });
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
    const uri = table.with({ path: `${stem}-${number}.jsonl` });
    if (!(await isThere(uri.fsPath))) return { uri, isReplacing: false };
  }
}
