import { batch, signal } from '@preact/signals';
import {
  type NativeAnswer,
  reduceNative,
  waitingNative,
} from '../../../core/native/nativeAnswer.js';
import type { NativeRequest } from '../../../features/playground/contract.js';
import { followRun } from '../../kit/follow.js';
import { announcement, fill } from '../../kit/page.js';
import { host, newId, strings } from '../page.js';
import { mostSaid } from '../runs.js';
import { change, reportProblem, save } from '../store.js';

/** The native answer that arrives; undefined where none does. */
export const liveNative = signal<NativeAnswer | undefined>(undefined);

let runId = '';

/** Sends the body as it is: a paid call, never repeated by itself. */
export async function invoke(native: NativeRequest): Promise<void> {
  // Before anything else: a double click is one call.
  if (liveNative.peek()) return;
  const own = newId();
  runId = own;
  liveNative.value = waitingNative(native.modelId);
  await save();
  try {
    await host.startNative({ runId: own, native });
  } catch (error) {
    liveNative.value = undefined;
    reportProblem(error);
    return;
  }
  await followNative(own);
}

/** Shows the native answer as it arrives, to its end. */
export async function followNative(followed: string): Promise<void> {
  runId = followed;
  try {
    const end = await followRun(host.followNative({ runId }), {
      waiting: waitingNative(''),
      reduce: reduceNative,
      show: (answer) => {
        liveNative.value = answer;
      },
    });
    if (end) finish(end);
  } catch (error) {
    reportProblem(error);
  } finally {
    liveNative.value = undefined;
  }
}

function finish(nativeAnswer: NativeAnswer): void {
  batch(() => {
    change((document) => ({ ...document, nativeAnswer }));
    liveNative.value = undefined;
    const { failure, text, raw } = nativeAnswer;
    announcement.value = failure
      ? fill(strings.saidFailed, failure.message)
      : fill(strings.saidDone, (text || raw).slice(0, mostSaid));
  });
}

/** Ends the answer; what came is kept. */
export function stopNative(): void {
  host.stop({ runId }).catch(reportProblem);
}
