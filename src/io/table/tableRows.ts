import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/errors.js';
import { readHead } from '../dataset/datasetHead.js';
import { assertUnchanged, fileError, fingerprintOf } from '../../node/files/fingerprint.js';
import {
  linePieces,
  textPieces,
  type TextPiece,
  type TextPiecesOptions,
} from '../../node/lines/textPieces.js';
import { arrayElements, type ArrayElement } from './jsonArray.js';
import { jsonCells } from './jsonRow.js';
import { csvRows } from './csvTable.js';
import type { TableRow } from './tableRow.js';

export interface TableOptions {
  readonly signal?: AbortSignal;
  /** Bytes read, and of how many. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * The rows of a CSV or TSV file with a header, of a JSONL file of objects, or of a JSON array of
 * objects, some at a time and in constant memory.
 * @throws AppError `invalidInput` with the line that is wrong; also where the file changes meanwhile.
 */
export async function* readTable(
  path: string,
  options: TableOptions = {},
): AsyncGenerator<readonly TableRow[], void, undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const before = await fingerprintOf(file, path);
    const { lines, notText } = await readHead(file, before.bytes);
    if (notText !== undefined) throw new AppError('invalidInput', notText);
    const { signal, onProgress } = options;
    const rows = rowsOf(
      { path, file, firstLine: lines[0] ?? '' },
      {
        ...(signal && { signal }),
        onRead: (read) => onProgress?.(read, before.bytes),
      },
    );
    // Not delegated with `yield*`, which would await each value three times.
    for await (const some of rows) yield some;
    assertUnchanged(before, await fingerprintOf(file, path), path);
  } finally {
    await file.close();
  }
}

/** The first row of a table; undefined where it has none. */
export async function readFirstRow(path: string): Promise<TableRow | undefined> {
  for await (const [row] of readTable(path)) if (row) return row;
  return undefined;
}

interface OpenTable {
  readonly path: string;
  readonly file: FileHandle;
  readonly firstLine: string;
}

function rowsOf({ path, file, firstLine }: OpenTable, options: TextPiecesOptions) {
  if (/\.(csv|tsv)$/i.test(path)) {
    const delimiter = /\.tsv$/i.test(path) ? '\t' : separatorOf(firstLine);
    return csvRows(linePieces(file, options), delimiter);
  }
  return firstLine.trimStart().startsWith('[')
    ? arrayRows(arrayElements(file, options))
    : jsonlRows(textPieces(file, options));
}

/** The separator of a header: spreadsheets write semicolons where the comma is the decimal mark. */
function separatorOf(header: string): string {
  const names = header.replaceAll(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((mark) => ({ mark, count: names.split(mark).length }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).mark;
}

async function* jsonlRows(pieces: AsyncIterable<TextPiece>): AsyncGenerator<TableRow[]> {
  for await (const { text, line } of pieces) {
    yield text
      .split('\n')
      .flatMap((each, index) =>
        each.trim() === '' ? [] : [{ line: line + index, cells: jsonCells(each, line + index) }],
      );
  }
}

async function* arrayRows(
  elements: AsyncIterable<readonly ArrayElement[]>,
): AsyncGenerator<TableRow[]> {
  for await (const some of elements) {
    yield some.map(({ text, line }) => ({ line, cells: jsonCells(text, line) }));
  }
}
