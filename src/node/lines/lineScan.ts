import type { FileHandle } from 'node:fs/promises';

const newline = 0x0a;

/** A line of a file, without its newline. */
export interface RawLine {
  readonly offset: number;
  /** Offset after the newline, or the end of the file. */
  readonly end: number;
  /** The first bytes of the line: all of it, up to the asked limit. */
  readonly bytes: Buffer;
}

export interface LineScanOptions {
  readonly from: number;
  readonly to: number;
  /** Bytes of a line to keep; more are passed over. */
  readonly keepBytes: number;
  /** Lines to pass over before the first one. */
  readonly skip?: number;
  readonly chunkBytes?: number;
  readonly signal?: AbortSignal;
}

/** The lines that start at `from` and later, one at a time, in a fixed amount of memory. */
export async function* scanLines(
  file: FileHandle,
  options: LineScanOptions,
): AsyncGenerator<RawLine, void, undefined> {
  const { to, keepBytes } = options;
  const chunk = Buffer.allocUnsafe(options.chunkBytes ?? 1 << 18);
  let skip = options.skip ?? 0;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let lineStart = options.from;
  let position = options.from;
  const keep = (part: Buffer) => {
    const wanted = part.subarray(0, keepBytes - keptBytes);
    // A copy, because the chunk is filled again before the line is whole.
    if (wanted.length > 0) kept.push(Buffer.from(wanted));
    keptBytes += wanted.length;
  };
  while (position < to) {
    options.signal?.throwIfAborted();
    const wanted = Math.min(chunk.length, to - position);
    const { bytesRead } = await file.read(chunk, 0, wanted, position);
    if (bytesRead === 0) break;
    const filled = chunk.subarray(0, bytesRead);
    let start = 0;
    for (let end = filled.indexOf(newline); end >= 0; end = filled.indexOf(newline, start)) {
      if (skip > 0) {
        skip--;
        start = end + 1;
        lineStart = position + start;
        continue;
      }
      keep(filled.subarray(start, end));
      const after = position + end + 1;
      yield { offset: lineStart, end: after, bytes: Buffer.concat(kept) };
      kept = [];
      keptBytes = 0;
      start = end + 1;
      lineStart = after;
    }
    if (skip === 0) keep(filled.subarray(start));
    position += bytesRead;
  }
  if (lineStart < position && skip === 0)
    yield { offset: lineStart, end: position, bytes: Buffer.concat(kept) };
}

/** True for a line of nothing but JSON's white space; a byte order mark at the start is none. */
export function isBlankLine(line: RawLine): boolean {
  const { bytes } = line;
  const hasMark = line.offset === 0 && bytes.indexOf('\ufeff') === 0;
  for (let index = hasMark ? 3 : 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
