import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../core/errors.js';
import { useTranslations } from '../../core/translation.js';
import { CheckRunner, type CheckTask, type TaskReply } from './checkTasks.js';
import type { WorkerStart } from './workerPool.js';

/** Entry of the dataset worker: one dataset a worker, one task at a time. */
function serve(port: NonNullable<typeof parentPort>): void {
  const { context, translations } = workerData as WorkerStart;
  useTranslations(translations);
  let runner: CheckRunner | undefined;
  port.on('message', (task: CheckTask) => {
    let reply: TaskReply;
    try {
      runner ??= new CheckRunner(context);
      reply = { result: runner.run(task) };
    } catch (error) {
      const { kind, message } = toAppError(error);
      reply = { error: { kind, message } };
    }
    port.postMessage(reply, transferOf(reply));
  });
}

/** The one large thing in a reply is handed over instead of copied. */
function transferOf({ result }: TaskReply): ArrayBuffer[] {
  return result && 'ids' in result ? [result.ids.bytes] : [];
}

if (parentPort) serve(parentPort);
