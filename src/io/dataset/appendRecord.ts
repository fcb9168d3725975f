import { open, type FileHandle } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { parseRecord } from '../../core/batch/record.js';
import { AppError } from '../../core/errors.js';
import { detectBody, looksNative } from '../../core/models/bodies/registry.js';
import { fileError, fingerprintOf } from '../../node/files/fingerprint.js';
import { cutOff, textPieces, type TextPiece } from '../../node/lines/textPieces.js';

export interface AppendOptions {
  /** The record's line for the id it is given. */
  readonly toRecord: (recordId: string) => string;
  readonly signal?: AbortSignal;
  /** Bytes read, and of how many. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * Adds a Converse record as the last line of a JSONL file, which is made where it is missing. The file
 * is read as a stream and written at its end only: what was there is never touched, also by a kill in the
 * middle, which leaves a last line that the next call names.
 * @throws AppError `invalidInput` with the line that is no Converse record.
 */
export async function appendRecord(path: string, options: AppendOptions): Promise<void> {
  const { signal, onProgress } = options;
  const file = await open(path, 'a+').catch((error: unknown) => {
    throw fileError(error, path);
  });
  try {
    const { bytes } = await fingerprintOf(file, path);
    const pieces = textPieces(file, {
      ...(signal && { signal }),
      onRead: (read) => onProgress?.(read, bytes),
    });
    const recordId = await nextRecordId(pieces);
    const start = (await endsWithNewline(file, bytes)) ? '' : '\n';
    await file.writeFile(`${start}${options.toRecord(recordId)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function endsWithNewline(file: FileHandle, bytes: number): Promise<boolean> {
  if (bytes === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, bytes - 1);
  return buffer[0] === 0x0a;
}

/**
 * An id that no record of the dataset has: `playground-12` after `playground-11`.
 * @throws AppError `invalidInput` with the line that is no Converse record.
 */
export async function nextRecordId(
  pieces: AsyncIterable<TextPiece> | Iterable<TextPiece>,
): Promise<string> {
  let last = 0;
  for await (const { text, line } of pieces) {
    const lines = text.split('\n');
    for (const [index, each] of lines.entries()) {
      if (each.trim() === '') continue;
      // What follows a piece's last newline is the end of a file without one.
      const isUnended = index === lines.length - 1;
      const id = converseId(each, line + index, isUnended);
      last = Math.max(last, Number(/^playground-(\d{1,9})$/.exec(id ?? '')?.[1] ?? 0));
    }
  }
  return `playground-${last + 1}`;
}

function converseId(text: string, line: number, isUnended: boolean): string | undefined {
  const { record, code } = parseRecord(text);
  if (!record) {
    if (isUnended && code === 'notJson' && text.startsWith('{')) throw cutOff(line);
    throw new AppError(
      'invalidInput',
      l10n.t('Line {0} is not a record. Choose a JSONL file of Converse records.', line),
    );
  }
  const { recordId, modelInput } = record;
  const form = detectBody(modelInput);
  if (looksNative(modelInput) || (form !== undefined && form !== 'converse')) {
    throw new AppError(
      'invalidInput',
      l10n.t(
        "Line {0} is a model's own body, and a file holds one kind only. Choose a JSONL file of Converse records.",
        line,
      ),
    );
  }
  return recordId;
}
