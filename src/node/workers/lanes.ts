import { throwIfAborted } from '../../core/async.js';
import { AppError } from '../../core/errors.js';
import type { Disposable } from '../../core/lifecycle.js';

/** What is done with tasks that belong together. */
export interface OrderedWork<Lane, Task, Result> {
  readonly run: (lane: Lane, task: Task) => Promise<Result>;
  /** Given the results one at a time, in the order of the tasks. */
  readonly take: (result: Result, task: Task) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Gives each lane the next task as soon as it is free. */
export async function runInOrder<Lane, Task, Result>(
  lanes: readonly Lane[],
  tasks: readonly Task[],
  { run, take, signal }: OrderedWork<Lane, Task, Result>,
): Promise<void> {
  const waiting = new Map<number, { readonly result: Result }>();
  let next = 0;
  let taken = 0;
  let taking = Promise.resolve();
  const takeReady = async () => {
    for (let ready = waiting.get(taken); ready; ready = waiting.get(taken)) {
      waiting.delete(taken);
      await take(ready.result, tasks[taken++] as Task);
    }
  };
  await Promise.all(
    lanes.map(async (lane) => {
      for (let index = next++; index < tasks.length; index = next++) {
        throwIfAborted(signal);
        waiting.set(index, { result: await run(lane, tasks[index] as Task) });
        taking = taking.then(takeReady);
        await taking;
        throwIfAborted(signal);
      }
    }),
  );
}

/**
 * Does the work and disposes the lanes; an abort ends both at once.
 * @throws AppError `cancelled`.
 */
export async function useLanes(
  lanes: readonly Disposable[],
  work: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = abortRace(signal);
  const working = work();
  try {
    await Promise.race([working, stop.aborted]);
  } finally {
    stop.dispose();
    for (const lane of lanes) lane.dispose();
    // Nothing may be written after this returns, so a stopped lane's last step is waited for.
    await Promise.allSettled([working]);
  }
}

/** A promise that rejects when the signal fires, for as long as it is not disposed. */
function abortRace(signal: AbortSignal | undefined) {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(new AppError('cancelled', 'Cancelled.', { cause: signal?.reason }));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  return {
    aborted,
    dispose: () => signal?.removeEventListener('abort', onAbort),
  };
}
