import { open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { readHead } from '../dataset/datasetHead.js';
import { assertUnchanged, fileError, fingerprintOf } from '../../node/files/fingerprint.js';
import { textPieces, type TextPiece } from '../../node/lines/textPieces.js';
import type { TableRow } from './tableRow.js';

export interface TableOptions {
  readonly signal?: AbortSignal;
  /** Bytes read, and of how many. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * The rows of a CSV or TSV file with a header, or of a JSONL file of objects, one at a time and in
 * constant memory.
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
    const pieces = textPieces(file, {
      ...(signal && { signal }),
      onRead: (read) => onProgress?.(read, before.bytes),
    });
    yield* await rowsOf(path, pieces, lines[0] ?? '');
    assertUnchanged(before, await fingerprintOf(file, path), path);
  } finally {
    await file.close();
  }
}

async function rowsOf(path: string, pieces: AsyncIterable<TextPiece>, firstLine: string) {
  if (!/\.(csv|tsv)$/i.test(path)) return jsonlRows(pieces);
  // Loaded with the first table.
  const { csvRows } = await import('./csvTable.js');
  return csvRows(pieces, /\.tsv$/i.test(path) ? '\t' : separatorOf(firstLine));
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
      if (each.trim() !== '') yield { line: line + index, cells: parseRow(each, line + index) };
    }
  }
}

/** Texts as they are, nothing for `null`, everything else as JSON. */
function parseRow(text: string, line: number): TableRow['cells'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notRow(l10n.t('Line {0} is not valid JSON. Correct it and try again.', line), cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notRow(l10n.t('Line {0} is not a JSON object. Correct it and try again.', line));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, cell]) => [
      name,
      typeof cell === 'string' ? cell : cell === null ? '' : JSON.stringify(cell),
    ]),
  );
}

function notRow(message: string, cause?: unknown): AppError {
  return new AppError('invalidInput', message, cause === undefined ? {} : { cause });
}
