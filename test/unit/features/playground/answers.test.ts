import assert from 'node:assert/strict';
import { newConversation } from '../../../../src/core/converse/conversation.js';
import type { RuntimeApi } from '../../../../src/core/converse/runtimeApi.js';
import type { PlaygroundDocument } from '../../../../src/features/playground/document/documentSchema.js';
import { documentOf } from '../../../../src/features/playground/document/newDocument.js';
import { Playground } from '../../../../src/features/playground/playground.js';
import { until } from '../../../support/until.js';

const signal = new AbortController().signal;

/** A playground with one question in one lane; what its model says comes when `goOn` is called. */
function asked() {
  const lane = newConversation('lane', 'amazon.nova-lite-v1:0');
  const question = {
    id: 'q',
    role: 'user' as const,
    content: [{ type: 'text' as const, text: 'Hi' }],
  };
  const document = documentOf([{ ...lane, turns: [question] }], 'one');
  const stored: PlaygroundDocument[] = [];
  const titles: PlaygroundDocument[] = [];
  let sent = 0;
  let goOn = (): void => undefined;
  const released = new Promise<void>((resolve) => (goOn = resolve));
  const runtime: Partial<RuntimeApi> = {
    async *converseStream(_request, stop) {
      sent++;
      yield { type: 'text', index: 0, text: 'Hel' };
      await Promise.race([
        released,
        new Promise((_resolve, reject) => {
          stop?.addEventListener('abort', () => {
            reject(new DOMException('', 'AbortError'));
          });
        }),
      ]);
      yield { type: 'text', index: 0, text: 'lo' };
      yield { type: 'messageStop', stopReason: 'end_turn' };
    },
    async *invokeStream() {
      sent++;
      await released;
      yield { type: 'chunk', json: '{}', text: 'Hello' };
    },
  };
  const playground = new Playground(document, {
    runtime: () => Promise.resolve(runtime as RuntimeApi),
    connection: () => ({ kind: 'none', label: '' }),
    onDidChangeConnection: () => ({ dispose: () => undefined }),
    now: () => 0,
    onFailed: () => undefined,
    store: (kept: PlaygroundDocument) => {
      stored.push(kept);
      return Promise.resolve();
    },
  });
  playground.onDidChange((named) => titles.push(named));
  const page = playground.handlers();
  const run = { runId: 'run', laneId: 'lane', turnId: 'a' };
  return {
    ...{ playground, page, stored, titles, goOn, document },
    sent: () => sent,
    start: () => page.start({ ...run, conversation: document.lanes[0] ?? lane }, signal),
    saidLast: () => textOf(stored.at(-1)),
    load: () => playground.load(),
  };
}

const textOf = (document: PlaygroundDocument | undefined) => {
  const answer = document?.lanes[0]?.turns.find(({ role }) => role === 'assistant');
  return answer?.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
};

describe('an answer of a playground', () => {
  it('is kept as far as it came when the tab is closed, which has no title to change', async () => {
    const { playground, start, sent, saidLast, titles } = asked();
    await start();
    await until('the call', () => sent() === 1);
    playground.dispose();
    await until('the part', () => saidLast() === 'Hel');
    assert.deepEqual(titles, []);
  });

  it('is not asked for where the person stopped it before it was sent', async () => {
    const { page, start, sent, stored } = asked();
    await page.stop({ runId: 'run' }, signal);
    await start();
    await until('the end', () => stored.length === 1);
    assert.equal(sent(), 0);
    assert.equal(stored[0]?.lanes[0]?.turns.at(-1)?.answer?.status, 'stopped');
  });

  it('is in the playground that is renamed after it came', async () => {
    const { playground, start, goOn, saidLast, stored } = asked();
    await start();
    goOn();
    await until('the answer', () => saidLast() === 'Hello');
    await playground.rename('Greeting');
    assert.equal(stored.at(-1)?.title, 'Greeting');
    assert.equal(saidLast(), 'Hello');
  });

  it('outlives a page that writes down what it had before', async () => {
    const { page, start, goOn, saidLast, document } = asked();
    await start();
    goOn();
    await until('the answer', () => saidLast() === 'Hello');
    await page.save({ ...document, title: 'Late' }, signal);
    assert.equal(saidLast(), 'Hello');
  });

  it('stays deleted once a page has read it', async () => {
    const { page, start, goOn, saidLast, document, load } = asked();
    await start();
    goOn();
    await until('the answer', () => saidLast() === 'Hello');
    assert.equal(textOf(load().document), 'Hello');
    await page.save(document, signal);
    assert.equal(saidLast(), undefined);
  });

  it('in native mode outlives such a page too, until a page has read it', async () => {
    const { page, goOn, stored, document, load } = asked();
    const native = { ...document.native, modelId: 'meta.llama3-8b-instruct-v1:0' };
    await page.startNative({ runId: 'native', native }, signal);
    goOn();
    await until('the answer', () => stored.at(-1)?.nativeAnswer?.status === 'done');
    await page.save(document, signal);
    assert.equal(stored.at(-1)?.nativeAnswer?.text, 'Hello');
    assert.equal(load().document.nativeAnswer?.text, 'Hello');
    await page.save(document, signal);
    assert.equal(stored.at(-1)?.nativeAnswer, undefined);
  });
});
