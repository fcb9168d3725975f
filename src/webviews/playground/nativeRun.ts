import { signal } from '@preact/signals';
import type { Timing, Usage } from '../../core/converse/types.js';
import { isCancelled } from '../../core/errors.js';
import type { NativeEvent, NativeRequest, RunFailure } from '../../features/playground/contract.js';
import { fill, host, strings } from './page.js';
import { announcement, reportProblem, save } from './store.js';

/** A native answer so far. */
export interface NativeAnswer {
  readonly modelId: string;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly headers: Readonly<Record<string, string>>;
  readonly httpStatus?: number;
  /** The text a person sees of it. */
  readonly text: string;
  /** The body, or the chunks, one a line. */
  readonly raw: string;
  readonly usage?: Usage;
  readonly timing?: Timing;
  readonly failure?: RunFailure;
}

export const nativeAnswer = signal<NativeAnswer | undefined>(undefined);
let controller: AbortController | undefined;

/** Sends the body as it is: a paid call, never repeated by itself. */
export async function invoke(request: NativeRequest): Promise<void> {
  controller?.abort();
  const own = new AbortController();
  controller = own;
  await save();
  let answer: NativeAnswer = {
    modelId: request.modelId,
    status: 'running',
    headers: {},
    text: '',
    raw: '',
  };
  nativeAnswer.value = answer;
  let frame = 0;
  const show = () => {
    frame = 0;
    if (controller === own) nativeAnswer.value = answer;
  };
  try {
    for await (const event of host.invoke(request, own.signal)) {
      answer = take(answer, event);
      if (frame === 0) frame = requestAnimationFrame(show);
    }
    if (answer.status === 'running') answer = { ...answer, status: 'done' };
  } catch (error) {
    answer = { ...answer, status: 'stopped' };
    if (!isCancelled(error)) reportProblem(error);
  }
  cancelAnimationFrame(frame);
  show();
  announcement.value = answer.failure
    ? fill(strings.saidFailed, answer.failure.message)
    : fill(strings.saidDone, answer.text || answer.raw);
}

/** Ends the answer; what came is kept. */
export function stopNative(): void {
  controller?.abort();
}

function take(answer: NativeAnswer, event: NativeEvent): NativeAnswer {
  switch (event.type) {
    case 'headers':
      return { ...answer, headers: event.headers };
    case 'chunk':
      return {
        ...answer,
        text: answer.text + event.text,
        raw: `${answer.raw}${answer.raw === '' ? '' : '\n'}${event.json}`,
      };
    case 'metrics':
      return { ...answer, ...(event.usage && { usage: event.usage }) };
    case 'timing': {
      const { totalMs, firstTokenMs } = event;
      const first = firstTokenMs === undefined ? {} : { firstTokenMs };
      return { ...answer, timing: { totalMs, ...first } };
    }
    case 'response': {
      const { body, text = '', headers, status, usage, timing } = event.response;
      return {
        ...answer,
        text,
        headers,
        timing,
        httpStatus: status,
        raw: indented(body),
        ...(usage && { usage }),
      };
    }
    case 'failed':
      return { ...answer, status: 'failed', failure: event.failure };
  }
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    // Not JSON: shown as it came.
    return body;
  }
}
