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

  const v4 = { inputs: [{ content: [{ type: 'text', text: 'Why?' }] }], input_type: 'x' };
  const unknown: readonly (readonly [string, unknown, string?])[] = [
    ['Mistral text', { prompt: 'Why?', max_tokens: 5 }],
    ['Cohere Embed v4', v4],
    ['Cohere Embed v4, known', v4, 'cohere.embed-v4:0'],
    ['Command R', { message: 'Why?', chat_history: [] }],
    ['Titan', { inputText: 'Why?' }],
    ['Nova embeddings', { singleEmbeddingParams: { text: { value: 'Why?' } } }],
    ['Nova embeddings in segments', { segmentedEmbeddingParams: { text: { value: 'Why?' } } }],
    ['Nova Canvas', { textToImageParams: { text: 'Why?' } }],
    ['Hugging Face', { inputs: 'Why?', parameters: {} }],
    ['Responses', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Why?' }] }] }],
    ['Gemini', { contents: [{ role: 'user', parts: [{ text: 'Why?' }] }] }],
  ];
  for (const [whose, modelInput, modelId] of unknown) {
    it(`shows the prompt of ${whose}`, () => {
      assert.equal(promptPreview(modelInput, { modelId }), 'Why?');
    });
  }

  it('is empty where there is no prompt', () => {
    assert.equal(promptPreview(undefined, {}), '');
  });
});
