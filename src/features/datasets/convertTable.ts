import * as vscode from 'vscode';
import { AppError } from '../../core/errors.js';
import { isNamedAsId } from '../../core/table/idColumns.js';
import type { Converted } from '../../platform/commandTable.js';
import type { TableSurvey } from '../../io/table/surveyTable.js';
import type { TableRow } from '../../io/table/tableRow.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { localPath } from '../../platform/localPath.js';
import type { ReadOnlyDocuments } from '../../platform/readOnlyDocuments.js';
import { chooseTemplate } from './chooseTemplate.js';
import { freeOutput, outputFor } from '../../resources/datasets/outputFile.js';
import { type Preview, previewTable } from './previewTable.js';
import type { Template } from './template.js';

/** A table and what is known about its records. */
export interface TableWork {
  readonly table: vscode.Uri;
  readonly template: Template | undefined;
  readonly modelId: string;
  readonly idColumn: string | null | undefined;
  readonly leaveOutBlank: boolean;
  /** Absent where the file is to be named after the table. */
  readonly output: vscode.Uri | undefined;
  readonly disabledRules: readonly string[];
}

/** Makes records of a table without asking anything. */
export async function convertTable(work: TableWork): Promise<Converted> {
  const { table, template, idColumn, leaveOutBlank } = work;
  if (!template) {
    throw new AppError(
      'invalidInput',
      vscode.l10n.t(
        '{0} is a table. Give a "template" or a "promptFile" for its rows.',
        vscode.workspace.asRelativePath(table),
      ),
    );
  }
  const survey = await surveyFor(table, template);
  const output = { uri: work.output ?? outputFor(table), isReplacing: false };
  return write({ table, template, survey, idColumn, output }, leaveOutBlank);
}

/** Asks for the prompt where none is given, and shows the first records before any is written. */
export async function convertTableByHand(
  work: TableWork,
  documents: ReadOnlyDocuments,
): Promise<Converted> {
  const { table } = work;
  let { template } = work;
  const output = work.output ? { uri: work.output, isReplacing: false } : await freeOutput(table);
  for (;;) {
    template ??= await chooseTemplate({ ...work, row: await firstRow(table) });
    const survey = await surveyFor(table, template);
    const { idColumn = survey.idColumns.find(isNamedAsId)?.name ?? null } = work;
    const start = { table, template, survey, output, idColumn };
    const agreed = await previewTable(start, documents);
    // Blank rows were shown on the line that was chosen.
    if (agreed) return write(agreed, true);
    template = undefined;
  }
}

/** @throws AppError `invalidInput` for a file without rows. */
async function firstRow(table: vscode.Uri): Promise<TableRow> {
  const path = localPath(table);
  const { readFirstRow } = await import('../../io/table/tableRows.js');
  const { noRows } = await import('../../io/table/requiredColumns.js');
  const row = await readFirstRow(path);
  if (!row) throw noRows(path);
  return row;
}

async function surveyFor(table: vscode.Uri, { records }: Template): Promise<TableSurvey> {
  const path = localPath(table);
  const { surveyTable } = await import('../../io/table/surveyTable.js');
  const title = vscode.l10n.t('Reading {0}', vscode.workspace.asRelativePath(table));
  return withFileProgress(title, path, (work) =>
    surveyTable(path, {
      ...work,
      columns: records.columns,
      oneColumnOf: records.names,
      isBlank: (cells) => records.isBlankFor(cells),
    }),
  );
}

type ToWrite = Omit<Preview, 'idColumn'> & { readonly idColumn: string | null | undefined };

async function write(
  { table, template, survey, idColumn, output }: ToWrite,
  isWithoutBlank: boolean,
): Promise<Converted> {
  const path = localPath(table);
  const { records, modelId } = template;
  const { writeSurveyed } = await import('../../io/table/tableRecords.js');
  const title = vscode.l10n.t('Making records of {0}', vscode.workspace.asRelativePath(table));
  const made = await withFileProgress(title, path, (work) =>
    writeSurveyed(
      {
        ...work,
        path,
        output: output.uri.fsPath,
        isReplacing: output.isReplacing,
        ...(idColumn !== undefined && { idColumn }),
        isWithoutBlank,
        isBlank: (cells) => records.isBlankFor(cells),
        toRecord: (cells, recordId) => records.record(cells, recordId),
      },
      survey,
    ),
  );
  return {
    output: output.uri.fsPath,
    records: made.records,
    leftOut: made.leftOut,
    ...(modelId !== '' && { modelId }),
    invocationType: 'Converse',
    table: { path, ...(made.idColumn !== undefined && { idColumn: made.idColumn }) },
  };
}
