import assert from 'node:assert/strict';
import { batchSupport, isBatchOverridden } from '../../../../src/core/models/batchSupport.js';
import { contextOf } from '../../../../src/core/models/context.js';
import { fitsPattern } from '../../../../src/core/models/idPattern.js';
import { priceOf } from '../../../../src/core/models/prices.js';

const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';

describe('the price of a model', () => {
  const rows: readonly [string, string, number | undefined, number | undefined][] = [
    ['a bare id', haiku, 1, 5],
    ['a global profile costs what the model costs', `global.${haiku}`, 1, 5],
    ['a geographic profile of Claude 4.5 costs a tenth more', `us.${haiku}`, 1.1, 5.5],
    ['so does one of any other geography', `apac.${haiku}`, 1.1, 5.5],
    ['an older profile costs what the model costs', 'us.amazon.nova-lite-v1:0', 0.06, 0.24],
    ['a model ARN', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0', 0.8, 3.2],
    ['a profile whose price no source backs', 'eu.amazon.nova-lite-v1:0', undefined, undefined],
    ['a model whose price no source backs', 'zai.glm-4.7', undefined, undefined],
    [
      'an application profile, which hides its model',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
      undefined,
      undefined,
    ],
  ];
  for (const [what, id, input, output] of rows) {
    it(`is ${input === undefined ? 'unknown for' : 'known for'} ${what}`, () => {
      const price = priceOf(id);
      assert.equal(price?.inputPerMillion, input);
      assert.equal(price?.outputPerMillion, output);
    });
  }

  it('has a date, a source and cache prices without rounding noise', () => {
    const price = priceOf(`us.${haiku}`);
    assert.equal(price?.currency, 'USD');
    assert.match(price.date, /^2026-\d\d-\d\d$/);
    assert.match(price.source, /^https:\/\//);
    assert.equal(price.cacheReadPerMillion, 0.11);
    assert.equal(price.cacheWritePerMillion, 1.375);
  });

  it('leaves out what is not known rather than calling it 0', () => {
    assert.ok(!('cacheReadPerMillion' in (priceOf('amazon.nova-lite-v1:0') ?? {})));
  });

  it('is that of the settings where they have one, and says so', () => {
    const own = { 'zai.*': { input: 0.6 }, [haiku]: { input: 0.9, output: 4.5 } };
    assert.deepEqual(priceOf('zai.glm-4.7', own), {
      inputPerMillion: 0.6,
      currency: 'USD',
      date: '',
      source: 'bedrock.models.prices',
    });
    assert.equal(priceOf(`us.${haiku}`, own)?.outputPerMillion, 4.5);
  });
});

describe('a pattern for model ids', () => {
  const rows: readonly [string, string, boolean][] = [
    ['anthropic.*', haiku, true],
    ['anthropic.*', `us.${haiku}`, true],
    ['us.anthropic.*', `us.${haiku}`, true],
    ['us.anthropic.*', haiku, false],
    ['*haiku*', haiku, true],
    ['zai.glm-4.7', 'zai.glm-4x7', false],
    ['zai.glm', 'zai.glm-4.7', false],
    ['(', haiku, false],
  ];
  for (const [pattern, id, fits] of rows) {
    it(`${pattern} ${fits ? 'fits' : 'does not fit'} ${id}`, () => {
      assert.equal(fitsPattern(pattern, id), fits);
    });
  }
});

describe('whether a model takes batch jobs', () => {
  it('is what the table says, and what the settings say before it', () => {
    const id = 'cohere.embed-v4:0';
    assert.equal(batchSupport(id), 'no');
    assert.equal(batchSupport(id, { 'cohere.*': 'yes' }), 'yes');
    assert.equal(batchSupport(id, { 'cohere.*': 'yes', [id]: 'no' }), 'no');
    assert.ok(isBatchOverridden(id, { 'cohere.*': 'yes' }));
    assert.ok(!isBatchOverridden(id, {}));
  });

  it('is unknown for a model that neither has', () => {
    assert.equal(batchSupport('newcomer.model-v1'), 'unknown');
  });
});

describe('the context of a model', () => {
  it('is known for some, through any profile, and unknown for others', () => {
    assert.deepEqual(contextOf(`us.${haiku}`), { input: 200_000, output: 64_000 });
    assert.equal(contextOf('zai.glm-4.7'), undefined);
  });
});
