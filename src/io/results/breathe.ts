import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../../core/async.js';

/** Rows that take about a millisecond to work on. */
export const rowsAtOnce = 1 << 14;

/** Lets the other work of this thread have its turn. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await setImmediate();
  throwIfAborted(signal);
}
