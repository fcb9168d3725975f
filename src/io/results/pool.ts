import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { throwIfAborted } from '../../core/async.js';
import { AppError } from '../../core/errors.js';
import { scanSegment, type Segment, type SegmentRows } from './segment.js';

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
  readonly signal?: AbortSignal | undefined;
}

/**
 * Scans the segments in order. This thread begins at once; where a worker can be started it takes
 * part as soon as it is up, so small files never wait for it.
 */
export async function scanSegments(
  segments: readonly Segment[],
  options: ScanOptions,
): Promise<void> {
  const { signal, onRows, onSegment, startWorker } = options;
  let next = 0;
  const lane = async (scan: (segment: Segment, index: number) => Promise<void>) => {
    while (next < segments.length) {
      throwIfAborted(signal);
      const index = next++;
      await scan(segments[index] as Segment, index);
      onSegment(index);
    }
  };
  const worker = startWorker && segments.length > 2 ? startWorker() : undefined;
  const ended = new AbortController();
  const helper = worker && help(worker, ended.signal, lane, options);
  // Awaited below; until then a failure of it must not count as nobody's.
  helper?.catch(() => undefined);
  try {
    await lane(async (segment, index) => {
      for await (const rows of scanSegment(segment, signal)) onRows(index, rows);
    });
    ended.abort();
    await helper;
  } finally {
    ended.abort();
    void worker?.terminate();
  }
}

/** Runs a lane in the worker from when it is up; a worker that does not start is done without. */
async function help(
  worker: Worker,
  ended: AbortSignal,
  lane: (scan: (segment: Segment, index: number) => Promise<void>) => Promise<void>,
  options: ScanOptions,
): Promise<void> {
  const isUp = await once(worker, 'online', { signal: ended }).then(
    () => true,
    () => false,
  );
  if (isUp) await lane((segment, index) => scanInWorker(worker, segment, index, options));
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
      settle(
        new AppError('internal', l10n.t('Reading the results stopped early. Open them again.')),
      );
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
