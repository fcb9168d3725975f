import assert from 'node:assert/strict';
import { outputReaderFor, promptPreview } from '../../../../src/core/results/readOutput.js';

const claude = {
  content: [{ type: 'text', text: 'Hi' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 2 },
};
const converse = {
  output: { message: { role: 'assistant', content: [{ text: 'Hi', image: null }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 1, outputTokens: 2 },
};
const known = { text: 'Hi', inputTokens: 1, outputTokens: 2, stopReason: 'end_turn' };

describe('outputReaderFor', () => {
  const rows: readonly [string, Parameters<typeof outputReaderFor>[0], unknown][] = [
    ['the body of the model', { modelId: 'us.anthropic.claude-x' }, claude],
    ['a Converse response', { modelId: 'anthropic.x', invocationType: 'Converse' }, converse],
    ['a Claude body of an unknown model', {}, claude],
    ['a Converse response of an unknown job', {}, converse],
  ];
  for (const [what, source, output] of rows) {
    it(`reads ${what}`, () => {
      assert.deepEqual(outputReaderFor(source)(output), known);
    });
  }

  for (const output of [undefined, null, 'text', 7, [], { usage: 'x', content: 3 }]) {
    it(`finds nothing in ${JSON.stringify(output)} and invents nothing`, () => {
      assert.deepEqual(outputReaderFor({})(output), {});
      assert.deepEqual(outputReaderFor({ invocationType: 'Converse' })(output), {});
    });
  }
});

describe('promptPreview', () => {
  it('shows the last user text of messages', () => {
    const modelInput = { messages: [{ role: 'user', content: 'Why?' }], max_tokens: 5 };
    assert.equal(promptPreview(modelInput, { modelId: 'anthropic.claude-x' }), 'Why?');
    assert.equal(promptPreview(modelInput, {}), 'Why?');
  });

  it('is empty where there is no prompt', () => {
    assert.equal(promptPreview(undefined, {}), '');
  });
});
