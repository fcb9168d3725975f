import { availableParallelism } from 'node:os';
import { runInOrder, useLanes } from '../../node/workers/lanes.js';
import {
  inlineLane,
  type TaskLane,
  type TaskRunner,
  threadLane,
} from '../../node/workers/workerPool.js';
import { breathe } from './breathe.js';
import type { ResultRows } from './columns.js';
import { type IndexFile, type Segment, SegmentScanner, type SegmentRows } from './scanSegment.js';

/** Work on result files that may be done in another thread. */
export interface IndexTasks {
  readonly segment: { readonly task: Segment; readonly result: SegmentRows };
}

/** Where rows are. */
export interface RowsPlace {
  /** Index of the file. */
  readonly file: number;
  readonly linesBefore: number;
  /** Bytes of the file that they are from. */
  readonly bytes: number;
}

export interface ScanOptions {
  /** Called in the order of the files and of their lines. */
  readonly onRows: (rows: ResultRows, place: RowsPlace) => void;
  readonly worker?: URL | undefined;
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A few milliseconds of work, since this thread may do it. */
const segmentBytes = 4 << 20;
/** Scanned before anything else: the first rows are there when the page is. */
const firstBytes = 1 << 18;
/** Below this all is scanned before a thread would have started. */
const inlineBytes = 16 << 20;

/** Scans all files; the first rows come from this thread, those of large files from worker threads. */
export async function scanFiles(files: readonly IndexFile[], options: ScanOptions): Promise<void> {
  const [first, ...segments] = files.flatMap(({ bytes }, file) => segmentsOf(file, bytes));
  if (!first) return;
  const inline = inlineLane(createIndexRunner(files));
  const threads = startThreads(files, segments.length, options);
  const take = rowsInPlace(options);
  const run = async (lane: TaskLane<IndexTasks>, segment: Segment) => {
    const result = await lane.run('segment', segment);
    if (lane === inline) await breathe(options.signal);
    return result;
  };
  const work = async () => {
    take(await run(inline, first), first);
    const lanes = threads.length > 0 ? threads : [inline];
    await runInOrder(lanes, segments, { run, take, signal: options.signal });
  };
  await useLanes([inline, ...threads], work, options.signal);
}

/** Runs the tasks of a set of files, in whichever thread it is made. */
export function createIndexRunner(files: readonly IndexFile[]): TaskRunner<IndexTasks> {
  const scanner = new SegmentScanner(files);
  return {
    tasks: { segment: (segment) => scanner.scan(segment) },
    dispose: () => {
      scanner.dispose();
    },
  };
}

function startThreads(
  files: readonly IndexFile[],
  segments: number,
  { worker, workers }: ScanOptions,
): TaskLane<IndexTasks>[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const count = workers ?? (bytes < inlineBytes ? 0 : Math.min(4, availableParallelism()));
  if (!worker) return [];
  return Array.from({ length: Math.min(count, segments) }, () =>
    threadLane<IndexTasks, readonly IndexFile[]>({
      program: worker,
      name: 'bedrock-results',
      start: files,
    }),
  );
}

function segmentsOf(file: number, bytes: number): Segment[] {
  const segments: Segment[] = [];
  for (let start = 0; start < bytes;) {
    const size = file === 0 && start === 0 ? firstBytes : segmentBytes;
    const end = Math.min(bytes, start + size);
    segments.push({ file, start, end });
    start = end;
  }
  return segments;
}

/** Counts the lines before each segment, which come in order. */
function rowsInPlace({ onRows }: ScanOptions) {
  let current = 0;
  let linesBefore = 0;
  return ({ rows, lines }: SegmentRows, { file, start, end }: Segment) => {
    if (file !== current) linesBefore = 0;
    current = file;
    onRows(rows, { file, linesBefore, bytes: end - start });
    linesBefore += lines;
  };
}
