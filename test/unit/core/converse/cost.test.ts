import assert from 'node:assert/strict';
import { usageFromWire } from '../../../../src/core/converse/blockFromWire.js';
import { costOf, tokensPerSecond } from '../../../../src/core/converse/cost.js';
import type { Price } from '../../../../src/core/models/prices.js';
import {
  estimateRequestTokens,
  estimateTokens,
} from '../../../../src/core/converse/estimateTokens.js';
import { buildConverseRequest } from '../../../../src/core/converse/buildRequest.js';
import type { Usage } from '../../../../src/core/converse/types.js';
import { aConversation } from './support.js';

const meta = { currency: 'USD', date: '2026-10-05', source: 'a table' } as const;
const rates: Price = { inputPerMillion: 3, outputPerMillion: 15, ...meta };
const cached: Price = { ...rates, cacheReadPerMillion: 0.3, cacheWritePerMillion: 3.75 };

const rows: readonly (readonly [
  string,
  Usage | undefined,
  Price | undefined,
  number | undefined,
])[] = [
  ['input and output', { inputTokens: 1_000_000, outputTokens: 1000 }, rates, 3.015],
  [
    'cached tokens at their own rates',
    { inputTokens: 0, outputTokens: 0, cacheReadTokens: 1e6, cacheWriteTokens: 1e6 },
    cached,
    4.05,
  ],
  ['nothing where no price is known', { inputTokens: 1, outputTokens: 1 }, undefined, undefined],
  ['nothing where usage is not known', undefined, rates, undefined],
  ['nothing where one count is missing', { inputTokens: 1 }, rates, undefined],
  [
    'nothing where a used rate is missing',
    { inputTokens: 1, outputTokens: 1, cacheReadTokens: 5 },
    rates,
    undefined,
  ],
  [
    'nothing for cache writes kept an hour',
    { inputTokens: 1, outputTokens: 1, cacheWriteTokens: 5, cacheWriteOneHourTokens: 5 },
    cached,
    undefined,
  ],
  [
    'a whole sum where an unknown rate was not used',
    { inputTokens: 1_000_000, outputTokens: 0, cacheReadTokens: 0 },
    { inputPerMillion: 1, ...meta },
    1,
  ],
];

describe('cost', () => {
  for (const [what, usage, price, amount] of rows) {
    it(`is ${what}`, () => {
      const cost = costOf(usage, price);
      assert.equal(cost?.amount.toFixed(6), amount?.toFixed(6));
      if (cost) assert.equal(cost.source, meta.source);
    });
  }

  it('reads usage without inventing zeros', () => {
    assert.deepEqual(usageFromWire({ inputTokens: 1, cacheReadInputTokens: 0 }), {
      inputTokens: 1,
      cacheReadTokens: 0,
    });
    assert.equal(usageFromWire(undefined), undefined);
  });

  it('finds the hour’s share of cache writes', () => {
    const cacheDetails = [
      { ttl: '1h', inputTokens: 7 },
      { ttl: '5m', inputTokens: 2 },
    ];
    assert.deepEqual(usageFromWire({ cacheWriteInputTokens: 9, cacheDetails }), {
      cacheWriteTokens: 9,
      cacheWriteOneHourTokens: 7,
    });
  });

  it('tells tokens a second after the first', () => {
    assert.equal(tokensPerSecond({ outputTokens: 100 }, { firstTokenMs: 500, totalMs: 1500 }), 100);
    assert.equal(tokensPerSecond({}, { totalMs: 5 }), undefined);
  });

  it('estimates near a token to four letters, more for other scripts', () => {
    assert.equal(estimateTokens('abcd'.repeat(10)), 10);
    assert.ok(estimateTokens('日本語日本語') >= 4);
    assert.ok(estimateRequestTokens(buildConverseRequest(aConversation())) > 0);
  });

  it('counts a picture as a picture, not by its bytes, also in what a tool gave', () => {
    const image = { image: { format: 'png', source: { bytes: 'A'.repeat(1_000_000) } } };
    const result = { toolResult: { toolUseId: 'x', content: [image, { text: 'A map.' }] } };
    for (const block of [image, result]) {
      const tokens = estimateRequestTokens({
        modelId: 'm',
        messages: [{ role: 'user', content: [block] }],
      });
      assert.ok(tokens > 1000 && tokens < 2000, String(tokens));
    }
  });
});
