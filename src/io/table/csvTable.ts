import * as l10n from '@vscode/l10n';
import { variableName } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import type { LinePiece } from '../../node/lines/textPieces.js';
import { CsvReader, type CsvRow } from './csvReader.js';
import type { TableRow } from './tableRow.js';

/**
 * The rows below the header of a CSV file, also with semicolons or tabs, some at a time. Rows of nothing
 * but empty cells are left out, columns without a name as well.
 * @throws AppError `invalidInput` with the line: ragged row, open quote, a column name used twice.
 */
export async function* csvRows(
  pieces: AsyncIterable<LinePiece>,
  separator: string,
): AsyncGenerator<readonly TableRow[], void, undefined> {
  const reader = new CsvReader(separator);
  let columns: readonly string[] | undefined;
  const toRows = (found: readonly CsvRow[]): TableRow[] => {
    const rows: TableRow[] = [];
    for (const row of found) {
      if (row.cells.every((cell) => cell.trim() === '')) continue;
      if (columns) rows.push(toRow(columns, row));
      else columns = readHeader(row);
    }
    return rows;
  };
  for await (const { bytes } of pieces) yield toRows(reader.read(bytes));
  yield toRows(reader.end());
}

function readHeader({ cells, line }: CsvRow): string[] {
  const columns = cells.map(variableName);
  const again = columns.find((name, index) => name !== '' && columns.indexOf(name) < index);
  if (again === undefined) return columns;
  throw new AppError(
    'invalidInput',
    l10n.t('Line {0}: two columns are called "{1}". Rename one of them.', line, again),
  );
}

function toRow(columns: readonly string[], { line, cells }: CsvRow): TableRow {
  if (cells.length !== columns.length) throw ragged(line, cells.length, columns.length);
  const row: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] as string;
    if (column === '__proto__')
      Object.defineProperty(row, column, { value: cell, enumerable: true });
    else if (column !== '') row[column] = cell;
  }
  return { line, cells: row };
}

function ragged(line: number, cells: number, columns: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t(
      'The row on line {0} has {1} cells, the header has {2}. Add or remove cells, or put those with separators in quotes.',
      line,
      cells,
      columns,
    ),
  );
}
