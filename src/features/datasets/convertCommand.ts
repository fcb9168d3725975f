import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../../core/errors.js';
import { type Converted, tableOptions } from '../../core/table/tableOptions.js';
import { type Caller, toUri } from '../../platform/commands.js';
import type { ReadOnlyTexts } from '../../platform/readOnlyText.js';
import { pickTable } from '../../resources/datasets/pickTable.js';
import { convertTable, convertTableByHand } from './convertTable.js';
import type { Services } from '../../services.js';
import { convertRequestsFile } from './convertRequestsFile.js';
import { givenTemplate } from './template.js';

const convertOptions = z.extend(tableOptions, {
  modelId: z.optional(z.string()),
  invocationType: z.optional(z.enum(['InvokeModel', 'Converse'])),
  /** True shows the first records before any is written, and asks for what is not given. */
  confirm: z.optional(z.boolean()),
});

export interface ConvertNeeds extends Pick<Services, 'datasets'> {
  readonly disabledRules: readonly string[];
  readonly texts: ReadOnlyTexts;
}

/** `bedrock.batch.convert`: records of a table, or of requests in another form. Replaces no file unasked. */
export async function convertCommand(
  args: readonly unknown[],
  { isPerson }: Caller,
  needs: ConvertNeeds,
): Promise<Converted> {
  const options = z.parse(convertOptions, args[1] ?? {});
  const { modelId = '', invocationType, idColumn, leaveOutBlank = false, output } = options;
  const { datasets, disabledRules, texts } = needs;
  const isAsking = options.confirm ?? isPerson;
  const table = toUri(args[0]) ?? (isAsking ? await pickTable() : undefined);
  if (!table) {
    throw new AppError('invalidInput', vscode.l10n.t('No table was given. Give its address.'));
  }
  const { format, elements = format } = await datasets.describe(table);
  if (format === 'bedrock') {
    throw new AppError('invalidInput', vscode.l10n.t('These are Bedrock records already.'));
  }
  if (elements === 'bedrock' || elements === 'openai-batch' || elements === 'anthropic-batch') {
    return convertRequestsFile({
      uri: table,
      isArray: elements !== format,
      output: toUri(output),
      isAsking,
    });
  }
  if (invocationType === 'InvokeModel') {
    throw new AppError(
      'unsupported',
      vscode.l10n.t('A template makes Converse records. Leave out "InvokeModel".'),
    );
  }
  const template = await givenTemplate(options, modelId, disabledRules);
  const work = { table, template, modelId, idColumn, leaveOutBlank, disabledRules };
  const whole = { ...work, output: toUri(output) };
  return isAsking ? convertTableByHand(whole, texts) : convertTable(whole);
}
