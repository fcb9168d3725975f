import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { ConversationSchema } from '../../core/converse/conversationSchema.js';
import { run, toUri } from '../../platform/commands.js';
import { pickTable } from '../../resources/datasets/pickTable.js';
import { fileTemplate, givenTemplate } from './template.js';

/**
 * `bedrock.batch.runOverTable`: the rows of a table put into a prompt, a conversation or a prompt file,
 * and on to the review of the batch job. Returns what `bedrock.batch.submit` does.
 */
export async function runOverTable(
  prompt: unknown,
  disabledRules: readonly string[],
): Promise<unknown> {
  const uri =
    prompt instanceof vscode.Uri || typeof prompt === 'string' ? toUri(prompt) : undefined;
  const given = uri ? { promptFile: uri } : { template: z.parse(ConversationSchema, prompt) };
  // Read now: what is wrong with the prompt is said before a table is asked for.
  const template = uri
    ? await fileTemplate(uri, disabledRules)
    : await givenTemplate(given, '', disabledRules);
  const table = await pickTable(template?.records.names);
  return run('bedrock.batch.submit', table, given);
}
