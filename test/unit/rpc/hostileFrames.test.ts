import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { connect } from '../../../src/rpc/client.js';
import { call, type Port, stream } from '../../../src/rpc/contract.js';
import { serve } from '../../../src/rpc/host.js';

const contract = {
  echo: call<string, string>(z.string()),
  ticks: stream<undefined, number>(z.undefined()),
} as const;

/** Two ports in one thread that deliver at once and record what was sent. */
function localPair(): { page: Port; host: Port; sent: unknown[] } {
  const listeners = { page: [], host: [] } as Record<'page' | 'host', ((m: unknown) => void)[]>;
  const sent: unknown[] = [];
  const port = (own: 'page' | 'host', other: 'page' | 'host'): Port => ({
    post: (message) => {
      if (own === 'host') sent.push(message);
      for (const listener of listeners[other]) listener(message);
    },
    onMessage: (listener) => {
      listeners[own].push(listener);
      return { dispose: () => undefined };
    },
  });
  return { page: port('page', 'host'), host: port('host', 'page'), sent };
}

const hostile: readonly [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a string', 'v'],
  ['a number', 1],
  ['an array', [1, 2]],
  ['no version', { id: 1, method: 'echo', input: 'x' }],
  ['another version', { v: 2, id: 1, method: 'echo', input: 'x' }],
  ['no id', { v: 1, method: 'echo', input: 'x' }],
  ['a text id', { v: 1, id: '1', method: 'echo', input: 'x' }],
  ['id zero', { v: 1, id: 0, method: 'echo', input: 'x' }],
  ['a fractional id', { v: 1, id: 1.5, method: 'echo', input: 'x' }],
  ['NaN as id', { v: 1, id: NaN, method: 'echo', input: 'x' }],
  ['a method that is no text', { v: 1, id: 1, method: {} }],
  ['a cancel of nothing', { v: 1, id: 9, cancel: true }],
  ['an acknowledgement of nothing', { v: 1, id: 9, ack: 5 }],
  ['an answer', { v: 1, id: 9, done: true, value: 1 }],
];

describe('rpc against hostile frames', () => {
  for (const [what, frame] of hostile) {
    it(`ignores ${what}`, async () => {
      const { page, host, sent } = localPair();
      const calls: string[] = [];
      serve(host, contract, {
        echo: (input) => {
          calls.push(input);
          return input;
        },
        async *ticks() {
          yield await Promise.resolve(1);
        },
      });
      page.post(frame);
      await Promise.resolve();
      assert.deepEqual({ calls, sent }, { calls: [], sent: [] });
    });
  }

  for (const method of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nope', '']) {
    it(`answers the method '${method}' with an error and calls nothing`, async () => {
      const { page, host, sent } = localPair();
      serve(host, contract, {
        echo: (input) => input,
        async *ticks() {
          yield await Promise.resolve(1);
        },
      });
      page.post({ v: 1, id: 7, method, input: 'x' });
      await Promise.resolve();
      assert.deepEqual(sent, [
        {
          v: 1,
          id: 7,
          error: { kind: 'invalidInput', message: 'The page asked for something unknown.' },
        },
      ]);
    });
  }

  it('runs a handler once where two frames carry the same id', async () => {
    const { page, host } = localPair();
    let calls = 0;
    serve(host, contract, {
      echo: async (input) => {
        calls += 1;
        await Promise.resolve();
        return input;
      },
      async *ticks() {
        yield await Promise.resolve(1);
      },
    });
    page.post({ v: 1, id: 1, method: 'echo', input: 'x' });
    page.post({ v: 1, id: 1, method: 'echo', input: 'x' });
    await Promise.resolve();
    assert.equal(calls, 1);
  });

  it('keeps the back-pressure where acknowledgements are nonsense', async () => {
    const { page, host } = localPair();
    let pulled = 0;
    const server = serve(
      host,
      contract,
      {
        echo: (input) => input,
        async *ticks() {
          for (;;) yield await Promise.resolve(pulled++);
        },
      },
      { maxPending: 4 },
    );
    page.post({ v: 1, id: 1, method: 'ticks' });
    for (const ack of [-1000, NaN, Infinity, 0.5, 0]) page.post({ v: 1, id: 1, ack });
    for (let at = 0; at < 50; at++) await Promise.resolve();
    server.dispose();
    assert.ok(pulled <= 5, `pulled ${pulled}`);
  });

  it('leaves the page unharmed by answers nobody asked for', async () => {
    const { page, host } = localPair();
    const rpc = connect(page, contract);
    for (const [, frame] of hostile) host.post(frame);
    host.post({ v: 1, id: 1, events: 'no array' });
    serve(host, contract, {
      echo: (input) => input,
      async *ticks() {
        yield await Promise.resolve(1);
      },
    });
    assert.equal(await rpc.host.echo('still here'), 'still here');
  });

  it('gives a page error a message even where the frame has none', async () => {
    const { page, host } = localPair();
    const rpc = connect(page, contract);
    const answer = rpc.host.echo('x');
    host.post({ v: 1, id: 1, error: {} });
    await assert.rejects(answer, { kind: 'internal', message: /went wrong/ });
  });
});
