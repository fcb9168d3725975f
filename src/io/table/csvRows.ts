import { createReadStream } from 'node:fs';

const newline = 0x0a;
const quote = 0x22;

/** Counts the lines and the rows below the header of a CSV file; a quoted newline ends no row. */
export async function countCsvRows(
  path: string,
  signal?: AbortSignal,
): Promise<{ lines: number; rows: number }> {
  const counter = { lines: 0, rows: 0, isQuoted: false, hasContent: false };
  const stream = createReadStream(path, { ...(signal && { signal }), highWaterMark: 1 << 18 });
  for await (const chunk of stream as AsyncIterable<Buffer>) countChunk(chunk, counter);
  if (counter.hasContent) {
    counter.lines++;
    counter.rows++;
  }
  return { lines: counter.lines, rows: Math.max(0, counter.rows - 1) };
}

interface Counter {
  lines: number;
  rows: number;
  isQuoted: boolean;
  hasContent: boolean;
}

function countChunk(chunk: Buffer, counter: Counter): void {
  for (const byte of chunk) {
    if (byte === quote) counter.isQuoted = !counter.isQuoted;
    if (byte === newline) {
      counter.lines++;
      if (counter.hasContent && !counter.isQuoted) {
        counter.rows++;
        counter.hasContent = false;
      }
    } else if (byte > 0x20) counter.hasContent = true;
  }
}
