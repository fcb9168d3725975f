import { parentPort } from 'node:worker_threads';
import { errorMessage } from '../../core/errors.js';
import type { WorkerReply } from './pool.js';
import { scanSegment, type Segment, type SegmentRows } from './segment.js';

/** Thread entry: takes segments one after the other and sends back their rows. */
parentPort?.on('message', (segment: Segment) => {
  void work(segment);
});

async function work(segment: Segment): Promise<void> {
  try {
    for await (const rows of scanSegment(segment)) reply({ rows }, buffersOf(rows));
    reply({ done: true });
  } catch (error) {
    reply({ error: errorMessage(error) });
  }
}

function reply(message: WorkerReply, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

function buffersOf(rows: SegmentRows): ArrayBuffer[] {
  const { offsets, lengths, hashLow, hashHigh, status, errorCode, lines } = rows;
  return [offsets, lengths, hashLow, hashHigh, status, errorCode, lines].map(
    (column) => column.buffer,
  );
}
