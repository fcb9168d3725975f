import { Readable } from 'node:stream';
import * as l10n from '@vscode/l10n';
import { type CsvError, type Info, parse } from 'csv-parse';
import { variableName } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import { keptLineBytes } from '../../node/lines/rangeReader.js';
import type { TableRow } from './tableRow.js';
import type { TextPiece } from '../../node/lines/textPieces.js';

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * The rows below the header of a CSV file (RFC 4180, also with semicolons or tabs), one at a time.
 * Rows of nothing but empty cells are left out, columns without a name as well.
 * @throws AppError `invalidInput` with the line: ragged row, open quote, a column name used twice.
 */
export async function* csvRows(
  pieces: AsyncIterable<TextPiece>,
  delimiter: string,
): AsyncGenerator<TableRow, void, undefined> {
  const parser = parse({
    delimiter,
    info: true,
    // The parser would take the first line's end for that of all lines.
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_records_with_empty_values: true,
    max_record_size: keptLineBytes,
  });
  const source = Readable.from(textsOf(pieces));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: readonly string[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      if (!columns) columns = readHeader(record);
      else if (record.length !== columns.length) throw ragged(line, record.length, columns.length);
      else yield { line, cells: toCells(columns, record) };
      line = info.lines + 1;
    }
  } catch (error) {
    throw csvError(error);
  } finally {
    source.destroy();
  }
}

async function* textsOf(pieces: AsyncIterable<TextPiece>): AsyncGenerator<string> {
  for await (const { text } of pieces) yield text;
}

function readHeader(record: readonly string[]): string[] {
  const columns = record.map(variableName);
  const again = columns.find((name, index) => name !== '' && columns.indexOf(name) < index);
  if (again === undefined) return columns;
  throw new AppError(
    'invalidInput',
    l10n.t('Line 1: two columns are called "{0}". Rename one of them.', again),
  );
}

function toCells(columns: readonly string[], record: readonly string[]): TableRow['cells'] {
  return Object.fromEntries(
    columns.flatMap((column, index) => (column === '' ? [] : [[column, record[index] ?? '']])),
  );
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

function csvError(error: unknown): unknown {
  if (!isCsvError(error)) return error;
  const line = Number(error['lines']);
  const message =
    error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE'
      ? l10n.t('A quote that opens before line {0} is never closed. Close it.', line)
      : l10n.t(
          'Line {0}: a quote stands inside a cell. Put the cell in quotes and double the quote.',
          line,
        );
  return new AppError('invalidInput', message, { cause: error });
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && 'lines' in error;
}
