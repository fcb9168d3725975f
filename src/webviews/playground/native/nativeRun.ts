import { batch, signal } from '@preact/signals';
import { isCancelled } from '../../../core/errors.js';
import {
  type NativeAnswer,
  reduceNative,
  waitingNative,
} from '../../../core/native/nativeAnswer.js';
import type { NativeRequest } from '../../../features/playground/contract.js';
import { fill, host, strings } from '../page.js';
import { mostSaid } from '../runs.js';
import { announcement, change, reportProblem, save } from '../store.js';

/** The native answer that arrives; undefined where none does. */
export const liveNative = signal<NativeAnswer | undefined>(undefined);

/** For a Stop while the playground is still being written down. */
let beforeSending = new AbortController();

/** Sends the body as it is: a paid call, never repeated by itself. */
export async function invoke(request: NativeRequest): Promise<void> {
  // Before anything else: a double click is one call.
  if (liveNative.peek()) return;
  beforeSending = new AbortController();
  const { signal: stopped } = beforeSending;
  liveNative.value = waitingNative(request.modelId);
  await save();
  if (stopped.aborted) {
    liveNative.value = undefined;
    return;
  }
  try {
    await host.startNative(request);
  } catch (error) {
    liveNative.value = undefined;
    reportProblem(error);
    return;
  }
  await followNative();
}

/** Shows the native answer as it arrives, to its end. */
export async function followNative(): Promise<void> {
  let answer: NativeAnswer | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    liveNative.value = answer;
  };
  try {
    for await (const event of host.followNative(undefined)) {
      if (event.type === 'end') {
        clearTimeout(timer);
        finish(event.answer);
        return;
      }
      if (event.type === 'state') answer = event.state;
      else if (answer) answer = event.events.reduce(reduceNative, answer);
      // Once a frame at most, however many chunks arrive.
      timer ??= setTimeout(show, 16);
    }
  } catch (error) {
    if (!isCancelled(error)) reportProblem(error);
  }
  clearTimeout(timer);
  liveNative.value = undefined;
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
  beforeSending.abort();
  host.stopNative(undefined).catch(reportProblem);
}
