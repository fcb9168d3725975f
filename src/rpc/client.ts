import { AsyncQueue } from '../core/asyncQueue.js';
import { AppError, errorActions, errorKinds } from '../core/errors.js';
import type { Disposable } from '../core/lifecycle.js';
import {
  type CallSpec,
  type ClientFrame,
  type Contract,
  frameFields,
  frameId,
  type Port,
  rpcVersion,
  type StreamSpec,
} from './contract.js';

/** The host's methods as the page calls them. Streams start at the first `next`. */
export type Client<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends CallSpec<infer I, infer O>
    ? (input: I, signal?: AbortSignal) => Promise<O>
    : C[K] extends StreamSpec<infer I, infer E>
      ? (input: I, signal?: AbortSignal) => AsyncIterableIterator<E>
      : never;
};

/** A connected page. Disposing it rejects everything that is open. */
export interface RpcConnection<C extends Contract> extends Disposable {
  readonly host: Client<C>;
}

interface Pending {
  events(events: readonly unknown[]): void;
  done(value: unknown): void;
  fail(error: AppError): void;
}

/** Connects to the host that serves the contract on the other end of the port. */
export function connect<C extends Contract>(port: Port, contract: C): RpcConnection<C> {
  const link = new RpcLink(port);
  const host: Record<string, unknown> = {};
  for (const [method, spec] of Object.entries(contract)) {
    host[method] =
      spec.kind === 'call'
        ? (input: unknown, signal?: AbortSignal) => link.call(method, input, signal)
        : (input: unknown, signal?: AbortSignal) => new EventReader(link, method, input, signal);
  }
  return {
    host: host as Client<C>,
    dispose: () => {
      link.close('This view was closed.');
    },
  };
}

class RpcLink {
  private readonly pending = new Map<number, Pending>();
  private readonly subscription: Disposable;
  private lastId = 0;
  private closedBecause: string | undefined;

  constructor(private readonly port: Port) {
    this.subscription = port.onMessage((message) => {
      this.receive(message);
    });
    this.post({ v: rpcVersion, open: true });
  }

  call(method: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.start(method, input, {
        events: () => undefined,
        done: (value) => {
          signal?.removeEventListener('abort', stop);
          resolve(value);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', stop);
          reject(error);
        },
      });
      const stop = () => {
        this.cancel(id);
      };
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
  }

  start(method: string, input: unknown, pending: Pending): number {
    const id = ++this.lastId;
    if (this.closedBecause !== undefined) {
      const error = new AppError('cancelled', this.closedBecause);
      queueMicrotask(() => {
        pending.fail(error);
      });
      return id;
    }
    this.pending.set(id, pending);
    this.post({ v: rpcVersion, id, method, input });
    return id;
  }

  /** Ends an open call or stream on both sides. */
  cancel(id: number): void {
    const pending = this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id);
    this.post({ v: rpcVersion, id, cancel: true });
    pending.fail(new AppError('cancelled', 'Cancelled.'));
  }

  acknowledge(id: number, count: number): void {
    if (this.pending.has(id)) this.post({ v: rpcVersion, id, ack: count });
  }

  close(because: string): void {
    if (this.closedBecause !== undefined) return;
    for (const id of [...this.pending.keys()]) this.cancel(id);
    this.closedBecause = because;
    this.subscription.dispose();
  }

  private receive(message: unknown): void {
    const fields = frameFields(message);
    if (!fields) return;
    if (fields['closed'] === true) {
      this.close('The extension closed this view.');
      return;
    }
    const id = frameId(fields);
    const pending = id === undefined ? undefined : this.pending.get(id);
    if (id === undefined || !pending) return;
    const { events, done, error } = fields;
    if (Array.isArray(events)) {
      pending.events(events);
    } else if (done === true) {
      this.pending.delete(id);
      pending.done(fields['value']);
    } else if (typeof error === 'object' && error !== null) {
      this.pending.delete(id);
      pending.fail(fromWire(error));
    }
  }

  private post(frame: ClientFrame): void {
    this.port.post(frame);
  }
}

/** The host is another process: what it sends is looked at. */
function fromWire(error: object): AppError {
  const { kind, message, action } = error as Record<string, unknown>;
  const known = errorActions.find((each) => each === action);
  return new AppError(
    errorKinds.find((each) => each === kind) ?? 'internal',
    typeof message === 'string' ? message : 'Something went wrong in the extension.',
    { ...(known && { action: known }) },
  );
}

/** The page's end of a stream: one consumer, events acknowledged as they are taken. */
class EventReader implements AsyncIterableIterator<unknown> {
  private readonly queue = new AsyncQueue<unknown>();
  /** Taken from the queue and not given out yet. */
  private batch: unknown[] = [];
  private id: number | undefined;
  private isOver = false;
  private taken = 0;

  constructor(
    private readonly link: RpcLink,
    private readonly method: string,
    private readonly input: unknown,
    private readonly signal: AbortSignal | undefined,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown, undefined>> {
    if (!this.isOver) this.id ??= this.start();
    if (this.batch.length === 0) this.batch = (await this.queue.take()) ?? [];
    if (this.batch.length === 0) return { done: true, value: undefined };
    const value = this.batch.shift();
    this.taken += 1;
    if (this.batch.length === 0) this.acknowledge();
    return { done: false, value };
  }

  return(): Promise<IteratorResult<unknown, undefined>> {
    this.queue.clear();
    this.batch = [];
    this.finish();
    if (this.id !== undefined) this.link.cancel(this.id);
    return Promise.resolve({ done: true, value: undefined });
  }

  /** One frame for all that was taken, not one an event. */
  private acknowledge(): void {
    if (this.id !== undefined) this.link.acknowledge(this.id, this.taken);
    this.taken = 0;
  }

  private start(): number {
    const id = this.link.start(this.method, this.input, {
      events: (events) => {
        this.queue.push(...events);
      },
      done: () => {
        this.finish();
      },
      fail: (error) => {
        this.finish(error);
      },
    });
    this.signal?.addEventListener('abort', this.stop, { once: true });
    if (this.signal?.aborted) queueMicrotask(this.stop);
    return id;
  }

  private readonly stop = () => {
    if (this.id !== undefined) this.link.cancel(this.id);
  };

  private finish(error?: AppError): void {
    this.isOver = true;
    this.signal?.removeEventListener('abort', this.stop);
    this.queue.finish(error);
  }
}
