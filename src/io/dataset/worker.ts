import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../core/errors.js';
import { CheckRunner, type CheckTask, type TaskReply } from './checkTasks.js';
import type { CheckContext } from './rangeChecker.js';

/** Entry of the dataset worker: one dataset a worker, one task at a time. */
function serve(port: NonNullable<typeof parentPort>): void {
  let runner: CheckRunner | undefined;
  port.on('message', (task: CheckTask) => {
    let reply: TaskReply;
    try {
      runner ??= new CheckRunner(workerData as CheckContext);
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
