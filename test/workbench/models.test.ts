import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Model } from '../../src/core/models/model.js';
import { chooseSandbox, run, scratchFolder } from './support/workbench.js';

describe('bedrock.models.list', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let models: Model[];

  before(async () => {
    scratch = await scratchFolder();
    await chooseSandbox(join(scratch.path, 'data'));
    models = await run<Model[]>('bedrock.models.list');
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  const model = (id: string) => models.find((candidate) => candidate.id === id);

  it('joins a model with the inference profiles that lead to it', () => {
    const found = model('anthropic.claude-haiku-4-5-20251001-v1:0');
    assert.ok(found);
    const ids = found.profiles.map(({ id }) => id);
    assert.ok(ids.includes('us.anthropic.claude-haiku-4-5-20251001-v1:0'), ids.join());
    assert.ok(found.profiles.every(({ regions, arn }) => regions.length > 0 && arn !== ''));
    assert.ok(!found.inferenceTypes.includes('ON_DEMAND'), 'runs through profiles only');
  });

  it('says of each model whether it takes batch jobs', () => {
    assert.equal(model('anthropic.claude-haiku-4-5-20251001-v1:0')?.batch, 'yes');
    assert.ok(models.some(({ batch }) => batch !== 'yes'));
  });

  it('gives every model an ARN, a name, a provider, modalities and a lifecycle', () => {
    assert.ok(models.length > 20, `${models.length} models`);
    for (const { id, arn, name, provider, input, output, lifecycle } of models) {
      assert.ok(arn.startsWith('arn:aws:bedrock:') && name && provider, id);
      assert.ok(input.length > 0 && output.length > 0 && lifecycle.status, id);
    }
  });

  it('asks once and keeps the answer until { refresh: true }', async () => {
    assert.equal(await run('bedrock.models.list'), models);
    const fresh = await run<Model[]>('bedrock.models.list', { refresh: true });
    assert.notEqual(fresh, models);
    assert.deepEqual(fresh, models);
  });
});
