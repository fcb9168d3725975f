import type { RuntimeApi } from '../../../core/converse/runtimeApi.js';
import type { StreamEvent } from '../../../core/converse/streamEvents.js';
import {
  type AnswerState,
  answerFromResponse,
  answerTurn,
  failAnswer,
  reduceStream,
  stopAnswer,
  waitingAnswer,
} from '../../../core/converse/streamReducer.js';
import type { ConverseRequest } from '../../../core/converse/wire.js';
import { type Failure, isCancelled, toFailure } from '../../../core/errors.js';
import type { StreamedCall } from '../../../core/streaming/streamedRuns.js';
import type { AnswerEnd } from '../contract.js';

/** One prompt to one model. */
export interface ConverseCall {
  readonly laneId: string;
  /** Id the answer's turn will have. */
  readonly turnId: string;
  readonly request: ConverseRequest;
  readonly isStreaming: boolean;
}

export interface ConverseCallPorts {
  readonly runtime: () => Promise<Pick<RuntimeApi, 'converse' | 'converseStream'>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly keep: (end: AnswerEnd) => Promise<void>;
}

/** A prompt as a run: its answer is the lane's next turn. */
export function converseCall(
  { laneId, turnId, request, isStreaming }: ConverseCall,
  { runtime, now, keep }: ConverseCallPorts,
): StreamedCall<AnswerState, StreamEvent, AnswerEnd> {
  const sent = now();
  let firstTokenMs: number | undefined;
  let failure: Failure | undefined;
  return {
    key: laneId,
    waiting: waitingAnswer,
    reduce: reduceStream,
    async make(signal, onEvent) {
      const api = await runtime();
      // Stopped before anything was sent: nothing is billed.
      signal.throwIfAborted();
      if (!isStreaming) return answerFromResponse(await api.converse(request, signal));
      for await (const event of api.converseStream(request, signal)) {
        if (isToken(event)) firstTokenMs ??= now() - sent;
        onEvent(event);
      }
      return undefined;
    },
    broken(state, error) {
      const timing = { ...(firstTokenMs !== undefined && { firstTokenMs }), totalMs: now() - sent };
      if (isCancelled(error)) return stopAnswer(state, timing);
      failure = toFailure(error);
      const { kind, message } = failure;
      return failAnswer(state, { kind, message }, timing);
    },
    end(state) {
      const { modelId } = request;
      const turn = answerTurn(state, { turnId, modelId, time: new Date(now()).toISOString() });
      return { laneId, turn, ...(failure && { failure }) };
    },
    keep,
  };
}

function isToken({ type }: StreamEvent): boolean {
  return type === 'text' || type === 'reasoning' || type === 'toolInput';
}

/** The same events with neighbouring texts of one block as one: two thousand a second are too many. */
export function mergeTexts(events: readonly StreamEvent[]): StreamEvent[] {
  const merged: StreamEvent[] = [];
  for (const event of events) {
    const last = merged.at(-1);
    const isSame =
      last !== undefined &&
      (event.type === 'text' || event.type === 'reasoning') &&
      last.type === event.type &&
      last.index === event.index;
    if (isSame) merged[merged.length - 1] = { ...last, text: last.text + event.text };
    else merged.push(event);
  }
  return merged;
}
