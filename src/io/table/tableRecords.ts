import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { isNamedAsId, recordIdOf } from '../../core/table/idColumns.js';
import { atomicWriteStream, isThere } from '../../node/files/atomicWrite.js';
import { assertUnchanged, fingerprintOf } from '../../node/files/fingerprint.js';
import { surveyTable, type TableQuestions, type TableSurvey } from './surveyTable.js';
import type { TableRow } from './tableRow.js';
import { readTable, type TableOptions } from './tableRows.js';

/** How the records of a table are named and written. */
export interface TableOutput {
  readonly path: string;
  readonly output: string;
  /** True where a file at `output` may be replaced. */
  readonly isReplacing?: boolean;
  /**
   * The column that names the records; `null` numbers the rows: `row-1`, `row-2` … Without it, a
   * column that is called as ids are names them where it can.
   */
  readonly idColumn?: string | null;
  /** True where rows whose prompt would be blank are left out; otherwise they are an error. */
  readonly isWithoutBlank?: boolean;
  /** The record of a row, as a line of JSON. */
  readonly toRecord: (cells: TableRow['cells'], recordId: string) => string;
}

/** A table to turn into records. */
export interface TableJob extends TableOutput, TableQuestions {}

/** What became of a table. */
export interface TableRecords {
  readonly records: number;
  /** Rows that were left out, for their prompt would be blank. */
  readonly leftOut: number;
  /** The column that names the records; absent where the rows are numbered. */
  readonly idColumn?: string;
}

/** Characters that are written in one go. */
const pieceLength = 1 << 18;

/**
 * Writes a record for every row of a table, in constant memory but for a hash of every id. The output
 * appears whole or not at all.
 * @throws AppError `conflict` where the output is there already, `invalidInput` with the wrong line.
 */
export async function writeTableRecords(job: TableJob): Promise<TableRecords> {
  await refuseReplacing(job);
  return writeSurveyed(job, await surveyTable(job.path, job));
}

/** The same for a table that was surveyed before, and did not change since. */
export async function writeSurveyed(
  job: TableOutput & TableOptions & Pick<TableQuestions, 'isBlank'>,
  survey: TableSurvey,
): Promise<TableRecords> {
  await refuseReplacing(job);
  const { blank } = survey;
  const isNothingLeft = blank.count === survey.rows;
  if (blank.count > 0 && (isNothingLeft || !job.isWithoutBlank)) throw blankRows(survey);
  const idColumn = chosenColumn(job, survey);
  let records = 0;
  let rows = 0;
  const pieces = async function* () {
    let piece = '';
    for await (const some of readTable(job.path, job)) {
      for (const { cells } of some) {
        rows++;
        if (job.isBlank?.(cells)) continue;
        records++;
        // Numbered as the table's rows are, also where some are left out.
        piece += `${job.toRecord(cells, recordIdOf(cells, rows, idColumn ?? null))}\n`;
      }
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
    assertUnchanged(survey.fingerprint, await fingerprintOf(job.path, job.path), job.path);
    yield piece;
  };
  await atomicWriteStream(job.output, pieces());
  return { records, leftOut: blank.count, ...(idColumn !== undefined && { idColumn }) };
}

/** What to say about rows without a prompt; ends with what to do. */
export function blankRowsText({ blank }: TableSurvey): string {
  const lines = blank.lines.join(', ') + (blank.count > blank.lines.length ? ', …' : '');
  return blank.count === 1
    ? l10n.t(
        'The prompt would have nothing of the row on line {0}: its cells are empty. Fill them, or leave the row out.',
        lines,
      )
    : l10n.t(
        'The prompts would have nothing of {0} rows, whose cells are empty: lines {1}. Fill them, or leave the rows out.',
        blank.count,
        lines,
      );
}

function blankRows(survey: TableSurvey): AppError {
  if (survey.blank.count < survey.rows) return new AppError('invalidInput', blankRowsText(survey));
  return new AppError(
    'invalidInput',
    l10n.t('The cells that the prompt takes are empty in every row. Use another column.'),
  );
}

function chosenColumn({ idColumn, path }: TableOutput, survey: TableSurvey): string | undefined {
  if (idColumn === null) return undefined;
  const { idColumns } = survey;
  if (idColumn === undefined) return idColumns.find(isNamedAsId)?.name;
  if (idColumns.some(({ name }) => name === idColumn)) return idColumn;
  throw new AppError(
    'invalidInput',
    survey.columns.includes(idColumn)
      ? l10n.t(
          'The column "{0}" of {1} cannot name the records: a cell is empty or comes twice. Choose another column.',
          idColumn,
          path,
        )
      : l10n.t('{0} has no column "{1}". Choose another column.', path, idColumn),
  );
}

/** @throws AppError `conflict`: what is there is replaced only where the person says so, the table never. */
async function refuseReplacing({ path, output, isReplacing }: TableOutput): Promise<void> {
  const isTable = resolve(path) === resolve(output);
  if (!isTable && (isReplacing || !(await isThere(output)))) return;
  throw new AppError('conflict', l10n.t('{0} exists already. Choose another name.', output));
}
