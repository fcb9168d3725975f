import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { AppError } from '../../../src/core/errors.js';
import { connect, type RpcConnection } from '../../../src/rpc/client.js';
import { call, type Port, stream } from '../../../src/rpc/contract.js';
import { type Handlers, serve, type ServeOptions } from '../../../src/rpc/host.js';
import { portPair, until } from './support.js';

const Count = z.object({ count: z.number() });
type Count = z.infer<typeof Count>;
const contract = {
  double: call<Count, number>(Count),
  park: call<undefined, string>(z.undefined()),
  numbers: stream<Count, number>(Count),
} as const;

/** Rejects as soon as the signal fires. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new AppError('cancelled', 'Cancelled.'));
    });
  });
}

const plain: Handlers<typeof contract> = {
  double: ({ count }) => count * 2,
  park: (_input, signal) => aborted(signal),
  async *numbers({ count }) {
    for (let at = 0; at < count; at++) yield await Promise.resolve(at);
  },
};

async function take<T>(events: AsyncIterable<T>, limit = Infinity): Promise<T[]> {
  const taken: T[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length >= limit) break;
  }
  return taken;
}

describe('rpc', () => {
  let cleanUp: (() => void)[] = [];
  afterEach(() => {
    for (const close of cleanUp) close();
    cleanUp = [];
  });

  function start(
    handlers: Partial<Handlers<typeof contract>> = {},
    options: ServeOptions = {},
  ): { rpc: RpcConnection<typeof contract>; server: { dispose(): void }; page: Port } {
    const pair = portPair();
    const server = serve(pair.host, contract, { ...plain, ...handlers }, options);
    const rpc = connect(pair.page, contract);
    cleanUp.push(() => {
      server.dispose();
    }, pair.close);
    return { rpc, server, page: pair.page };
  }

  it('answers a call', async () => {
    const { rpc } = start();
    assert.equal(await rpc.host.double({ count: 21 }), 42);
  });

  it('answers calls out of order', async () => {
    let release = (): void => undefined;
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { rpc } = start({
      double: async ({ count }) => {
        if (count === 1) await second;
        else release();
        return count;
      },
    });
    assert.deepEqual(
      await Promise.all([rpc.host.double({ count: 1 }), rpc.host.double({ count: 2 })]),
      [1, 2],
    );
  });

  it('delivers every event of a stream in order', async () => {
    const { rpc } = start();
    const numbers = await take(rpc.host.numbers({ count: 3000 }));
    assert.deepEqual(
      numbers,
      Array.from({ length: 3000 }, (_, at) => at),
    );
  });

  it('gives kind and message of a failure, and keeps the stack to itself', async () => {
    const seen: unknown[] = [];
    const failures: unknown[] = [];
    const { rpc, page } = start(
      {
        double: () => {
          throw new AppError('throttled', 'Too fast. Wait a moment.', {
            cause: new Error('s3cret'),
          });
        },
      },
      { onError: (_method, error) => failures.push(error) },
    );
    page.onMessage((message) => seen.push(message));
    await assert.rejects(rpc.host.double({ count: 1 }), {
      kind: 'throttled',
      message: 'Too fast. Wait a moment.',
    });
    const wire = JSON.stringify(seen);
    assert.ok(!wire.includes('s3cret') && !wire.includes('.ts:'), wire);
    assert.equal(failures.length, 1);
  });

  it('fails a stream after the events that came before the failure', async () => {
    const { rpc } = start({
      async *numbers() {
        yield 1;
        yield await Promise.resolve(2);
        throw new AppError('network', 'Lost.');
      },
    });
    const seen: number[] = [];
    await assert.rejects(
      async () => {
        for await (const event of rpc.host.numbers({ count: 1 })) seen.push(event);
      },
      { kind: 'network' },
    );
    assert.deepEqual(seen, [1, 2]);
  });

  it('refuses an input that does not parse before the handler sees it', async () => {
    let calls = 0;
    const { rpc } = start({ double: () => ++calls });
    await assert.rejects(rpc.host.double({ count: 'many' } as unknown as Count), {
      kind: 'invalidInput',
    });
    assert.equal(calls, 0);
  });

  it('aborts the handler when the page cancels a call', async () => {
    let signal: AbortSignal | undefined;
    const { rpc } = start({
      park: (_input, own) => {
        signal = own;
        return aborted(own);
      },
    });
    const controller = new AbortController();
    const parked = rpc.host.park(undefined, controller.signal);
    await until(() => signal !== undefined, 'the handler runs');
    controller.abort();
    await assert.rejects(parked, { kind: 'cancelled' });
    await until(() => signal?.aborted === true, 'the handler is aborted');
  });

  it('aborts the generator when the page breaks out of the loop', async () => {
    let isEnded = false;
    const { rpc } = start({
      async *numbers(_input, signal) {
        try {
          for (let at = 0; !signal.aborted; at++) yield await Promise.resolve(at);
        } finally {
          isEnded = true;
        }
      },
    });
    assert.deepEqual(await take(rpc.host.numbers({ count: 1 }), 2), [0, 1]);
    await until(() => isEnded, 'the generator ends');
  });

  it('reaches a generator that is parked between two events', async () => {
    let isEnded = false;
    const { rpc } = start({
      async *numbers(_input, signal) {
        try {
          yield 1;
          await aborted(signal);
        } finally {
          isEnded = true;
        }
      },
    });
    const controller = new AbortController();
    const events = rpc.host.numbers({ count: 1 }, controller.signal);
    assert.deepEqual(await events.next(), { done: false, value: 1 });
    const parked = events.next();
    controller.abort();
    await assert.rejects(parked, { kind: 'cancelled' });
    await until(() => isEnded, 'the generator ends');
  });

  it('never starts a stream whose reader was closed first', async () => {
    let starts = 0;
    const { rpc } = start({
      async *numbers() {
        starts += 1;
        yield await Promise.resolve(1);
      },
    });
    const events = rpc.host.numbers({ count: 1 });
    await events.return?.();
    assert.deepEqual(await events.next(), { done: true, value: undefined });
    await rpc.host.double({ count: 1 });
    assert.equal(starts, 0);
  });

  it('posts a burst of events in few messages', async () => {
    const { rpc, page } = start();
    let frames = 0;
    page.onMessage((message) => {
      if (typeof message === 'object' && message !== null && 'events' in message) frames += 1;
    });
    await take(rpc.host.numbers({ count: 400 }));
    assert.ok(frames <= 4, `${frames} frames for 400 events`);
  });

  it('stops pulling while the page does not read', async () => {
    let pulled = 0;
    const { rpc } = start(
      {
        async *numbers() {
          for (;;) yield await Promise.resolve(pulled++);
        },
      },
      { maxPending: 10, tickMs: 1 },
    );
    const events = rpc.host.numbers({ count: 1 });
    await events.next();
    await until(() => pulled >= 10, 'the queue is full');
    for (let at = 0; at < 5; at++) await rpc.host.double({ count: 1 });
    assert.ok(pulled <= 12, `pulled ${pulled}`);
    const more = await take(events, 30);
    assert.equal(more.length, 30);
  });

  it('rejects what is open when the host closes', async () => {
    const { rpc, server } = start();
    const parked = rpc.host.park(undefined);
    await rpc.host.double({ count: 1 });
    server.dispose();
    await assert.rejects(parked, { kind: 'cancelled' });
    await assert.rejects(rpc.host.double({ count: 1 }), { kind: 'cancelled' });
  });

  it('aborts what is open on the host and rejects it on the page when the page closes', async () => {
    let signal: AbortSignal | undefined;
    const { rpc } = start({
      park: (_input, own) => {
        signal = own;
        return aborted(own);
      },
    });
    const parked = rpc.host.park(undefined);
    await until(() => signal !== undefined, 'the handler runs');
    rpc.dispose();
    await assert.rejects(parked, { kind: 'cancelled' });
    await until(() => signal?.aborted === true, 'the handler is aborted');
  });

  it('drops what an older page left open when a reloaded page connects', async () => {
    let signal: AbortSignal | undefined;
    const { page } = start({
      park: (_input, own) => {
        signal = own;
        return aborted(own);
      },
    });
    page.post({ v: 1, id: 1, method: 'park' });
    await until(() => signal !== undefined, 'the handler runs');
    const reloaded = connect(page, contract);
    assert.equal(await reloaded.host.double({ count: 4 }), 8);
    assert.equal(signal?.aborted, true);
  });

  it('answers with an error where the value cannot be sent', async () => {
    const { rpc } = start({ double: () => (() => 1) as unknown as number });
    await assert.rejects(rpc.host.double({ count: 1 }), { kind: 'internal' });
    await assert.rejects(rpc.host.park(undefined, AbortSignal.abort()), { kind: 'cancelled' });
  });

  it('stops the work when posting fails because the other end is gone', async () => {
    let signal: AbortSignal | undefined;
    let listener: (message: unknown) => void = () => undefined;
    const dead: Port = {
      post: () => {
        throw new Error('disposed');
      },
      onMessage: (own) => {
        listener = own;
        return { dispose: () => undefined };
      },
    };
    serve(dead, contract, {
      ...plain,
      park: (_input, own) => {
        signal = own;
        return aborted(own);
      },
    });
    listener({ v: 1, id: 1, method: 'park' });
    listener({ v: 1, id: 2, method: 'double', input: { count: 1 } });
    await until(() => signal?.aborted === true, 'the parked call is aborted');
  });

  it('refuses more open calls than the ceiling', async () => {
    const { rpc } = start({}, { maxOpen: 2 });
    const parked = [rpc.host.park(undefined), rpc.host.park(undefined)];
    await assert.rejects(rpc.host.double({ count: 1 }), { kind: 'quota' });
    rpc.dispose();
    await Promise.allSettled(parked);
  });
});
