import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../core/errors.js';
import { useTranslations } from '../../core/translation.js';
import type { TaskMessage, TaskReply, TaskRunner, Tasks, ThreadStart } from './workerPool.js';

/**
 * A thread's own side of `threadLane`: makes the runner with the first task, one task at a time.
 * `transferOf` names the large buffers of a result that are handed over instead of copied.
 */
export function serveTasks<T extends Tasks<T>>(
  create: (start: never) => TaskRunner<T>,
  transferOf: (result: T[keyof T]['result']) => ArrayBuffer[],
): void {
  const port = parentPort;
  if (!port) return;
  const { start, translations } = workerData as ThreadStart<never>;
  useTranslations(translations);
  let runner: TaskRunner<T> | undefined;
  port.on('message', ({ kind, task }: TaskMessage) => {
    try {
      runner ??= create(start);
      const { tasks } = runner;
      const result = tasks[kind as keyof T](task);
      port.postMessage({ result } satisfies TaskReply, transferOf(result));
    } catch (error) {
      const { kind: why, message } = toAppError(error);
      port.postMessage({ error: { kind: why, message } } satisfies TaskReply);
    }
  });
}
