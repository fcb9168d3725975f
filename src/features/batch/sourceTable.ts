import * as vscode from 'vscode';
import type { SourceTable } from '../../core/batch/run.js';
import type { DatasetFormat } from '../../core/batch/types.js';
import { run } from '../../platform/commands.js';
import { tableOptions } from '../../platform/commandTable.js';
import { freeOutput } from '../../resources/datasets/outputFile.js';
import type { Services } from '../../services.js';
import type { SubmitArguments, SubmitOptions } from './submitOptions.js';

/** What is submitted: a dataset, and the table it was made of. */
export interface Source {
  readonly uri: vscode.Uri;
  readonly options: SubmitOptions;
  readonly table?: SourceTable | undefined;
}

/** What is made into records first. */
const convertible: ReadonlySet<DatasetFormat> = new Set<DatasetFormat>([
  'csv',
  'rows',
  'json-array',
  'openai-batch',
  'anthropic-batch',
]);

/**
 * The dataset itself, or one that is made of a table on the way: a person chooses a prompt for its rows
 * and sees the first records.
 */
export async function sourceOf(
  { datasets }: Pick<Services, 'datasets'>,
  uri: vscode.Uri,
  options: SubmitArguments,
): Promise<Source> {
  const { format } = await datasets.describe(uri);
  if (!convertible.has(format)) return { uri, options };
  const given = Object.keys(tableOptions.shape) as (keyof typeof tableOptions.shape)[];
  const { output, modelId, invocationType, table } = await run('bedrock.batch.convert', uri, {
    ...Object.fromEntries(given.map((name) => [name, options[name]])),
    modelId: options.modelId,
    output: options.output ?? (await freeOutput(uri)).uri,
    confirm: options.confirm !== false,
  });
  const own = { ...(modelId && { modelId }), ...(invocationType && { invocationType }) };
  return { uri: vscode.Uri.file(output), options: { ...options, ...own }, table };
}
