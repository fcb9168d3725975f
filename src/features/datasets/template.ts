import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type * as z from 'zod/mini';
import { checkConversation } from '../../core/converse/checkConversation.js';
import { conversationsOf } from '../../core/converse/openOptions.js';
import type { Conversation } from '../../core/converse/types.js';
import { AppError } from '../../core/errors.js';
import { RecordTemplate, untilLastPrompt } from '../../core/table/recordTemplate.js';
import type { tableOptions } from '../../platform/commandTable.js';
import { promptName, readPrompt } from '../../resources/prompts/readPrompt.js';

/** A prompt for the rows of a table. */
export interface Template {
  /** The file's, or how the prompt begins. */
  readonly name: string;
  readonly modelId: string;
  readonly records: RecordTemplate;
}

type Given = Pick<z.infer<typeof tableOptions>, 'template' | 'promptFile'>;

/** The template that a caller gave; undefined where there is none. */
export async function givenTemplate(
  { template, promptFile }: Given,
  modelId: string,
  disabledRules: readonly string[],
): Promise<Template | undefined> {
  if (promptFile) return fileTemplate(promptFile, disabledRules);
  if (template === undefined) return undefined;
  if (typeof template === 'string') return textTemplate(template, modelId, disabledRules);
  if ('turns' in template) return templateOf(template, disabledRules);
  const [conversation] = conversationsOf(template, [modelId], randomUUID) as [Conversation];
  return templateOf(conversation, disabledRules);
}

/** The template of a `*.prompt.md` file. */
export async function fileTemplate(
  uri: vscode.Uri,
  disabledRules: readonly string[],
): Promise<Template> {
  const { conversation } = await readPrompt(uri);
  return { ...templateOf(conversation, disabledRules), name: promptName(uri) };
}

/** A template of a prompt alone. */
export function textTemplate(
  prompt: string,
  modelId: string,
  disabledRules: readonly string[],
): Template {
  const options = { messages: [{ role: 'user' as const, content: prompt }] };
  const [conversation] = conversationsOf(options, [modelId], randomUUID) as [Conversation];
  return templateOf(conversation, disabledRules);
}

/** @throws AppError `invalidInput` for a prompt without variables, or one that AWS would refuse. */
function templateOf(conversation: Conversation, disabledRules: readonly string[]): Template {
  const records = new RecordTemplate(conversation);
  if (records.names.length === 0) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t(
        'The prompt has no variables. Write the columns of the table into it as {0}.',
        '{{column}}',
      ),
    );
  }
  // The table gives the variables their values, and the review names the model.
  const problem = checkConversation(untilLastPrompt(conversation), disabledRules).find(
    ({ severity, where }) => severity === 'error' && where !== 'variables' && where !== 'model',
  );
  if (problem) throw new AppError('invalidInput', problem.message);
  const name = records.prompt({}).replaceAll(/\s+/g, ' ').trim();
  return { name, modelId: conversation.modelId, records };
}
