import type { RuntimeApi } from '../../../core/converse/runtimeApi.js';
import {
  type AnswerState,
  answerFromResponse,
  answerTurn,
  failAnswer,
  reduceStream,
  stopAnswer,
  waitingAnswer,
} from '../../../core/converse/streamReducer.js';
import type { StreamEvent } from '../../../core/converse/streamEvents.js';
import type { Turn } from '../../../core/converse/types.js';
import type { ConverseRequest } from '../../../core/converse/wire.js';
import { isCancelled, toAppError } from '../../../core/errors.js';
import type { Disposable } from '../../../core/lifecycle.js';
import type { OpenRun, RunEvent, RunFailure } from '../contract.js';
import { Feed } from './feed.js';

/** One paid call. */
export interface RunRequest {
  readonly runId: string;
  readonly laneId: string;
  readonly turnId: string;
  readonly request: ConverseRequest;
  readonly isStreaming: boolean;
}

interface Run {
  readonly laneId: string;
  readonly controller: AbortController;
  state: AnswerState;
  /** Set where it has ended. */
  end: Extract<RunEvent, { type: 'end' }> | undefined;
  readonly feed: Feed<AnswerState, StreamEvent>;
}

/** What runs need; a test gives a generator of its own. */
export interface RunPorts {
  readonly runtime: () => Promise<Pick<RuntimeApi, 'converse' | 'converseStream'>>;
  readonly now: () => number;
  readonly onFailed: (error: unknown) => void;
  /** Keeps an answer, whether or not a page looks. Where that fails the page still gets it. */
  readonly keep: (laneId: string, turn: Turn) => Promise<void>;
}

/** Answers that ended before a page asked for them. */
const mostEnded = 8;

/**
 * The answers of one playground. They belong to the extension, not to the page: a page that is hidden
 * half-way finds what was paid for when it returns. Nothing is ever sent twice by itself.
 */
export class Runs implements Disposable {
  private readonly runs = new Map<string, Run>();
  /** Stopped before they were started: a page writes the playground down first. */
  private readonly stoppedEarly = new Set<string>();

  constructor(private readonly ports: RunPorts) {}

  /** Answers that have not ended. */
  open(): OpenRun[] {
    return [...this.runs].flatMap(([runId, { laneId, end }]) => (end ? [] : [{ runId, laneId }]));
  }

  /** Answers that have ended and that no page has heard of. */
  untaken(): { readonly laneId: string; readonly turn: Turn }[] {
    return [...this.runs.values()].flatMap(({ laneId, end }) =>
      end ? [{ laneId, turn: end.turn }] : [],
    );
  }

  /** Leaves out the answers that have ended: a page has read them with the playground. */
  forgetEnded(): void {
    for (const [runId, { end }] of this.runs) if (end) this.runs.delete(runId);
  }

  start(request: RunRequest): void {
    const { runId, laneId } = request;
    if (this.runs.has(runId)) return;
    const run: Run = {
      laneId,
      controller: new AbortController(),
      state: waitingAnswer,
      end: undefined,
      feed: new Feed(() => run.state),
    };
    this.runs.set(runId, run);
    if (this.stoppedEarly.delete(runId)) run.controller.abort();
    void this.drive(run, request);
  }

  stop(runId: string): void {
    const run = this.runs.get(runId);
    if (run) run.controller.abort();
    else this.stoppedEarly.add(runId);
  }

  /** The answer from where it is now to its end. */
  async *follow(runId: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const run = this.runs.get(runId);
    if (!run) return;
    for await (const step of run.feed.read(signal)) {
      yield step.type === 'events' ? { ...step, events: mergeTexts(step.events) } : step;
    }
    if (signal.aborted || !run.end) return;
    yield run.end;
    this.runs.delete(runId);
  }

  dispose(): void {
    for (const run of this.runs.values()) run.controller.abort();
  }

  private async drive(run: Run, request: RunRequest): Promise<void> {
    const { signal } = run.controller;
    const { now } = this.ports;
    const sent = now();
    let first: number | undefined;
    let failure: RunFailure | undefined;
    try {
      const runtime = await this.ports.runtime();
      // Stopped before anything was sent: nothing is billed.
      signal.throwIfAborted();
      if (request.isStreaming) {
        for await (const event of runtime.converseStream(request.request, signal)) {
          if (isToken(event)) first ??= now() - sent;
          run.state = reduceStream(run.state, event);
          run.feed.push(event);
        }
      } else {
        run.state = answerFromResponse(await runtime.converse(request.request, signal));
      }
    } catch (error) {
      const measured = first === undefined ? {} : { firstTokenMs: first };
      const timing = { ...measured, totalMs: now() - sent };
      if (isCancelled(error)) run.state = stopAnswer(run.state, timing);
      else {
        const { kind, message, action } = toAppError(error);
        failure = { kind, message, ...(action && { action }) };
        run.state = failAnswer(run.state, { kind, message }, timing);
        this.ports.onFailed(error);
      }
    }
    await this.finish(run, request, failure);
  }

  private async finish(run: Run, request: RunRequest, failure?: RunFailure): Promise<void> {
    const turn = answerTurn(run.state, {
      turnId: request.turnId,
      modelId: request.request.modelId,
      time: new Date(this.ports.now()).toISOString(),
    });
    // Known as ended first: what a page writes down meanwhile must not leave it out.
    run.end = { type: 'end', turn, ...(failure && { failure }) };
    await this.ports.keep(run.laneId, turn).catch(this.ports.onFailed);
    this.forgetOldest();
    run.feed.end();
  }

  /** An answer stays until a page has taken it; of those that none takes, the last few. */
  private forgetOldest(): void {
    const ended = [...this.runs].filter(([, { end }]) => end !== undefined);
    for (const [runId] of ended.slice(0, -mostEnded)) this.runs.delete(runId);
  }
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
