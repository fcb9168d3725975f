import assert from 'node:assert/strict';
import { toOpenOptions } from '../../../../src/core/batch/recordPrompt.js';

describe('a record in the playground', () => {
  for (const [what, modelInput, expected] of [
    [
      'Converse',
      {
        system: [{ text: 'Be short.' }],
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        inferenceConfig: { maxTokens: 5, topP: 0.1 },
      },
      {
        system: 'Be short.',
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        parameters: { maxTokens: 5, topP: 0.1 },
      },
    ],
    [
      'Claude’s own body',
      { system: 'S', max_tokens: 7, messages: [{ role: 'user', content: 'Hi' }] },
      {
        system: 'S',
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        parameters: { maxTokens: 7 },
      },
    ],
    ['Titan', { inputText: 'Hi' }, { messages: [{ role: 'user', content: 'Hi' }] }],
  ] as const) {
    it(what, () => {
      assert.deepEqual(toOpenOptions(modelInput), expected);
    });
  }
});
