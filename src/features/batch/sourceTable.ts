import * as vscode from 'vscode';
import type * as z from 'zod/mini';
import type { SourceTable } from '../../core/batch/run.js';
import type { DatasetFormat } from '../../core/batch/types.js';
import { convertedSchema, tableOptions } from '../../core/table/tableOptions.js';
import { run } from '../../platform/commands.js';
import { freeOutput } from '../../resources/datasets/outputFile.js';
import type { Services } from '../../services.js';
import type { SubmitOptions, submitOptionsSchema } from './submitOptions.js';

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
  options: z.infer<typeof submitOptionsSchema>,
): Promise<Source> {
  const { format } = await datasets.describe(uri);
  if (!convertible.has(format)) return { uri, options };
  const given = Object.keys(tableOptions.shape) as (keyof typeof tableOptions.shape)[];
  const converted = convertedSchema.parse(
    await run('bedrock.batch.convert', uri, {
      ...Object.fromEntries(given.map((name) => [name, options[name]])),
      modelId: options.modelId,
      output: options.output ?? (await freeOutput(uri)).uri.fsPath,
      confirm: options.confirm !== false,
    }),
  );
  const { output, modelId, invocationType, table } = converted;
  const own = { ...(modelId && { modelId }), ...(invocationType && { invocationType }) };
  return { uri: vscode.Uri.file(output), options: { ...options, ...own }, table };
}
