import type { Fingerprint } from '../../core/batch/types.js';
import { type IdColumn, rankIdColumns } from '../../core/table/idColumns.js';
import { fingerprintOf } from '../../node/files/fingerprint.js';
import { ColumnIds } from './columnIds.js';
import { noRows, requireColumns, requireOneColumn } from './requiredColumns.js';
import type { TableRow } from './tableRow.js';
import { readTable, type TableOptions } from './tableRows.js';

/** What to ask of a table before anything is made of it. */
export interface TableQuestions extends TableOptions {
  /** Columns every row must have. */
  readonly columns: readonly string[];
  /** The table must have one of these, or all its records would be the same; empty for any table. */
  readonly oneColumnOf?: readonly string[];
  /** True for a row whose prompt would be blank. */
  readonly isBlank?: (cells: TableRow['cells']) => boolean;
}

/** A row with its number below the header, from 1. */
export interface NumberedRow extends TableRow {
  readonly number: number;
}

/** What a whole table was found to be. */
export interface TableSurvey {
  readonly rows: number;
  /** Of its first row. */
  readonly columns: readonly string[];
  /** Rows to show, the first ones that are not blank. */
  readonly first: readonly NumberedRow[];
  /** The columns that can name the records, the likeliest first. */
  readonly idColumns: readonly IdColumn[];
  /** Rows whose prompt would be blank, and the lines of the first of them. */
  readonly blank: { readonly count: number; readonly lines: readonly number[] };
  /** What the file was; a later difference means it changed. */
  readonly fingerprint: Fingerprint;
}

const shownRows = 3;
const shownLines = 5;

/**
 * Reads a table once, in constant memory but for a hash of every id, and writes nothing.
 * @throws AppError `invalidInput` with the line that is wrong, or the columns that are missing.
 */
export async function surveyTable(path: string, questions: TableQuestions): Promise<TableSurvey> {
  const fingerprint = await fingerprintOf(path, path);
  const ids = new ColumnIds();
  const first: NumberedRow[] = [];
  const lines: number[] = [];
  let columns: readonly string[] = [];
  let rows = 0;
  let blank = 0;
  const take = (row: TableRow) => {
    if (rows === 0) {
      columns = Object.keys(row.cells);
      requireColumns(row, questions.columns);
      requireOneColumn(row, questions.oneColumnOf);
    } else requireColumns(row, questions.columns);
    rows++;
    ids.add(row);
    if (questions.isBlank?.(row.cells)) {
      blank++;
      if (lines.length < shownLines) lines.push(row.line);
    } else if (first.length < shownRows) first.push({ ...row, number: rows });
  };
  for await (const some of readTable(path, questions)) for (const row of some) take(row);
  if (rows === 0) throw noRows(path);
  const idColumns = rankIdColumns(ids.columns());
  return { rows, columns, first, idColumns, blank: { count: blank, lines }, fingerprint };
}
