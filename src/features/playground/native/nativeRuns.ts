import type { InvokeStreamEvent, RuntimeApi } from '../../../core/converse/runtimeApi.js';
import { isCancelled, toAppError } from '../../../core/errors.js';
import type { Disposable } from '../../../core/lifecycle.js';
import {
  type NativeAnswer,
  nativeFromResponse,
  reduceNative,
  waitingNative,
} from '../../../core/native/nativeAnswer.js';
import type { NativeEvent } from '../contract.js';
import type { NativeRequest } from '../document/documentSchema.js';
import { Feed } from '../turns/feed.js';
import { invokeRequest } from './nativeHandlers.js';

/** What a native call needs. */
export interface NativePorts {
  readonly runtime: () => Promise<Pick<RuntimeApi, 'invoke' | 'invokeStream'>>;
  readonly onFailed: (error: unknown) => void;
  /** Keeps an answer, whether or not a page looks. Where that fails the page still gets it. */
  readonly keep: (answer: NativeAnswer) => Promise<void>;
}

interface NativeRun {
  readonly controller: AbortController;
  readonly feed: Feed<NativeAnswer, InvokeStreamEvent>;
  answer: NativeAnswer;
  /** True where a page has it, to its end. */
  isTaken: boolean;
}

/** The native call of one playground; like `Runs` it belongs to the extension and sends nothing twice. */
export class NativeRuns implements Disposable {
  private current: NativeRun | undefined;

  constructor(private readonly ports: NativePorts) {}

  /** True while an answer arrives. */
  get isRunning(): boolean {
    return this.current?.answer.status === 'running';
  }

  /** The answer that has ended and that no page has heard of. */
  untaken(): NativeAnswer | undefined {
    return this.isRunning || this.current?.isTaken !== false ? undefined : this.current.answer;
  }

  /** A page has read the answer that has ended, with the playground. */
  forgetEnded(): void {
    if (this.current && !this.isRunning) this.current.isTaken = true;
  }

  /** Sends a request; one that still runs goes on in its place. */
  start(request: NativeRequest): void {
    if (this.isRunning) return;
    const run: NativeRun = {
      controller: new AbortController(),
      feed: new Feed(() => run.answer),
      answer: waitingNative(request.modelId),
      isTaken: false,
    };
    this.current = run;
    void this.drive(run, request);
  }

  stop(): void {
    this.current?.controller.abort();
  }

  /** The answer from where it is now to its end; nothing where none was asked for. */
  async *follow(signal: AbortSignal): AsyncGenerator<NativeEvent> {
    const run = this.current;
    if (!run) return;
    yield* run.feed.read(signal);
    if (signal.aborted) return;
    yield { type: 'end', answer: run.answer };
    run.isTaken = true;
  }

  dispose(): void {
    this.stop();
  }

  private async drive(run: NativeRun, request: NativeRequest): Promise<void> {
    const { signal } = run.controller;
    const sent = invokeRequest(request);
    try {
      const runtime = await this.ports.runtime();
      // Stopped before anything was sent: nothing is billed.
      signal.throwIfAborted();
      if (request.isStreaming) {
        for await (const event of runtime.invokeStream(sent, signal)) {
          run.answer = reduceNative(run.answer, event);
          run.feed.push(event);
        }
        run.answer = { ...run.answer, status: 'done' };
      } else {
        run.answer = nativeFromResponse(request.modelId, await runtime.invoke(sent, signal));
      }
    } catch (error) {
      run.answer = this.broken(run.answer, error);
    }
    await this.ports.keep(run.answer).catch(this.ports.onFailed);
    run.feed.end();
  }

  /** What came is kept. */
  private broken(answer: NativeAnswer, error: unknown): NativeAnswer {
    if (isCancelled(error)) return { ...answer, status: 'stopped' };
    this.ports.onFailed(error);
    const { kind, message, action } = toAppError(error);
    return { ...answer, status: 'failed', failure: { kind, message, ...(action && { action }) } };
  }
}
