import { open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { parseRecord, type ParsedLine } from '../../core/batch/record.js';
import { AppError } from '../../core/errors.js';
import { fileError, fingerprintOf } from '../files/fingerprint.js';
import { scanLines } from './lineScan.js';

/** Which lines to read. */
export interface ReadLinesOptions {
  /** 1-based; default 1. Found by counting newlines, unless `offset` says where it starts. */
  readonly line?: number;
  /** File offset of the first byte of `line`. */
  readonly offset?: number;
  /** Lines to read at most; default 1. */
  readonly count?: number;
  /** Bytes of a line to keep; default 1 MB. */
  readonly maxLineBytes?: number;
  readonly signal?: AbortSignal;
}

/** A line for a preview. */
export interface TextLine {
  readonly line: number;
  readonly offset: number;
  readonly text: string;
  /** True where the line is longer than what was kept. */
  readonly isTruncated: boolean;
}

/** Reads a few lines of a file of any size, in constant memory; fewer where the file ends. */
export async function readLines(path: string, options: ReadLinesOptions = {}): Promise<TextLine[]> {
  const { line = 1, offset, count = 1, maxLineBytes = 1_000_000, signal } = options;
  const fingerprint = await fingerprintOf(path, path);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const lines: TextLine[] = [];
    let number = line;
    const skip = offset === undefined ? line - 1 : 0;
    const scan = { from: offset ?? 0, to: fingerprint.bytes, keepBytes: maxLineBytes, skip };
    for await (const raw of scanLines(file, { ...scan, ...(signal && { signal }) })) {
      if (lines.length >= count) break;
      const text = raw.bytes.toString('utf8').replace(/\r$/, '');
      lines.push({
        line: number++,
        offset: raw.offset,
        text: raw.offset === 0 ? text.replace(/^\ufeff/, '') : text,
        isTruncated: raw.end - raw.offset > raw.bytes.length + 1,
      });
    }
    return lines;
  } finally {
    await file.close();
  }
}

/**
 * One record of a dataset.
 * @throws AppError `notFound` where the file has no such line.
 */
export async function readRecordAt(
  path: string,
  line: number,
): Promise<TextLine & { readonly parsed: ParsedLine }> {
  const [found] = await readLines(path, { line, maxLineBytes: 26_000_000 });
  if (!found) {
    throw new AppError('notFound', l10n.t('{0} has no line {1}. Open the file again.', path, line));
  }
  return { ...found, parsed: parseRecord(found.text) };
}
