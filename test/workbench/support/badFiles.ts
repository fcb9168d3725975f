import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetFormat, ProblemCode } from '../../../src/core/batch/types.js';
import type { ErrorKind } from '../../../src/core/errors.js';
import { datasetText } from '../../support/datasets.js';

/** A file that cannot become a job. */
export interface BadFile {
  readonly name: string;
  /** Undefined where there is no such file, or a folder in its place. */
  readonly content: string | Uint8Array | undefined;
  readonly isFolder?: true;
  readonly format?: DatasetFormat;
  readonly records?: number;
  /** The first problem a check finds. */
  readonly problem?: { readonly line: number; readonly code: ProblemCode };
  /** How a submission is refused. */
  readonly kind: ErrorKind;
  readonly says: RegExp;
}

const lines = (record: (number: number) => object) =>
  Array.from({ length: 120 }, (_, index) => JSON.stringify(record(index + 1))).join('\n');

const whole = datasetText('anthropic');

/** One of each kind of file that people try. */
export const badFiles: readonly BadFile[] = [
  {
    name: 'empty.jsonl',
    content: '',
    format: 'empty',
    records: 0,
    problem: { line: 0, code: 'emptyFile' },
    kind: 'invalidInput',
    says: /no records/,
  },
  {
    name: 'few.jsonl',
    content: datasetText('anthropic', 99),
    format: 'bedrock',
    records: 99,
    problem: { line: 0, code: 'tooFewRecords' },
    kind: 'invalidInput',
    says: /99 records.*at least 100.*Add 1 more/,
  },
  {
    name: 'broken.jsonl',
    content: whole.replace('{"recordId":"record-58"', '{"recordId":record-58'),
    format: 'bedrock',
    records: 120,
    problem: { line: 58, code: 'notJson' },
    kind: 'invalidInput',
    says: /^Line 58: Not valid JSON at column 13/,
  },
  {
    name: 'utf16.jsonl',
    content: Buffer.from(`\ufeff${whole}`, 'utf16le'),
    format: 'unknown',
    records: 0,
    problem: { line: 0, code: 'notUtf8' },
    kind: 'invalidInput',
    says: /UTF-16.*Save it as UTF-8/,
  },
  {
    name: 'binary.jsonl',
    content: Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256),
    format: 'unknown',
    records: 0,
    problem: { line: 0, code: 'notUtf8' },
    kind: 'invalidInput',
    says: /not text/,
  },
  {
    name: 'twice.jsonl',
    content: whole.replace('"record-7"', '"record-3"'),
    format: 'bedrock',
    records: 120,
    problem: { line: 7, code: 'duplicateRecordId' },
    kind: 'invalidInput',
    says: /^Line 7: .*"record-3".*line 3/,
  },
  {
    name: 'table.csv',
    content: `id,text\n${Array.from({ length: 120 }, (_, index) => `${index},hello`).join('\n')}\n`,
    format: 'csv',
    records: 120,
    problem: { line: 0, code: 'plainRows' },
    kind: 'invalidInput',
    says: /table\.csv is a table\. Give a "template"/,
  },
  {
    name: 'openai.jsonl',
    content: lines((number) => ({
      custom_id: `request-${number}`,
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }], tools: [{}] },
    })),
    format: 'openai-batch',
    records: 120,
    problem: { line: 0, code: 'openAiBatch' },
    kind: 'invalidInput',
    says: /^Line 1: "tools" of the request cannot be converted/,
  },
  {
    name: 'rows.jsonl',
    content: lines((number) => ({ id: number, text: 'Hello' })),
    format: 'rows',
    records: 120,
    problem: { line: 0, code: 'plainRows' },
    kind: 'invalidInput',
    says: /rows\.jsonl is a table\. Give a "template"/,
  },
  {
    name: 'folder.jsonl',
    content: undefined,
    isFolder: true,
    kind: 'invalidInput',
    says: /is a folder/,
  },
  { name: 'missing.jsonl', content: undefined, kind: 'notFound', says: /does not exist/ },
];

/** Puts the file where it belongs and returns its path. */
export async function writeBadFile(folder: string, file: BadFile): Promise<string> {
  const path = join(folder, file.name);
  if (file.isFolder) await mkdir(path, { recursive: true });
  else if (file.content !== undefined) await writeFile(path, file.content);
  return path;
}
