import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { AppError, type ErrorKind } from '../../core/errors.js';
import type { Disposable } from '../../core/lifecycle.js';
import { currentTranslations, type Translations } from '../../core/translation.js';

/** The kinds of work a lane does: what each is given and what it gives. Both are posted as they are. */
export type Tasks<T> = {
  readonly [K in keyof T]: { readonly task: unknown; readonly result: unknown };
};

/** Does the work, in whichever thread it is made. */
export type TaskRunner<T extends Tasks<T>> = Disposable & {
  readonly tasks: { readonly [K in keyof T]: (task: T[K]['task']) => T[K]['result'] };
};

/** One thread that works on one task at a time, or this thread under the same roof. */
export interface TaskLane<T extends Tasks<T>> extends Disposable {
  run<K extends keyof T & string>(kind: K, task: T[K]['task']): Promise<T[K]['result']>;
}

/** How a thread is made. */
export interface ThreadOptions<Start> {
  /** The built program, which calls `serveTasks`. */
  readonly program: URL;
  /** For the debugger. */
  readonly name: string;
  /** What its runner is made from. */
  readonly start: Start;
  /** Large buffers of a task that are handed over instead of copied. */
  readonly transferOf?: (task: unknown) => ArrayBuffer[];
}

/** What a thread is started with. */
export interface ThreadStart<Start> {
  readonly start: Start;
  readonly translations: Translations | undefined;
}

/** What is posted to a thread. */
export interface TaskMessage {
  readonly kind: string;
  readonly task: unknown;
}

/** A thread's answer: a result, or an error without its class. */
export type TaskReply =
  | { readonly result: unknown; readonly error?: undefined }
  | { readonly error: { readonly kind: ErrorKind; readonly message: string } };

/** Runs tasks at once, in this thread: for files too small to be worth a thread. */
export function inlineLane<T extends Tasks<T>>(runner: TaskRunner<T>): TaskLane<T> {
  return {
    run: (kind, task) => {
      const { [kind]: work } = runner.tasks;
      return Promise.resolve(work(task));
    },
    dispose: () => {
      runner.dispose();
    },
  };
}

/** A worker thread. Disposing ends it at once, whatever it does. */
export function threadLane<T extends Tasks<T>, Start>(options: ThreadOptions<Start>): TaskLane<T> {
  const { program, name, start, transferOf = () => [] } = options;
  const worker = new Worker(program, {
    workerData: { start, translations: currentTranslations() } satisfies ThreadStart<Start>,
    name,
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
    fail(new AppError('internal', l10n.t('The thread that reads the file ended. Try again.')));
  });
  return {
    async run(kind, task) {
      if (failure) throw failure;
      const reply = await new Promise<TaskReply>((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage({ kind, task } satisfies TaskMessage, transferOf(task));
      });
      if (reply.error) throw new AppError(reply.error.kind, reply.error.message);
      return reply.result;
    },
    dispose: () => void worker.terminate(),
  };
}
