import { createReadStream } from 'node:fs';
import { batchLimits } from '../../core/batch/types.js';
import { isObject } from '../http/body.js';
import type { ObjectStore } from '../s3/objectStore.js';

/** A run of whole lines of an input file. */
export interface Block {
  readonly start: number;
  readonly end: number;
}

/** One input file as Validating found it. */
export interface InputFile {
  readonly key: string;
  readonly file: string;
  /** Name of its output below the job's folder. */
  readonly outputName: string;
  readonly bytes: number;
  readonly records: number;
  readonly blocks: readonly Block[];
}

/** Input that passed Validating, or the message the job fails with. */
export type InputCheck = { readonly files: readonly InputFile[] } | { readonly failure: string };

const blockLines = 512;
const blockBytes = 4 << 20;
const newline = 0x0a;

/** Splits `s3://bucket/key`. */
export function splitS3Uri(uri: string): { bucket: string; key: string } {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri);
  return { bucket: match?.[1] ?? '', key: match?.[2] ?? '' };
}

/** Does what Bedrock does in Validating: finds the files, reads every line, counts, checks quotas. */
export async function checkInput(
  objects: ObjectStore,
  uri: string,
  signal: AbortSignal,
): Promise<InputCheck> {
  const found = await findFiles(objects, uri);
  if (found.length === 0) {
    return {
      failure: `No .jsonl input files were found at ${uri}. Provide an S3 URI of a JSONL file or of a folder with JSONL files.`,
    };
  }
  const jobBytes = found.reduce((sum, { size }) => sum + size, 0);
  if (jobBytes > batchLimits.maxJobBytes) {
    return {
      failure: `The size of the batch job (${jobBytes} bytes) exceeds the maximum of ${batchLimits.maxJobBytes} bytes.`,
    };
  }
  const files: InputFile[] = [];
  for (const object of found) {
    const scanned = await scanFile(object, signal);
    if ('failure' in scanned) return scanned;
    files.push(scanned);
  }
  const records = files.reduce((sum, file) => sum + file.records, 0);
  if (records < batchLimits.minRecordsPerJob) {
    return {
      failure: `Batch job contains less records (${records}) than the required minimum of: ${batchLimits.minRecordsPerJob}`,
    };
  }
  if (records > batchLimits.maxRecordsPerJob) {
    return {
      failure: `Batch job contains more records (${records}) than the allowed maximum of: ${batchLimits.maxRecordsPerJob}`,
    };
  }
  return { files };
}

interface FoundFile {
  readonly key: string;
  readonly file: string;
  readonly size: number;
  readonly outputName: string;
}

async function findFiles(objects: ObjectStore, uri: string): Promise<FoundFile[]> {
  const { bucket, key } = splitS3Uri(uri);
  if (!(await objects.hasBucket(bucket))) return [];
  const single = key === '' || key.endsWith('/') ? undefined : await objects.find(bucket, key);
  if (single !== undefined) {
    if (!key.endsWith('.jsonl')) return [];
    const { file, size } = single;
    return [{ key, file, size, outputName: `${key.slice(key.lastIndexOf('/') + 1)}.out` }];
  }
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  const below = await objects.keysBelow(bucket, prefix);
  return below
    .filter((object) => object.key.endsWith('.jsonl'))
    .map((object) => ({
      key: object.key,
      file: object.file,
      size: object.size,
      outputName: `${object.key.slice(prefix.length)}.out`,
    }));
}

async function scanFile(
  found: FoundFile,
  signal: AbortSignal,
): Promise<InputFile | { failure: string }> {
  const { key, file, size, outputName } = found;
  if (size > batchLimits.maxFileBytes) {
    return {
      failure: `The size of input file ${key} (${size} bytes) exceeds the maximum of ${batchLimits.maxFileBytes} bytes.`,
    };
  }
  const blocks: Block[] = [];
  let records = 0;
  let start = 0;
  let lines = 0;
  let lineNumber = 0;
  for await (const { text, end } of readLines(file, signal)) {
    lineNumber++;
    if (text.trim() !== '') {
      const problem = recordProblem(text);
      if (problem !== undefined)
        return { failure: `Input file ${key} is not valid: ${problem} at line ${lineNumber}.` };
      records++;
    }
    lines++;
    if (lines >= blockLines || end - start >= blockBytes) {
      blocks.push({ start, end });
      start = end;
      lines = 0;
    }
  }
  if (size > start) blocks.push({ start, end: size });
  return { key, file, outputName, bytes: size, records, blocks };
}

function recordProblem(text: string): string | undefined {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return 'a line is not valid JSON';
    throw error;
  }
  if (!isObject(record)) return 'a record is not a JSON object';
  if (!('modelInput' in record)) return 'a record has no modelInput';
  return isObject(record['modelInput']) ? undefined : 'modelInput is not a JSON object';
}

/** Lines of a file with the offset after each; a line is held whole, the file never. */
async function* readLines(
  file: string,
  signal: AbortSignal,
): AsyncGenerator<{ text: string; end: number }> {
  let held: Buffer[] = [];
  let offset = 0;
  const stream = createReadStream(file, { highWaterMark: 1 << 20, signal });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const part = chunk.subarray(from, at);
      const text =
        held.length === 0 ? part.toString('utf8') : Buffer.concat([...held, part]).toString('utf8');
      held = [];
      from = at + 1;
      yield { text, end: offset + from };
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
    offset += chunk.length;
  }
  if (held.length > 0) yield { text: Buffer.concat(held).toString('utf8'), end: offset };
}
