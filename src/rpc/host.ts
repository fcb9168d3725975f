import * as l10n from '@vscode/l10n';
import { AppError, isCancelled, toFailure } from '../core/errors.js';
import type { Disposable } from '../core/lifecycle.js';
import {
  type CallSpec,
  type Contract,
  frameFields,
  frameId,
  type HostFrame,
  type Port,
  rpcVersion,
  type StreamSpec,
} from './contract.js';
import { EventOutbox } from './outbox.js';

/** What the host must implement for a contract. */
export type Handlers<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends CallSpec<infer I, infer O>
    ? (input: I, signal: AbortSignal) => O | Promise<O>
    : C[K] extends StreamSpec<infer I, infer E>
      ? (input: I, signal: AbortSignal) => AsyncIterable<E>
      : never;
};

export interface ServeOptions {
  /** Told of every failure that is not a cancellation, with stack and cause, for the log. */
  readonly onError?: (method: string, error: unknown) => void;
  /** Milliseconds between two posts of one stream's events. */
  readonly tickMs?: number;
  /** Events of one stream that may be on their way; the iterator is not pulled beyond. */
  readonly maxPending?: number;
  /** Calls and streams that may be open at once. */
  readonly maxOpen?: number;
}

type AnyHandler = (input: unknown, signal: AbortSignal) => unknown;

interface Open {
  readonly controller: AbortController;
  readonly outbox?: EventOutbox;
}

/** Serves a contract on a port until disposed; disposing aborts every open handler. */
export function serve<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
  options: ServeOptions = {},
): Disposable {
  return new RpcHost(port, contract, handlers, options);
}

class RpcHost implements Disposable {
  private readonly open = new Map<number, Open>();
  private readonly subscription: Disposable;
  private isClosed = false;

  constructor(
    private readonly port: Port,
    private readonly contract: Contract,
    private readonly handlers: Readonly<Record<string, unknown>>,
    private readonly options: ServeOptions,
  ) {
    this.subscription = port.onMessage((message) => {
      this.receive(message);
    });
  }

  dispose(): void {
    if (this.isClosed) return;
    this.post({ v: rpcVersion, closed: true });
    this.isClosed = true;
    this.subscription.dispose();
    this.abortAll();
  }

  private receive(message: unknown): void {
    const fields = frameFields(message);
    if (!fields || this.isClosed) return;
    if (fields['open'] === true) {
      this.abortAll();
      return;
    }
    const id = frameId(fields);
    if (id === undefined) return;
    const { method, cancel, ack } = fields;
    if (typeof method === 'string') this.start(id, method, fields['input']);
    else if (cancel === true) this.cancel(id);
    else if (typeof ack === 'number') this.open.get(id)?.outbox?.acknowledge(ack);
  }

  private start(id: number, method: string, input: unknown): void {
    if (this.open.has(id)) return;
    const spec = Object.hasOwn(this.contract, method) ? this.contract[method] : undefined;
    const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
    if (!spec || typeof handler !== 'function') {
      this.fail(
        id,
        method,
        new AppError('invalidInput', l10n.t('The page asked for something unknown.')),
      );
      return;
    }
    if (this.open.size >= (this.options.maxOpen ?? 256)) {
      this.fail(id, method, new AppError('quota', l10n.t('Too many requests at once. Try again.')));
      return;
    }
    const parsed = spec.input.safeParse(input);
    if (!parsed.success) {
      const error = new AppError(
        'invalidInput',
        l10n.t('The page sent a request that is not valid.'),
        {
          cause: parsed.error,
        },
      );
      this.fail(id, method, error);
      return;
    }
    // Registered before the handler runs, so that a cancel which arrives meanwhile is not lost.
    const outbox = spec.kind === 'stream' ? this.createOutbox(id) : undefined;
    const entry: Open = { controller: new AbortController(), ...(outbox && { outbox }) };
    this.open.set(id, entry);
    void this.run({ id, method, entry, handler: handler as AnyHandler, input: parsed.data });
  }

  private async run(task: {
    id: number;
    method: string;
    entry: Open;
    handler: AnyHandler;
    input: unknown;
  }): Promise<void> {
    const { id, method, entry, handler, input } = task;
    const { signal } = entry.controller;
    try {
      const result = await handler(input, signal);
      if (entry.outbox) await this.drive(result as AsyncIterable<unknown>, entry.outbox, signal);
      if (this.open.get(id) !== entry) return;
      entry.outbox?.flush();
      this.open.delete(id);
      this.post({ v: rpcVersion, id, done: true, ...(entry.outbox ? {} : { value: result }) });
    } catch (error) {
      if (this.open.get(id) !== entry) return;
      entry.outbox?.flush();
      this.open.delete(id);
      this.fail(id, method, error);
    } finally {
      entry.outbox?.dispose();
    }
  }

  /** Pulls the iterator itself, so that an abort reaches a handler parked between two events. */
  private async drive(
    events: AsyncIterable<unknown>,
    outbox: EventOutbox,
    signal: AbortSignal,
  ): Promise<void> {
    const iterator = events[Symbol.asyncIterator]();
    while (!signal.aborted) {
      const step = await unlessAborted(iterator.next(), signal);
      if (step === undefined || step.done === true) break;
      outbox.push(step.value);
      await unlessAborted(outbox.ready(), signal);
    }
    if (signal.aborted) {
      // Not awaited: a generator parked in its own await ends only when that await does.
      void iterator.return?.().then(undefined, (error: unknown) => {
        if (!isCancelled(error)) this.options.onError?.('return', error);
      });
    }
  }

  private createOutbox(id: number): EventOutbox {
    return new EventOutbox(
      (events) => {
        this.post({ v: rpcVersion, id, events });
      },
      this.options.tickMs ?? 16,
      this.options.maxPending ?? 512,
    );
  }

  private cancel(id: number): void {
    const entry = this.open.get(id);
    this.open.delete(id);
    entry?.controller.abort();
  }

  private abortAll(): void {
    for (const id of [...this.open.keys()]) this.cancel(id);
  }

  private fail(id: number, method: string, error: unknown): void {
    const failure = toFailure(error);
    if (failure.kind !== 'cancelled') this.options.onError?.(method, error);
    this.post({ v: rpcVersion, id, error: failure });
  }

  private post(frame: HostFrame): void {
    if (this.isClosed) return;
    try {
      this.port.post(frame);
    } catch (error) {
      this.options.onError?.('post', error);
      if ('id' in frame && !('error' in frame)) {
        // Most likely a value that cannot be cloned: the page must still get an answer.
        this.cancel(frame.id);
        this.post({ v: rpcVersion, id: frame.id, error: toFailure(error) });
        return;
      }
      // The other end is gone: nobody is left to answer, so stop the work as well.
      this.isClosed = true;
      this.subscription.dispose();
      this.abortAll();
    }
  }
}

/** The promise's value, or undefined as soon as the signal fires. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
