import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import type { Disposable } from '../../core/lifecycle.js';
import { currentTranslations, type Translations } from '../../core/translation.js';
import { CheckRunner, type CheckTask, type TaskReply, type TaskResults } from './checkTasks.js';
import type { CheckContext } from './rangeChecker.js';

/** One thread that checks, or this thread under the same roof. */
export interface TaskLane extends Disposable {
  run<T extends CheckTask>(task: T): Promise<TaskResults[T['kind']]>;
}

/** What a worker thread starts with. */
export interface WorkerStart {
  readonly context: CheckContext;
  readonly translations: Translations | undefined;
}

// A thread cannot run TypeScript: from source, without a built worker, all work stays in this one.
let workerUrl = import.meta.url.endsWith('.ts')
  ? undefined
  : new URL('./worker.js', import.meta.url);

/** Says where the built worker is, for a bundle that does not have `worker.js` beside it. */
export function setDatasetWorker(url: URL | undefined): void {
  workerUrl = url;
}

/** Runs tasks at once, in this thread: for files too small to be worth a thread. */
export function inlineLane(context: CheckContext): TaskLane {
  const runner = new CheckRunner(context);
  return {
    run: (task) => Promise.resolve(runner.run(task) as never),
    dispose: () => {
      runner.dispose();
    },
  };
}

/** Up to `count` worker threads, or this thread where there is no built worker. */
export function workerLanes(context: CheckContext, count: number): TaskLane[] {
  const url = workerUrl;
  if (!url) return [inlineLane(context)];
  return Array.from({ length: count }, () => workerLane(context, url));
}

/** A worker thread for one dataset. Disposing ends it at once, whatever it does. */
function workerLane(context: CheckContext, url: URL): TaskLane {
  const worker = new Worker(url, {
    workerData: { context, translations: currentTranslations() } satisfies WorkerStart,
    name: 'bedrock-dataset',
    // Next to nothing lives on the heap; small generations keep the thread's memory small.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  let waiting: { resolve(reply: TaskReply): void; reject(error: Error): void } | undefined;
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
    waiting?.reject(error);
  };
  worker.on('message', (reply: TaskReply) => waiting?.resolve(reply));
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new AppError('internal', l10n.t('The thread that checks the file ended. Try again.')));
  });
  return {
    async run(task) {
      if (failure) throw failure;
      const reply = await new Promise<TaskReply>((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage(task, transferOf(task));
      });
      if (reply.error) throw new AppError(reply.error.kind, reply.error.message);
      return reply.result as never;
    },
    dispose: () => void worker.terminate(),
  };
}

/** The ids are handed over, not copied: nobody else needs them any more. */
function transferOf(task: CheckTask): ArrayBuffer[] {
  if (task.kind === 'range') return [];
  return task.blocks.flatMap((block) => ('bytes' in block ? [block.bytes] : []));
}
