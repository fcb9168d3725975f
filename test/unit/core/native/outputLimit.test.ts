import assert from 'node:assert/strict';
import { outputLimit } from '../../../../src/core/native/outputLimit.js';

const rows: readonly (readonly [string, number | undefined])[] = [
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 64_000],
  ['amazon.titan-text-express-v1', 8192],
  ['us.meta.llama3-1-8b-instruct-v1:0', 8192],
  ['cohere.command-text-v14', 4096],
  ['qwen.qwen3-32b-v1:0', undefined],
  ['arn:aws:bedrock:us-east-1:1:imported-model/abc', undefined],
];

describe('the most tokens a model writes', () => {
  for (const [modelId, tokens] of rows) {
    it(`of ${modelId} is ${tokens ?? 'unknown'}`, () => {
      assert.equal(outputLimit(modelId), tokens);
    });
  }
});
