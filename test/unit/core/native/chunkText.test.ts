import assert from 'node:assert/strict';
import type { Family } from '../../../../src/core/models/families.js';
import { chunkStop, chunkText, hasToken } from '../../../../src/core/native/chunkText.js';

const rows: readonly (readonly [Family | undefined, unknown, string])[] = [
  ['anthropic', { type: 'content_block_delta', delta: { type: 'text_delta', text: 'a' } }, 'a'],
  ['anthropic', { type: 'content_block_delta', delta: { thinking: 'a' } }, ''],
  ['anthropic', { type: 'message_start', message: { content: [] } }, ''],
  ['nova', { contentBlockDelta: { delta: { text: 'a' }, contentBlockIndex: 0 } }, 'a'],
  ['titanText', { outputText: 'a', index: 0 }, 'a'],
  ['cohereCommand', { text: 'a', is_finished: false }, 'a'],
  ['cohereCommand', { is_finished: true, finish_reason: 'COMPLETE' }, ''],
  ['cohereCommandR', { event_type: 'text-generation', text: 'a' }, 'a'],
  ['cohereCommandR', { event_type: 'stream-end', response: { text: 'all of it' } }, ''],
  ['llama', { generation: 'a', stop_reason: null }, 'a'],
  ['mistralText', { outputs: [{ text: 'a', stop_reason: null }] }, 'a'],
  ['mistralChat', { choices: [{ delta: { content: 'a' } }] }, 'a'],
  ['mistralChat', { choices: [{ message: { content: 'a' } }] }, 'a'],
  ['deepseekR1', { choices: [{ text: 'a' }] }, 'a'],
  ['openAiChat', { choices: [{ delta: {}, finish_reason: 'stop' }] }, ''],
  ['titanEmbedText', { embedding: [1] }, ''],
  [undefined, { outputText: 'a' }, 'a'],
  [undefined, 'no object', ''],
];

const endings: readonly (readonly [Family, unknown, string | undefined])[] = [
  ['anthropic', { type: 'message_delta', delta: { stop_reason: 'end_turn' } }, 'end_turn'],
  ['nova', { messageStop: { stopReason: 'max_tokens' } }, 'max_tokens'],
  ['cohereCommand', { is_finished: true, finish_reason: 'COMPLETE' }, 'COMPLETE'],
  ['llama', { generation: 'a', stop_reason: null }, undefined],
  ['mistralChat', { choices: [{ delta: {}, finish_reason: 'stop' }] }, 'stop'],
];

describe('native chunks', () => {
  for (const [family, chunk, text] of rows) {
    it(`${family ?? 'an unknown family'}: ${JSON.stringify(chunk)}`, () => {
      assert.equal(chunkText(family, chunk), text);
    });
  }

  for (const [family, chunk, reason] of endings) {
    it(`says why ${family} ends with ${JSON.stringify(chunk)}`, () => {
      assert.equal(chunkStop(family, chunk), reason);
    });
  }

  it('counts thoughts and tool input as tokens', () => {
    assert.ok(hasToken('anthropic', { type: 'content_block_delta', delta: { thinking: 'a' } }));
    assert.ok(hasToken('openAiChat', { choices: [{ delta: { tool_calls: [{}] } }] }));
    assert.ok(!hasToken('anthropic', { type: 'message_start' }));
  });
});
