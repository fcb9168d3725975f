import assert from 'node:assert/strict';
import { isRequest, toBedrockRecord } from '../../../../src/core/batch/foreignRecord.js';

const openAi = (body: object) => ({
  custom_id: 'r1',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], ...body },
});
const hi = [{ role: 'user', content: [{ text: 'Hi' }] }];

describe('requests of other batch services', () => {
  for (const [what, body, modelInput, dropped] of [
    ['a chat completion', {}, { messages: hi }, ['model']],
    [
      'its settings',
      { max_completion_tokens: 9, temperature: 0, top_p: 0.5, stop: 'END', seed: 1 },
      {
        messages: hi,
        inferenceConfig: { maxTokens: 9, temperature: 0, topP: 0.5, stopSequences: ['END'] },
      },
      ['model', 'seed'],
    ],
    [
      'system texts, answers and images',
      {
        messages: [
          { role: 'system', content: 'Be short.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is it?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
            ],
          },
          { role: 'assistant', content: 'A dot.' },
          { role: 'user', content: 'Hi' },
        ],
      },
      {
        system: [{ text: 'Be short.' }],
        messages: [
          {
            role: 'user',
            content: [
              { text: 'What is it?' },
              { image: { format: 'png', source: { bytes: 'AA==' } } },
            ],
          },
          { role: 'assistant', content: [{ text: 'A dot.' }] },
          ...hi,
        ],
      },
      ['model'],
    ],
  ] as const) {
    it(`OpenAI: ${what}`, () => {
      const converted = toBedrockRecord(openAi(body));
      assert.deepEqual(converted.record, { recordId: 'r1', modelInput });
      assert.equal(converted.invocationType, 'Converse');
      assert.deepEqual(converted.dropped, dropped);
    });
  }

  for (const [what, body] of [
    ['tools', { tools: [{ type: 'function' }] }],
    ['several answers', { n: 2 }],
    ['a schema for the answer', { response_format: { type: 'json_schema' } }],
    ['embeddings', { input: 'text' }],
    [
      'an image by its address',
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x' } }] },
        ],
      },
    ],
    ['a tool’s result', { messages: [{ role: 'tool', content: 'x' }] }],
  ] as const) {
    it(`OpenAI: refuses ${what} rather than lose it`, () => {
      assert.throws(() => toBedrockRecord(openAi(body)), /cannot be converted/);
    });
  }

  it('Anthropic: the params become Claude’s body', () => {
    const params = { model: 'claude', max_tokens: 5, messages: [], stream: false };
    assert.deepEqual(toBedrockRecord({ custom_id: 'a', params }), {
      record: {
        recordId: 'a',
        modelInput: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 5, messages: [] },
      },
      invocationType: 'InvokeModel',
      dropped: ['model', 'stream'],
    });
  });

  it('Bedrock’s own records stay as they are', () => {
    const record = { recordId: 'x', modelInput: {}, more: 1 };
    assert.equal(toBedrockRecord(record).record, record);
    assert.deepEqual(
      [isRequest(record), isRequest({ id: 1 }), isRequest([])],
      [true, false, false],
    );
  });
});
