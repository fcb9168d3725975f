import * as vscode from 'vscode';
import { checkConversation } from '../../core/converse/checkConversation.js';
import type { Conversation } from '../../core/converse/types.js';
import { missingVariables, usedVariables } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { rowRecord, untilLastPrompt } from './exchangeRecord.js';
import { localPath } from '../../platform/localPath.js';

export interface TableToRecords {
  /** Ids of model rules that are switched off. */
  readonly disabledRules: readonly string[];
  readonly table: vscode.Uri;
  /** Absolute path. */
  readonly output: string;
  readonly isReplacing: boolean;
}

/**
 * Writes a record for every row of a table, with the conversation as template, and shows progress.
 * @throws AppError `invalidInput` for a wrong prompt or row, `conflict` where the output exists.
 */
export async function tableToRecords(
  conversation: Conversation,
  { table, output, isReplacing, disabledRules }: TableToRecords,
): Promise<{ readonly records: number }> {
  checkTemplate(conversation, disabledRules);
  const path = localPath(table);
  const { writeTableRecords } = await import('../../io/table/tableRecords.js');
  const title = vscode.l10n.t('Making records of {0}', vscode.workspace.asRelativePath(table));
  return withFileProgress(title, path, (work) =>
    writeTableRecords({
      ...work,
      path,
      output,
      isReplacing,
      columns: missingVariables(conversation),
      oneColumnOf: usedVariables(conversation),
      toRecord: (cells, recordId) => rowRecord(conversation, cells, recordId),
    }),
  );
}

/** @throws AppError `invalidInput` for a prompt without variables, or one that AWS would refuse. */
export function checkTemplate(conversation: Conversation, disabledRules: readonly string[]): void {
  if (usedVariables(conversation).length === 0) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t(
        'The prompt has no variables. Write the columns of the table into it as {0}.',
        '{{column}}',
      ),
    );
  }
  const problem = checkConversation(untilLastPrompt(conversation), disabledRules).find(
    ({ severity, where }) => severity === 'error' && where !== 'variables',
  );
  if (problem) throw new AppError('invalidInput', problem.message);
}

/** Beside the table; with a number for the second and later ones. */
export function recordsUri(table: vscode.Uri, number = 1): vscode.Uri {
  const stem = `${table.path.replace(/\.[^./]+$/, '')}.prompts`;
  return table.with({ path: number === 1 ? `${stem}.jsonl` : `${stem}-${number}.jsonl` });
}
