import type { Worker } from 'node:worker_threads';
import { throwIfAborted } from '../core/async.js';
import { AppError } from '../core/errors.js';
import { scanSegment, type Segment, type SegmentRows } from './resultIndexSegment.js';

/** Starts a thread that runs `resultIndexWorker`. */
export type StartWorker = () => Worker;

/** A worker's messages: rows of the segment it works on, then `done` or `error`. */
export type WorkerReply =
  { readonly rows: SegmentRows } | { readonly done: true } | { readonly error: string };

export interface ScanOptions {
  readonly onRows: (segment: number, rows: SegmentRows) => void;
  readonly onSegment: (segment: number) => void;
  /** Absent: everything is scanned on this thread, a chunk at a time. */
  readonly startWorker?: StartWorker | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Scans the segments in order, as many at a time as there are threads. */
export async function scanSegments(
  segments: readonly Segment[],
  options: ScanOptions,
): Promise<void> {
  let next = 0;
  const lane = async (scan: (segment: Segment, index: number) => Promise<void>) => {
    while (next < segments.length) {
      throwIfAborted(options.signal);
      const index = next++;
      await scan(segments[index] as Segment, index);
      options.onSegment(index);
    }
  };
  const { startWorker } = options;
  if (!startWorker) {
    await lane(async (segment, index) => {
      for await (const rows of scanSegment(segment, options.signal)) options.onRows(index, rows);
    });
    return;
  }
  const lanes = Array.from(
    { length: Math.min(options.threads ?? 2, segments.length) },
    async () => {
      const worker = startWorker();
      try {
        await lane((segment, index) => scanInWorker(worker, segment, index, options));
      } finally {
        await worker.terminate();
      }
    },
  );
  // All lanes are waited for, so that no thread outlives a failure of another.
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}

function scanInWorker(
  worker: Worker,
  segment: Segment,
  index: number,
  options: ScanOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      worker.off('message', onMessage);
      worker.off('error', settle);
      worker.off('exit', onExit);
      options.signal?.removeEventListener('abort', onAbort);
      if (error) reject(error);
      else resolve();
    };
    const onMessage = (reply: WorkerReply) => {
      if ('rows' in reply) options.onRows(index, reply.rows);
      else if ('error' in reply) settle(new AppError('internal', reply.error));
      else settle();
    };
    const onExit = () => {
      settle(new AppError('internal', 'Reading the results stopped early. Open them again.'));
    };
    const onAbort = () => {
      settle(new AppError('cancelled', 'Cancelled.'));
    };
    worker.on('message', onMessage);
    worker.on('error', settle);
    worker.on('exit', onExit);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(segment);
  });
}
