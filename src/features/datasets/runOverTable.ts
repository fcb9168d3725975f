import * as vscode from 'vscode';
import type { Conversation } from '../../core/converse/types.js';
import { run } from '../../platform/commands.js';
import type { Submitted } from '../../platform/commandTable.js';
import { pickTable } from '../../resources/datasets/pickTable.js';
import { givenTemplate } from './template.js';

/**
 * `bedrock.batch.runOverTable`: the rows of a table put into a prompt, a conversation or a prompt file,
 * and on to the review of the batch job. Returns what `bedrock.batch.submit` does.
 */
export async function runOverTable(
  prompt: vscode.Uri | Conversation,
  disabledRules: readonly string[],
): Promise<Submitted | undefined> {
  const given = prompt instanceof vscode.Uri ? { promptFile: prompt } : { template: prompt };
  // Read now: what is wrong with the prompt is said before a table is asked for.
  const template = await givenTemplate(given, '', disabledRules);
  const table = await pickTable(template?.records.names);
  return run('bedrock.batch.submit', table, given);
}
