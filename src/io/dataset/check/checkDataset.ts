import { open, type FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { throwIfAborted } from '../../../core/async.js';
import { detectFormat, targetOf } from '../../../core/batch/format.js';
import { shardsBetween } from '../../../core/batch/plan.js';
import { problem } from '../../../core/batch/problems.js';
import type { RecordTarget } from '../../../core/batch/record.js';
import type { DatasetCheck, Fingerprint, InvocationType } from '../../../core/batch/types.js';
import { DatasetSummary } from './datasetSummary.js';
import { readHead } from '../datasetHead.js';
import { assertUnchanged, fileError, fingerprintOf } from '../../../node/files/fingerprint.js';
import { countCsvRows } from '../../table/csvRows.js';
import { locateMarks } from './locateMarks.js';
import type { CheckContext } from './rangeChecker.js';
import type { ByteRange } from '../../../node/lines/rangeReader.js';
import { checkLanes, type CheckTasks } from './checkTasks.js';
import { runInOrder, useLanes } from '../../../node/workers/lanes.js';
import type { TaskLane } from '../../../node/workers/workerPool.js';

/** What to check against and how. */
export interface CheckOptions {
  /** Model, profile or ARN the records are meant for; without it only what is certain is checked. */
  readonly modelId?: string;
  readonly invocationType?: InvocationType;
  /** Ids of model rules that are switched off. */
  readonly disabledRules?: readonly string[];
  /** Problems to return; all are counted. Default 1000. */
  readonly problemLimit?: number;
  /** The built program that checks in a thread; without it all stays in this one. */
  readonly worker?: URL;
  /** Worker threads; default one a processor, at most 4. 0 stays in this thread. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytesRead: number, totalBytes: number) => void;
  /** For tests: bytes of a range. */
  readonly rangeBytes?: number;
}

/** Below this a file is checked before a thread would have started. */
const inlineBytes = 4_000_000;
const defaultRangeBytes = 8 << 20;

/**
 * Reads a whole dataset and says what it is, what is wrong with it and how it is split into jobs.
 * Takes constant memory; large files are read by worker threads.
 * @throws AppError `notFound`, `accessDenied`, `invalidInput` (folder, changed meanwhile), `cancelled`.
 */
export async function checkDataset(
  path: string,
  options: CheckOptions = {},
): Promise<DatasetCheck> {
  throwIfAborted(options.signal);
  const file = await openDataset(path);
  try {
    const fingerprint = await fingerprintOf(file, path);
    const check = await checkOpenFile({ path, file, fingerprint, options });
    assertUnchanged(fingerprint, await fingerprintOf(path, path), path);
    return check;
  } finally {
    await file.close();
  }
}

async function openDataset(path: string): Promise<FileHandle> {
  // Looked at first: opening a named pipe would wait for a writer.
  await fingerprintOf(path, path);
  try {
    return await open(path, 'r');
  } catch (error) {
    throw fileError(error, path);
  }
}

interface OpenDataset {
  readonly path: string;
  readonly file: FileHandle;
  readonly fingerprint: Fingerprint;
  readonly options: CheckOptions;
}

async function checkOpenFile(dataset: OpenDataset): Promise<DatasetCheck> {
  const { path, file, fingerprint, options } = dataset;
  const head = await readHead(file, fingerprint.bytes);
  const problemLimit = options.problemLimit ?? 1000;
  if (head.notText !== undefined) {
    const summary = new DatasetSummary('unknown', problemLimit);
    summary.problems.add(problem('notUtf8', 0, head.notText));
    return summary.finish(fingerprint, {});
  }
  const format = detectFormat(head.lines, extname(path));
  const target = format === 'bedrock' ? targetFor(head.lines, options) : {};
  const summary = new DatasetSummary(format, problemLimit);
  // Its lines are not records: what is in them says nothing.
  if (format === 'json-array') return summary.finish(fingerprint, target);
  if (format === 'csv') {
    summary.addCsv(await countCsvRows(path, options.signal));
    return summary.finish(fingerprint, target);
  }
  const context: CheckContext = {
    path,
    fileBytes: fingerprint.bytes,
    format,
    target,
    problemLimit,
    hashSeed: Math.trunc(Math.random() * 2 ** 32) | 0,
  };
  try {
    await readRanges(context, summary, options);
    const places = await locateMarks(file, summary.planMarks(fingerprint.bytes));
    return summary.finish(fingerprint, target, shardsBetween(places));
  } finally {
    await summary.dispose();
  }
}

/** What the records are checked against, with the model itself: some refuse what their family takes. */
function targetFor(
  lines: readonly string[],
  options: Pick<CheckOptions, 'modelId' | 'invocationType' | 'disabledRules'>,
): RecordTarget {
  const { modelId, disabledRules } = options;
  return {
    ...targetOf(lines, options),
    ...(modelId !== undefined && { modelId }),
    ...(disabledRules !== undefined && { disabledRules }),
  };
}

/** Reads all ranges on the lanes, adds them in file order, and looks for duplicate ids. */
async function readRanges(
  context: CheckContext,
  summary: DatasetSummary,
  options: CheckOptions,
): Promise<void> {
  const ranges = splitRanges(context.fileBytes, options.rangeBytes ?? defaultRangeBytes);
  const lanes = createLanes(context, ranges.length, options);
  const work = async () => {
    await runRanges(lanes, ranges, summary, options);
    const [lane] = lanes;
    if (lane) summary.addDuplicates(await lane.run('duplicates', summary.duplicateTask()));
  };
  await useLanes(lanes, work, options.signal);
}

function splitRanges(fileBytes: number, rangeBytes: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  for (let start = 0; start < fileBytes; start += rangeBytes) {
    ranges.push({ start, end: Math.min(fileBytes, start + rangeBytes) });
  }
  return ranges;
}

function createLanes(
  context: CheckContext,
  ranges: number,
  options: CheckOptions,
): TaskLane<CheckTasks>[] {
  const asked = options.workers ?? Math.min(4, availableParallelism());
  if (context.fileBytes === 0) return [];
  const isSmall = options.workers === undefined && context.fileBytes < inlineBytes;
  return checkLanes(context, isSmall ? 0 : Math.min(asked, ranges), options.worker);
}

async function runRanges(
  lanes: readonly TaskLane<CheckTasks>[],
  ranges: readonly ByteRange[],
  summary: DatasetSummary,
  options: CheckOptions,
): Promise<void> {
  const total = ranges.at(-1)?.end ?? 0;
  let bytesRead = 0;
  await runInOrder(lanes, ranges, {
    run: async (lane, range) => {
      const result = await lane.run('range', range);
      bytesRead += range.end - range.start;
      options.onProgress?.(bytesRead, total);
      return result;
    },
    take: (result) => summary.addRange(result),
    signal: options.signal,
  });
}
