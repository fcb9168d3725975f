import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type * as z from 'zod/mini';
import type { Conversation } from '../../core/converse/types.js';
import { AppError } from '../../core/errors.js';
import type { convertOptions } from '../../platform/commandTable.js';
import { conversationsOf } from '../../core/converse/openOptions.js';
import { recordsUri, tableToRecords } from './tableToRecords.js';

type ConvertOptions = z.infer<typeof convertOptions>;

/** `bedrock.batch.convert`: records of a table for a batch job. Never replaces a file. */
export async function convertCommand(
  table: vscode.Uri | undefined,
  { modelId, template, invocationType, output }: ConvertOptions,
  disabledRules: readonly string[],
): Promise<{ readonly output: string; readonly records: number }> {
  if (!table) {
    throw new AppError('invalidInput', vscode.l10n.t('No table was given. Give its address.'));
  }
  if (invocationType === 'InvokeModel') {
    throw new AppError(
      'unsupported',
      vscode.l10n.t('A template makes Converse records. Leave out "InvokeModel".'),
    );
  }
  const parts =
    typeof template === 'string'
      ? { messages: [{ role: 'user' as const, content: template }] }
      : template;
  const [conversation] = conversationsOf(parts, [modelId], randomUUID) as [Conversation];
  const target = output ?? recordsUri(table);
  const to = { table, output: target.fsPath, isReplacing: false, disabledRules };
  const { records } = await tableToRecords(conversation, to);
  return { output: target.fsPath, records };
}
