import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Conversation } from '../../core/converse/types.js';
import { AppError } from '../../core/errors.js';
import { toUri } from '../../platform/commands.js';
import { conversationOptions, conversationsOf } from '../../core/converse/openOptions.js';
import { recordsUri, tableToRecords } from './tableToRecords.js';

const convertOptions = z.object({
  modelId: z.string(),
  /** A prompt, or a system text, messages and parameters as `bedrock.playground.open` takes them. */
  template: z.union([z.string(), conversationOptions]),
  invocationType: z.optional(z.enum(['InvokeModel', 'Converse'])),
  output: z.optional(z.string()),
});

/** `bedrock.batch.convert`: records of a table for a batch job. Never replaces a file. */
export async function convertCommand(
  args: readonly unknown[],
  disabledRules: readonly string[],
): Promise<{ readonly output: string; readonly records: number }> {
  const { modelId, template, invocationType, output } = z.parse(convertOptions, args[1] ?? {});
  const table = toUri(args[0]);
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
  const target = toUri(output) ?? recordsUri(table);
  const to = { table, output: target.fsPath, isReplacing: false, disabledRules };
  const { records } = await tableToRecords(conversation, to);
  return { output: target.fsPath, records };
}
