import assert from 'node:assert/strict';
import {
  answerTurn,
  failAnswer,
  reduceStream,
  stopAnswer,
  waitingAnswer,
} from '../../../../src/core/converse/streamReducer.js';
import type { StreamEvent } from '../../../../src/core/converse/streamEvents.js';

const reduce = (events: readonly StreamEvent[]) => events.reduce(reduceStream, waitingAnswer);
const blocksOf = (events: readonly StreamEvent[]) => reduce(events).blocks.map((at) => at.block);

/** Every way to cut a text into pieces of one size. */
const pieces = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
    text.slice(at * size, (at + 1) * size),
  );

describe('stream reducer', () => {
  const answer = 'Grüße 👩‍💻 – “quoted” \n```js\nlet a = 1;\n```';
  const input = '{"city":"Zürich","days":[1,2],"deep":{"a":null}}';

  it('gives the same answer at every chunk size, surrogate pairs split included', () => {
    for (let size = 1; size <= Math.max(answer.length, input.length); size++) {
      const events: StreamEvent[] = [
        { type: 'messageStart', requestId: 'r1' },
        ...pieces('thinking', size).map((text) => ({ type: 'reasoning', index: 0, text }) as const),
        ...pieces('sig+/==', size).map(
          (signature) => ({ type: 'signature', index: 0, signature }) as const,
        ),
        { type: 'blockStop', index: 0 },
        ...pieces(answer, size).map((text) => ({ type: 'text', index: 1, text }) as const),
        { type: 'blockStop', index: 1 },
        {
          type: 'blockStart',
          index: 2,
          start: { type: 'toolUse', toolUseId: 't1', name: 'weather' },
        },
        ...pieces(input, size).map((json) => ({ type: 'toolInput', index: 2, json }) as const),
        { type: 'blockStop', index: 2 },
        { type: 'messageStop', stopReason: 'tool_use' },
      ];
      assert.deepEqual(
        blocksOf(events),
        [
          { type: 'reasoning', text: 'thinking', signature: 'sig+/==' },
          { type: 'text', text: answer },
          {
            type: 'toolUse',
            toolUseId: 't1',
            name: 'weather',
            input: JSON.parse(input) as unknown,
          },
        ],
        `at ${size}`,
      );
    }
  });

  it('keeps blocks apart that arrive interleaved and out of order', () => {
    const blocks = blocksOf([
      { type: 'text', index: 1, text: 'b' },
      { type: 'text', index: 0, text: 'a' },
      { type: 'text', index: 1, text: 'B' },
      { type: 'text', index: 0, text: 'A' },
    ]);
    assert.deepEqual(blocks, [
      { type: 'text', text: 'aA' },
      { type: 'text', text: 'bB' },
    ]);
  });

  it('reads an empty tool input as {}', () => {
    const start = { type: 'toolUse', toolUseId: 't', name: 'now' } as const;
    const blocks = blocksOf([
      { type: 'blockStart', index: 0, start },
      { type: 'toolInput', index: 0, json: '' },
      { type: 'blockStop', index: 0 },
    ]);
    assert.deepEqual(blocks, [{ ...start, input: {} }]);
  });

  it('keeps tool input that was cut off as text', () => {
    const state = reduce([
      { type: 'blockStart', index: 0, start: { type: 'toolUse', toolUseId: 't', name: 'now' } },
      { type: 'toolInput', index: 0, json: '{"a":' },
    ]);
    const turn = answerTurn(stopAnswer(state), { turnId: 'a', modelId: 'm', time: 't' });
    assert.deepEqual(turn.content, [
      { type: 'toolUse', toolUseId: 't', name: 'now', input: {}, invalidInput: '{"a":' },
    ]);
    assert.equal(turn.answer?.status, 'stopped');
  });

  it('joins redacted thoughts by their bytes', () => {
    const events = ['one', 'three', 'four'].map(
      (part) => ({ type: 'redacted', index: 0, base64: btoa(part) }) as const,
    );
    const [block] = blocksOf(events);
    assert.ok(block?.type === 'reasoning');
    assert.equal(atob(block.redacted ?? ''), 'onethreefour');
  });

  it('keeps citations with their text', () => {
    const citation = { title: 'A', quotes: ['q'], location: { web: { url: 'https://e.com' } } };
    const blocks = blocksOf([
      { type: 'text', index: 0, text: 'Said ' },
      { type: 'citation', index: 0, citation },
      { type: 'text', index: 0, text: 'so.' },
    ]);
    assert.deepEqual(blocks, [{ type: 'text', text: 'Said so.', citations: [citation] }]);
  });

  it('reads an image of the model, and says where it failed', () => {
    const start = {
      type: 'blockStart',
      index: 0,
      start: { type: 'image', format: 'png' },
    } as const;
    assert.deepEqual(blocksOf([start, { type: 'image', index: 0, base64: 'AAAA' }]), [
      { type: 'image', format: 'png', base64: 'AAAA' },
    ]);
    assert.deepEqual(blocksOf([start, { type: 'image', index: 0, error: 'blocked' }]), [
      { type: 'text', text: '[image: blocked]' },
    ]);
  });

  it('takes usage and latency from the metadata that comes after the stop', () => {
    const state = reduce([
      { type: 'text', index: 0, text: 'x' },
      { type: 'messageStop', stopReason: 'end_turn' },
      { type: 'metadata', usage: { inputTokens: 1 }, latencyMs: 5, trace: { a: 1 } },
      { type: 'timing', firstTokenMs: 2, totalMs: 9 },
    ]);
    assert.equal(state.status, 'done');
    assert.equal(state.stopReason, 'end_turn');
    assert.deepEqual(state.timing, { latencyMs: 5, firstTokenMs: 2, totalMs: 9 });
    assert.deepEqual(state.usage, { inputTokens: 1 });
    assert.deepEqual(state.trace, { a: 1 });
  });

  it('keeps the text that came before a failure', () => {
    const state = reduce([{ type: 'text', index: 0, text: 'half an ans' }]);
    const failed = failAnswer(state, { kind: 'throttled', message: 'Wait.' }, { totalMs: 3 });
    const turn = answerTurn(failed, { turnId: 'a', modelId: 'm', time: 't' });
    assert.deepEqual(turn.content, [{ type: 'text', text: 'half an ans' }]);
    assert.equal(turn.answer?.error?.kind, 'throttled');
    assert.equal(turn.answer.usage, undefined);
  });

  it('does not change blocks that an event is not about', () => {
    const before = reduce([
      { type: 'text', index: 0, text: 'a' },
      { type: 'text', index: 1, text: 'b' },
    ]);
    const after = reduceStream(before, { type: 'text', index: 1, text: 'c' });
    assert.equal(after.blocks[0], before.blocks[0]);
  });

  it('is plain JSON at every step', () => {
    const state = reduce([
      { type: 'messageStart' },
      { type: 'text', index: 0, text: 'a' },
      { type: 'timing', totalMs: 1 },
    ]);
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
  });
});
