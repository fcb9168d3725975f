import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { keptLineBytes } from './rangeReader.js';

const newline = 0x0a;

/** Some whole lines of a file; the last piece may end without a newline. */
export interface TextPiece {
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly line: number;
}

export interface TextPiecesOptions {
  readonly signal?: AbortSignal;
  /** Bytes read so far. */
  readonly onRead?: (bytes: number) => void;
}

/** Some whole lines as bytes of UTF-8; the last piece may end without a newline. */
export interface LinePiece {
  readonly bytes: Buffer;
  /** Number of its first line, from 1. */
  readonly line: number;
}

/**
 * A UTF-8 file as pieces of whole lines, in a fixed amount of memory; a byte order mark is left out.
 * @throws AppError `invalidInput` with the line that is not UTF-8 or longer than any record, or cut off.
 */
export async function* linePieces(
  file: FileHandle,
  options: TextPiecesOptions = {},
): AsyncGenerator<LinePiece, void, undefined> {
  const { signal, onRead } = options;
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let read = 0;
  const stream = file.createReadStream({ start: 0, highWaterMark: 1 << 18, autoClose: false });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    read += chunk.length;
    onRead?.(read);
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(end);
    if (rest.length > keptLineBytes) throw tooLong(line + countLines(bytes.subarray(0, end)));
    if (end === 0) continue;
    yield wholePiece(bytes.subarray(0, end), line);
    line += countLines(bytes.subarray(0, end));
  }
  if (endsInCharacter(rest)) throw cutOff(line);
  if (rest.length > 0) yield wholePiece(rest, line);
}

/** The same, decoded. */
export async function* textPieces(
  file: FileHandle,
  options: TextPiecesOptions = {},
): AsyncGenerator<TextPiece, void, undefined> {
  for await (const { bytes, line } of linePieces(file, options)) {
    yield { text: bytes.toString('utf8'), line };
  }
}

/** The error for a last line that somebody stopped writing. */
export function cutOff(line: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t(
      'Line {0}, the last one, was cut off while it was written. Delete it and try again.',
      line,
    ),
  );
}

/** Whether only the end of the last character is missing, of at most four bytes. */
function endsInCharacter(bytes: Buffer): boolean {
  return [1, 2, 3].some(
    (count) => (bytes.at(-count) ?? 0) >= 0xc0 && isUtf8(bytes.subarray(0, -count)),
  );
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}

function wholePiece(bytes: Buffer, line: number): LinePiece {
  if (!isUtf8(bytes)) throw notUtf8(line + wrongLine(bytes));
  const hasMark = line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { bytes: hasMark ? bytes.subarray(3) : bytes, line };
}

/** Which of the lines, from 0, is no UTF-8: no character reaches over a newline. */
function wrongLine(bytes: Buffer): number {
  let start = 0;
  for (let count = 0; ; count++) {
    const at = bytes.indexOf(newline, start);
    if (at < 0 || !isUtf8(bytes.subarray(start, at))) return count;
    start = at + 1;
  }
}

function notUtf8(line: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t('Line {0} is not UTF-8 text. Save the file as UTF-8 and try again.', line),
  );
}

function tooLong(line: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t('Line {0} is longer than {1} MB. Shorten it and try again.', line, keptLineBytes / 1e6),
  );
}
