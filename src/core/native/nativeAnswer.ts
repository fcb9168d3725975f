import { addUsage, answerParts, type AnswerParts } from '../answers/modelAnswer.js';
import type { Answer, Timing, Usage } from '../converse/types.js';
import { addParts } from './chunkParts.js';
import type { NativeGuard } from './nativeGuard.js';
import type { Failure } from '../errors.js';
import type { InvokeResponse, InvokeStreamEvent } from '../converse/runtimeApi.js';

/** What InvokeModel gave so far, or gave in the end. */
export interface NativeAnswer extends NativeGuard, AnswerParts {
  readonly modelId: string;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly headers: Readonly<Record<string, string>>;
  readonly httpStatus?: number;
  /** The text a person sees of it. */
  readonly text: string;
  /** The body, or the chunks, one a line. */
  readonly raw: string;
  readonly stopReason?: string;
  readonly usage?: Usage;
  readonly timing?: Timing;
  readonly failure?: Failure;
}

/** An answer nothing of which is there yet. */
export function waitingNative(modelId: string): NativeAnswer {
  return { modelId, status: 'running', headers: {}, text: '', raw: '' };
}

/** The answer after one more event of a stream. */
export function reduceNative(answer: NativeAnswer, event: InvokeStreamEvent): NativeAnswer {
  switch (event.type) {
    case 'headers':
      return { ...answer, headers: event.headers };
    case 'chunk': {
      const lineBreak = answer.raw === '' ? '' : '\n';
      const raw = `${answer.raw}${lineBreak}${event.json}`;
      const { text, stopReason, guardrailAction, trace } = event;
      const usage = addUsage(answer.usage, event.usage);
      return {
        ...answer,
        text: answer.text + text,
        raw,
        ...addParts(answer, event),
        ...(stopReason && { stopReason }),
        ...(guardrailAction && { guardrailAction }),
        ...(trace && { trace }),
        ...(usage && { usage }),
      };
    }
    case 'metrics': {
      const { latencyMs } = event;
      const usage = addUsage(answer.usage, event.usage);
      const timing = latencyMs === undefined ? undefined : { latencyMs };
      return { ...answer, ...(usage && { usage }), ...(timing && { timing }) };
    }
    case 'timing': {
      const { totalMs, firstTokenMs } = event;
      const first = firstTokenMs === undefined ? {} : { firstTokenMs };
      return { ...answer, timing: { ...answer.timing, totalMs, ...first } };
    }
  }
}

/** The answer of a call that did not stream; `raw` is its body as people want to see it. */
export function nativeFromResponse(
  modelId: string,
  response: InvokeResponse,
  raw = response.body,
): NativeAnswer {
  const { text = '', headers, status, stopReason, usage, timing } = response;
  const { guardrailAction, trace } = response;
  return {
    modelId,
    status: 'done',
    headers,
    httpStatus: status,
    text,
    raw,
    ...answerParts(response),
    timing,
    ...(stopReason && { stopReason }),
    ...(usage && { usage }),
    ...(guardrailAction && { guardrailAction }),
    ...(trace && { trace }),
  };
}

/** The answer's footer: the same facts as a Converse answer has. */
export function nativeFacts(answer: NativeAnswer): Answer {
  const { modelId, status, usage, timing, failure, trace } = answer;
  // A body says it in a member of its own; for people it is the reason, as it is in Converse.
  const isGuarded = answer.guardrailAction === 'INTERVENED';
  const stopReason = isGuarded ? 'guardrail_intervened' : answer.stopReason;
  return {
    modelId,
    time: '',
    status: status === 'running' ? 'done' : status,
    ...(stopReason && { stopReason }),
    ...(usage && { usage }),
    ...(timing && { timing }),
    ...(trace && { trace }),
    ...(failure && { error: { kind: failure.kind, message: failure.message } }),
  };
}
