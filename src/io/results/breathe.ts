import { setImmediate } from 'node:timers/promises';
import { throwIfAborted } from '../../core/async.js';

/** Rows that take a few milliseconds to work on. */
export const rowsAtOnce = 1 << 16;

/** Lets the other work of this thread have its turn. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await setImmediate();
  throwIfAborted(signal);
}
