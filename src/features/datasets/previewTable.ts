import * as vscode from 'vscode';
import { isCancelled } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { recordIdOf } from '../../core/table/idColumns.js';
import { blankRowsText } from '../../io/table/tableRecords.js';
import type { NumberedRow, TableSurvey } from '../../io/table/surveyTable.js';
import { type Choice, pick, separator } from '../../platform/quickInput.js';
import type { ReadOnlyDocuments } from '../../platform/readOnlyDocuments.js';
import { askOutput, type OutputFile } from '../../resources/datasets/outputFile.js';
import type { Template } from './template.js';

/** What becomes of a table; the person may change it before it is written. */
export interface Preview {
  readonly table: vscode.Uri;
  readonly template: Template;
  readonly survey: TableSurvey;
  /** The column that names the records; `null` numbers the rows. */
  readonly idColumn: string | null;
  readonly output: OutputFile;
}

/** Characters of a prompt on its line. */
const promptLength = 200;

type Step = 'go' | 'template' | 'id' | 'output' | NumberedRow;

/**
 * Shows the first records and what they are made of, until the person goes on. Undefined where another
 * prompt is wanted. Rejects with `cancelled` where the person leaves.
 */
export async function previewTable(
  start: Preview,
  documents: ReadOnlyDocuments,
): Promise<Preview | undefined> {
  let preview = start;
  for (;;) {
    const step = await pick<Step>({
      title: vscode.l10n.t('Records of {0}', vscode.workspace.asRelativePath(preview.table)),
      placeholder: vscode.l10n.t(
        'Enter writes the records; any other line can be opened or changed',
      ),
      items: previewItems(preview),
    });
    if (step === 'go') return preview;
    if (step === 'template') return undefined;
    if (step === 'id' || step === 'output') preview = await changed(preview, step);
    else await showRecord(preview, step, documents);
  }
}

/** Leaving a change leads back to the preview as it was. */
async function changed(preview: Preview, what: 'id' | 'output'): Promise<Preview> {
  try {
    return what === 'id'
      ? { ...preview, idColumn: await askIdColumn(preview) }
      : { ...preview, output: await askOutput(preview.output) };
  } catch (error) {
    if (isCancelled(error)) return preview;
    throw error;
  }
}

function showRecord(
  { table, template, idColumn }: Preview,
  { cells, number }: NumberedRow,
  documents: ReadOnlyDocuments,
): Promise<void> {
  const id = recordIdOf(cells, number, idColumn);
  const record: unknown = JSON.parse(template.records.record(cells, id));
  const text = JSON.stringify(record, undefined, 2);
  return documents.show({ name: `${id}.json`, id: table.toString(), text }, true);
}

/** The lines of the preview: to go on, the first records, then what can be changed. */
function previewItems(preview: Preview): (Choice<Step> | vscode.QuickPickItem)[] {
  const { survey, template, idColumn, output } = preview;
  return [
    goItem(survey),
    separator(vscode.l10n.t('first records')),
    ...survey.first.map((row) => ({
      label: recordIdOf(row.cells, row.number, idColumn),
      detail: template.records
        .prompt(row.cells)
        .replaceAll(/\s+/g, ' ')
        .trim()
        .slice(0, promptLength),
      value: row,
    })),
    separator(vscode.l10n.t('made of')),
    { label: vscode.l10n.t('Prompt'), description: template.name, value: 'template' },
    { label: vscode.l10n.t('Record ids'), description: idText(idColumn), value: 'id' },
    {
      label: vscode.l10n.t('Records file'),
      description: vscode.workspace.asRelativePath(output.uri),
      value: 'output',
    },
  ];
}

function goItem(survey: TableSurvey): Choice<Step> {
  const records = formatCount(survey.rows - survey.blank.count);
  if (survey.blank.count === 0) {
    return { label: vscode.l10n.t('$(arrow-right) Write {0} records', records), value: 'go' };
  }
  return {
    label: vscode.l10n.t(
      '$(warning) Leave out {0}, write {1} records',
      formatCount(survey.blank.count),
      records,
    ),
    detail: blankRowsText(survey),
    value: 'go',
  };
}

function idText(idColumn: string | null): string {
  return idColumn ?? vscode.l10n.t('the number of the row: {0}', 'row-1, row-2 …');
}

/** Any column that is never empty and never the same, the likeliest first; or the number of the row. */
function askIdColumn({ survey, idColumn }: Preview): Promise<string | null> {
  const columns: (string | null)[] = [...survey.idColumns.map(({ name }) => name), null];
  const example = (name: string | null) =>
    survey.first.map(({ cells, number }) => recordIdOf(cells, number, name)).join(', ');
  return pick<string | null>({
    title: vscode.l10n.t('Record Ids'),
    placeholder: vscode.l10n.t('Results are joined with the rows by them'),
    items: columns.map((name) => ({
      label: idText(name),
      ...(name !== null && { detail: example(name).slice(0, promptLength) }),
      value: name,
    })),
    isCurrent: (name) => name === idColumn,
    leadsBack: true,
  });
}
