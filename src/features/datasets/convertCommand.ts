import * as vscode from 'vscode';
import type * as z from 'zod/mini';
import { AppError } from '../../core/errors.js';
import type { Caller } from '../../platform/commands.js';
import type { Converted, convertOptions } from '../../platform/commandTable.js';
import { pickTable } from '../../resources/datasets/pickTable.js';
import { convertTable, convertTableByHand } from './convertTable.js';
import type { Services } from '../../services.js';
import { convertRequestsFile } from './convertRequestsFile.js';
import { givenTemplate } from './template.js';

export interface ConvertNeeds extends Pick<Services, 'datasets' | 'documents'> {
  readonly disabledRules: readonly string[];
}

/** `bedrock.batch.convert`: records of a table, or of requests in another form. Replaces no file unasked. */
export async function convertCommand(
  given: vscode.Uri | undefined,
  options: z.infer<typeof convertOptions>,
  { isPerson }: Caller,
  needs: ConvertNeeds,
): Promise<Converted> {
  const { modelId = '', invocationType, idColumn, leaveOutBlank = false, output } = options;
  const { datasets, disabledRules, documents } = needs;
  const isAsking = options.confirm ?? isPerson;
  const table = given ?? (isAsking ? await pickTable() : undefined);
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
      output,
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
  const whole = { ...work, output };
  return isAsking ? convertTableByHand(whole, documents) : convertTable(whole);
}
