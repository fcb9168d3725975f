import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Model } from '../../src/core/models/model.js';
import { until } from '../support/until.js';
import { chooseSandbox, fault, haiku, refuses, run, scratchFolder } from './support/workbench.js';

const haikuId = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const set = (key: string, value: unknown) =>
  vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);

describe('bedrock.models', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let access: Awaited<ReturnType<typeof chooseSandbox>>;
  let models: Model[];

  before(async () => {
    scratch = await scratchFolder();
    access = await chooseSandbox(join(scratch.path, 'data'));
    models = await run<Model[]>('bedrock.models.list');
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  const model = (id: string) => models.find((candidate) => candidate.id === id);

  describe('list', () => {
    it('joins a model with the inference profiles that lead to it', () => {
      const found = model(haikuId);
      assert.ok(found);
      const ids = found.profiles.map(({ id }) => id);
      assert.ok(ids.includes(haiku), ids.join());
      assert.ok(found.profiles.every(({ regions, arn }) => regions.length > 0 && arn !== ''));
      assert.ok(!found.inferenceTypes.includes('ON_DEMAND'), 'runs through profiles only');
    });

    it('says of each model whether it takes batch jobs', () => {
      assert.equal(model(haikuId)?.batch, 'yes');
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

    it('keeps the profiles it knew where they may not be listed any more', async () => {
      await fault(access, {
        match: { operation: 'ListInferenceProfiles' },
        fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'Not you.' },
        times: 1,
      });
      const fresh = await run<Model[]>('bedrock.models.list', { refresh: true });
      assert.ok(fresh.find(({ id }) => id === haikuId)?.profiles.length);
    });

    it('follows the setting on batch without asking again', async () => {
      await set('bedrock.models.batch', { 'cohere.embed-*': 'yes' });
      try {
        const listed = await run<Model[]>('bedrock.models.list');
        assert.equal(listed.find(({ id }) => id === 'cohere.embed-v4:0')?.batch, 'yes');
      } finally {
        await set('bedrock.models.batch', undefined);
      }
    });

    it('rejects where the models themselves may not be listed', async () => {
      await fault(access, {
        match: { operation: 'ListFoundationModels' },
        fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'Not you.' },
        times: 1,
      });
      await refuses(
        run('bedrock.models.list', { refresh: true }),
        'accessDenied',
        /bedrock:ListFoundationModels/,
      );
    });
  });

  describe('copying', () => {
    const rows: readonly [string, string, string][] = [
      ['copyId', haikuId, haikuId],
      ['copyId', haiku, haikuId],
      ['copyArn', haikuId, `arn:aws:bedrock:us-east-1::foundation-model/${haikuId}`],
      ['copyProfileId', haikuId, haiku],
    ];
    for (const [command, given, expected] of rows) {
      it(`${command} of ${given} gives and copies ${expected}`, async () => {
        assert.equal(await run(`bedrock.models.${command}`, given), expected);
        assert.equal(await vscode.env.clipboard.readText(), expected);
      });
    }

    it('copies the ids of several models, one a line', async () => {
      const ids = ['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'];
      assert.equal(await run('bedrock.models.copyId', ids), ids.join('\n'));
    });

    it('refuses a profile id where no profile leads to the model', async () => {
      await refuses(
        run('bedrock.models.copyProfileId', 'amazon.titan-embed-text-v2:0'),
        'notFound',
        /No inference profile leads to/,
      );
    });

    it('refuses a model that is not there', async () => {
      await refuses(run('bedrock.models.copyId', 'x.y'), 'notFound', /x\.y is not among/);
    });
  });

  describe('the view', () => {
    it('takes a filter, and refuses one of another form', async () => {
      const filter = { batch: true, text: 'claude' };
      assert.deepEqual(await run('bedrock.models.filter', filter), filter);
      await refuses(
        run('bedrock.models.filter', { batch: 'yes' }),
        'invalidInput',
        /argument "batch"/,
      );
      await run('bedrock.models.clearFilter');
    });

    it('takes a grouping', async () => {
      await run('bedrock.models.groupBy', 'capability');
      await run('bedrock.models.groupBy', 'provider');
      await refuses(run('bedrock.models.groupBy', 'size'), 'invalidInput', /groupBy/);
    });

    it('makes a favorite, and takes it away again', async () => {
      await run('bedrock.models.addFavorite', haikuId);
      await run('bedrock.models.removeFavorite', haiku);
    });

    it('opens one page of details a model', async () => {
      await run('bedrock.models.details', haikuId);
      await run('bedrock.models.details', { modelId: haiku });
      const pages = await until('the page', () => {
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        const named = tabs.filter(({ label }) => label === 'Claude Haiku 4.5');
        return named.length > 0 ? named : undefined;
      });
      assert.equal(pages.length, 1);
      await vscode.window.tabGroups.close(pages);
    });

    it('tells what it listed and what failed', async () => {
      const listed = await run('bedrock.models.refresh');
      assert.deepEqual(listed, { models: models.length, failed: [] });
    });
  });
});
