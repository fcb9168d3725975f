import assert from 'node:assert/strict';
import { estimateCost, sampleOf } from '../../../../src/core/batch/estimateCost.js';
import { priceOf } from '../../../../src/core/models/prices.js';

const rates = {
  inputPerMillion: 2,
  outputPerMillion: 10,
  currency: 'USD',
  date: '',
  source: '',
} as const;
const dataset = { records: 1000, bytes: 1_000_000 };

/** A hundred words of five letters are 125 tokens by the rule of four letters. */
const text = 'word '.repeat(100);
const record = (more: object = {}) => ({
  modelInput: { messages: [{ role: 'user', content: text }], ...more },
  bytes: 1000,
});

describe('the cost of a batch job', () => {
  it('is a range: few input tokens alone, many and every answer at its limit', () => {
    const sample = sampleOf([record({ max_tokens: 100 }), record({ max_tokens: 300 })]);
    assert.equal(sample.answerLimit, 300);
    const cost = estimateCost(sample, dataset, rates);
    // 126 tokens a record (`user` is one): 126,000 at half of $2 a million.
    assert.equal(cost?.inputTokens, 126_000);
    assert.equal(cost.from, (126_000 * (2 / 3) * 2 * 0.5) / 1e6);
    assert.equal(cost.to, (126_000 * (4 / 3) * 2 * 0.5) / 1e6 + (1000 * 300 * 10 * 0.5) / 1e6);
  });

  it('has no upper end where one record sets no limit', () => {
    const cost = estimateCost(sampleOf([record({ max_tokens: 100 }), record()]), dataset, rates);
    assert.equal(cost?.to, undefined);
    assert.equal(cost?.answerLimit, undefined);
    assert.ok((cost?.from ?? 0) > 0);
  });

  it('is unknown without a price, and without records to judge by', () => {
    assert.equal(estimateCost(sampleOf([record()]), dataset, undefined), undefined);
    assert.equal(estimateCost(sampleOf([]), dataset, rates), undefined);
    const half = { outputPerMillion: 10, currency: 'USD', date: '', source: '' } as const;
    assert.equal(estimateCost(sampleOf([record()]), dataset, half), undefined);
  });

  it('has both ends for embeddings, which have no answer', () => {
    const price = priceOf('amazon.titan-embed-text-v2:0');
    const sample = sampleOf([{ modelInput: { inputText: text }, bytes: 1000 }]);
    const cost = estimateCost(sample, dataset, price);
    assert.ok(cost?.to !== undefined && cost.to > cost.from);
    assert.equal(cost.answerLimit, undefined);
  });

  it('counts a picture as a picture, by record and not by its bytes', () => {
    const data = 'QUJD'.repeat(50_000);
    const sample = sampleOf([
      { modelInput: { messages: [{ content: [{ source: { data } }] }] }, bytes: 200_000 },
    ]);
    assert.equal(sample.hasMedia, true);
    const cost = estimateCost(sample, { records: 100, bytes: 1_000 }, rates);
    assert.equal(cost?.inputTokens, 150_000);
  });

  const limits: readonly [string, object][] = [
    ['Claude', { max_tokens: 7 }],
    ['Converse and Nova', { inferenceConfig: { maxTokens: 7 } }],
    ['Titan', { inputText: '', textGenerationConfig: { maxTokenCount: 7 } }],
    ['Llama', { prompt: '', max_gen_len: 7 }],
    ['OpenAI', { messages: [], max_completion_tokens: 7 }],
  ];
  for (const [family, modelInput] of limits) {
    it(`finds the limit of an answer of ${family}`, () => {
      assert.equal(sampleOf([{ modelInput, bytes: 10 }]).answerLimit, 7);
    });
  }
});
