import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/errors.js';
import { readHead } from '../dataset/datasetHead.js';
import { assertUnchanged, fileError, fingerprintOf } from '../../node/files/fingerprint.js';
import { textPieces, type TextPiece, type TextPiecesOptions } from '../../node/lines/textPieces.js';
import { arrayElements, type ArrayElement } from './jsonArray.js';
import { jsonCells } from './jsonRow.js';
import type { TableRow } from './tableRow.js';

export interface TableOptions {
  readonly signal?: AbortSignal;
  /** Bytes read, and of how many. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * The rows of a CSV or TSV file with a header, of a JSONL file of objects, or of a JSON array of
 * objects, one at a time and in constant memory.
 * @throws AppError `invalidInput` with the line that is wrong; also where the file changes meanwhile.
 */
export async function* readTableRows(
  path: string,
  options: TableOptions = {},
): AsyncGenerator<TableRow, void, undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const before = await fingerprintOf(file, path);
    const { lines, notText } = await readHead(file, before.bytes);
    if (notText !== undefined) throw new AppError('invalidInput', notText);
    const { signal, onProgress } = options;
    yield* await rowsOf(
      { path, file, firstLine: lines[0] ?? '' },
      {
        ...(signal && { signal }),
        onRead: (read) => onProgress?.(read, before.bytes),
      },
    );
    assertUnchanged(before, await fingerprintOf(file, path), path);
  } finally {
    await file.close();
  }
}

interface OpenTable {
  readonly path: string;
  readonly file: FileHandle;
  readonly firstLine: string;
}

async function rowsOf({ path, file, firstLine }: OpenTable, options: TextPiecesOptions) {
  if (/\.(csv|tsv)$/i.test(path)) {
    // Loaded with the first table.
    const { csvRows } = await import('./csvTable.js');
    const delimiter = /\.tsv$/i.test(path) ? '\t' : separatorOf(firstLine);
    return csvRows(textPieces(file, options), delimiter);
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

async function* jsonlRows(pieces: AsyncIterable<TextPiece>): AsyncGenerator<TableRow> {
  for await (const { text, line } of pieces) {
    for (const [index, each] of text.split('\n').entries()) {
      if (each.trim() === '') continue;
      yield { line: line + index, cells: jsonCells(each, line + index) };
    }
  }
}

async function* arrayRows(elements: AsyncIterable<ArrayElement>): AsyncGenerator<TableRow> {
  for await (const { text, line } of elements) yield { line, cells: jsonCells(text, line) };
}
