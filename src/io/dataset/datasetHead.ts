import { open, type FileHandle } from 'node:fs/promises';
import { extname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { sampleOf, type DatasetSample } from '../../core/batch/estimateCost.js';
import { detectFormat, targetOf } from '../../core/batch/format.js';
import { parseRecord } from '../../core/batch/record.js';
import type { DatasetFormat, InvocationType } from '../../core/batch/types.js';
import { isAppError } from '../../core/errors.js';
import { fileError, fingerprintOf } from '../../node/files/fingerprint.js';
import { keptLineBytes } from '../../node/lines/rangeReader.js';
import { arrayElements } from '../table/jsonArray.js';

const step = 1 << 20;
const linesWanted = 20;

/** The beginning of a file, as far as it says what the file is. */
export interface DatasetHead {
  readonly lines: readonly string[];
  /** Why this is no UTF-8 text at all; ends with what to do. */
  readonly notText?: string;
}

/** What a dataset is, by its first lines. */
export interface DatasetKind {
  readonly format: DatasetFormat;
  /** What a JSON array holds, by its first element. */
  readonly elements?: DatasetFormat;
  /** What the records are written for, where they say so beyond doubt. */
  readonly invocationType?: InvocationType;
  /** The first record's `modelInput`. */
  readonly firstInput?: unknown;
  /** What the first records tell about the tokens of all. */
  readonly sample?: DatasetSample;
}

/**
 * Looks at the beginning of a file, before anything is decided about it.
 * @throws AppError `notFound`, `accessDenied`, `invalidInput` (folder, device).
 */
export async function describeDataset(path: string): Promise<DatasetKind> {
  const { bytes } = await fingerprintOf(path, path);
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const { lines, notText } = await readHead(file, bytes);
    if (notText !== undefined) return { format: 'unknown' };
    const format = detectFormat(lines, extname(path));
    if (format === 'json-array') return { format, elements: await elementFormat(file) };
    if (format !== 'bedrock') return { format };
    const { invocationType } = targetOf(lines, {});
    const records = lines.flatMap((line) => {
      const modelInput = parseRecord(line).record?.modelInput;
      return modelInput ? [{ modelInput, bytes: Buffer.byteLength(line) + 1 }] : [];
    });
    return {
      format,
      ...(invocationType && { invocationType }),
      firstInput: records[0]?.modelInput,
      sample: sampleOf(records),
    };
  } finally {
    await file.close();
  }
}

/** Anything that is no whole element leaves it to the reader to say what is wrong. */
async function elementFormat(file: FileHandle): Promise<DatasetFormat> {
  try {
    for await (const [first] of arrayElements(file)) {
      if (first) return detectFormat([first.text.replaceAll('\n', ' ')], '.jsonl');
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
  return 'rows';
}

/** Reads the first lines: at least one whole line, unless it is longer than any record. */
export async function readHead(file: FileHandle, fileBytes: number): Promise<DatasetHead> {
  let head = Buffer.alloc(0);
  do {
    const more = Buffer.alloc(Math.min(step, fileBytes - head.length));
    const { bytesRead } = await file.read(more, 0, more.length, head.length);
    if (bytesRead === 0) break;
    head = Buffer.concat([head, more.subarray(0, bytesRead)]);
  } while (!head.includes(10) && head.length < Math.min(fileBytes, keptLineBytes));
  const notText = binaryReason(head);
  if (notText !== undefined) return { lines: [], notText };
  const isWhole = head.length >= fileBytes;
  const last = isWhole ? head.length : head.lastIndexOf(10) + 1 || head.length;
  const text = head.toString('utf8', 0, last).replace(/^\ufeff/, '');
  return {
    lines: text
      .split('\n', linesWanted * 5)
      .filter(isNotBlank)
      .slice(0, linesWanted),
  };
}

const isNotBlank = (line: string) => line.trim() !== '';

/** Recognises UTF-16 and compressed or other binary files; JSON never holds a zero byte. */
function binaryReason(head: Buffer): string | undefined {
  const [first, second, third, fourth] = head;
  const start = head.toString('latin1', 0, 4);
  const isUtf16 =
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (first !== 0 && second === 0 && third !== 0 && fourth === 0) ||
    (first === 0 && second !== 0 && third === 0 && fourth !== 0);
  if (isUtf16 && head.length >= 2) {
    return l10n.t('The file is UTF-16 text. Save it as UTF-8 without a byte order mark.');
  }
  if (first === 0x1f && second === 0x8b) {
    return l10n.t('The file is compressed with gzip. Decompress it first (gunzip).');
  }
  if (first === 0x50 && second === 0x4b && (third ?? 0) < 8) {
    return l10n.t(
      'The file is a ZIP archive or a spreadsheet. Extract it, or export it as CSV or JSONL.',
    );
  }
  if (start === 'PAR1') {
    return l10n.t('The file is Parquet. Export it as JSONL or CSV.');
  }
  // A stray zero byte in a JSONL file is the problem of its line.
  if (head.subarray(0, 65_536).includes(0) && !/^(\xef\xbb\xbf)?\{/.test(start)) {
    return l10n.t('The file is not text. Choose a JSONL or CSV file in UTF-8.');
  }
  return undefined;
}
