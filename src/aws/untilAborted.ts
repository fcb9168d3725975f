import { AppError } from '../core/errors.js';

function cancelled(signal: AbortSignal): AppError {
  return new AppError('cancelled', 'Cancelled.', { cause: signal.reason });
}

/** The promise, or `cancelled` the moment the signal fires, whatever the promise does then. */
export async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return work;
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(cancelled(signal));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/**
 * The items of a stream until the signal fires: then it throws `cancelled` at once and leaves the
 * source behind, which ends by the same signal in its own time.
 */
export async function* itemsUntilAborted<T>(
  source: AsyncIterable<T> | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (!source) return;
  const iterator = source[Symbol.asyncIterator]();
  let fail: ((error: AppError) => void) | undefined;
  const stop = () => {
    if (signal) fail?.(cancelled(signal));
  };
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      if (signal?.aborted) throw cancelled(signal);
      const result = await new Promise<IteratorResult<T>>((resolve, reject) => {
        fail = reject;
        iterator.next().then(resolve, reject);
      });
      if (result.done) return;
      yield result.value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // Not awaited: a source that hangs must not hold its reader. Its end is of no interest any more.
    void iterator.return?.().then(undefined, () => undefined);
  }
}
