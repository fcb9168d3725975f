import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.js';
import { noteRecent, parseIds, setFavourite } from '../../../../src/core/models/favourites.js';
import {
  invocationId,
  lifePhase,
  type Lifecycle,
  type Model,
} from '../../../../src/core/models/model.js';
import { modelAccessUrl, modelConsoleUrl } from '../../../../src/core/models/modelConsole.js';
import {
  keepFailedBranches,
  mayBeMore,
  parseCached,
  withBatchOverrides,
  type ModelCatalogue,
} from '../../../../src/core/models/modelCatalogue.js';
import {
  childNodes,
  countShown,
  rootNodes,
  type ModelNode,
  type ModelTreeState,
} from '../../../../src/core/models/tree.js';
import { aModel, aProfile, now } from './support.js';

const life = (endOfLife?: string, startOfLife = '2026-01-01T00:00:00Z'): Lifecycle => ({
  status: endOfLife ? 'LEGACY' : 'ACTIVE',
  startOfLife,
  ...(endOfLife ? { endOfLife } : {}),
});

const catalogue: ModelCatalogue = {
  models: [
    aModel({ id: 'acme.old', provider: 'Acme', lifecycle: life('2025-01-01T00:00:00Z') }),
    aModel({ id: 'acme.chat', provider: 'Acme', streaming: true, batch: 'yes' }),
    aModel({
      id: 'acme.new',
      provider: 'Acme',
      input: ['IMAGE', 'TEXT'],
      inferenceTypes: [],
      lifecycle: life(undefined, '2026-10-01T00:00:00Z'),
    }),
    aModel({ id: 'bolt.embed', provider: 'Bolt', output: ['EMBEDDING'] }),
  ],
  own: [{ kind: 'custom', arn: 'arn:aws:bedrock:us-east-1:1:custom-model/x', name: 'tuned' }],
  errors: {},
};

const state = (fields: Partial<ModelTreeState> = {}): ModelTreeState => ({
  catalogue,
  filter: {},
  grouping: 'provider',
  favourites: [],
  recent: [],
  now,
  ...fields,
});

/** A tree as lines: groups with what is below them. */
function lines(nodes: readonly ModelNode[]): string[] {
  return nodes.map((node) => {
    if (node.kind === 'failure') return `! ${node.branches.join('+')}`;
    if (node.kind === 'model') return node.modelId;
    if (node.kind === 'own') return node.own.name;
    const name = node.key === '' || node.key === node.of ? node.of : node.key;
    return `${name}: ${lines(childNodes(node)).join(' ')}`;
  });
}

describe('the tree of models', () => {
  it('groups by provider, the newest first and those past their end last', () => {
    assert.deepEqual(lines(rootNodes(state())), [
      'Acme: acme.new acme.chat acme.old',
      'Bolt: bolt.embed',
      'custom: tuned',
    ]);
  });

  it('groups by what goes in and what comes out', () => {
    assert.deepEqual(lines(rootNodes(state({ grouping: 'modality' }))), [
      'TEXT→TEXT: acme.chat acme.old',
      'TEXT→EMBEDDING: bolt.embed',
      'TEXT+IMAGE→TEXT: acme.new',
      'custom: tuned',
    ]);
  });

  it('groups by capability, a model under each it has', () => {
    assert.deepEqual(lines(rootNodes(state({ grouping: 'capability' }))).slice(0, -1), [
      'batch: acme.chat',
      'streaming: acme.chat',
      'vision: acme.new',
      'embeddings: bolt.embed',
      'onDemand: acme.chat bolt.embed acme.old',
      'needsProfile: acme.new',
    ]);
  });

  it('shows favourites and recent ones first, none twice among them', () => {
    const nodes = rootNodes(
      state({
        favourites: ['bolt.embed', 'not.here'],
        recent: ['acme.chat', 'bolt.embed'],
      }),
    );
    assert.deepEqual(lines(nodes).slice(0, 2), ['favourites: bolt.embed', 'recent: acme.chat']);
  });

  it('gives every line a path of its own, also where a model is shown twice', () => {
    const nodes = rootNodes(state({ favourites: ['acme.chat'], grouping: 'capability' }));
    const paths = nodes.flatMap((node) => [node, ...childNodes(node)]).map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
  });

  it('hides what does not pass the filter, and counts what does', () => {
    const filtered = state({ filter: { streaming: true }, favourites: ['bolt.embed'] });
    assert.deepEqual(lines(rootNodes(filtered)), ['Acme: acme.chat']);
    assert.deepEqual(countShown(filtered), { shown: 1, total: 4 });
  });

  it('shows a failed branch beside what the others gave', () => {
    const errors = { profiles: new AppError('accessDenied', 'Not allowed.') };
    const nodes = rootNodes(state({ catalogue: { ...catalogue, errors } }));
    assert.deepEqual(lines(nodes).slice(0, 2), ['! profiles', 'Acme: acme.new acme.chat acme.old']);
  });

  it('says once what hinders every branch alike', () => {
    const down = (action: string) => new AppError('network', `Nothing answers (${action}).`);
    const errors = { models: down('a'), profiles: down('b'), custom: down('c') };
    const nodes = rootNodes(state({ catalogue: { models: [], own: [], errors } }));
    assert.deepEqual(lines(nodes), ['! models+profiles+custom']);
  });
});

describe('the id to invoke', () => {
  const profiles = ['us', 'us-gov', 'eu', 'apac', 'jp', 'au', 'ca', 'global'];
  const needy = aModel({ inferenceTypes: [], profiles: profiles.map((at) => aProfile(at)) });
  const only = (...prefixes: string[]): Model => ({
    ...needy,
    profiles: prefixes.map((prefix) => aProfile(prefix)),
  });
  const rows: readonly [string, Model, string, string | undefined][] = [
    ['the bare id on demand', { ...needy, inferenceTypes: ['ON_DEMAND'] }, 'us-east-1', ''],
    ['a profile of the United States', needy, 'us-west-2', 'us.'],
    ['a profile of GovCloud, not of the United States', needy, 'us-gov-west-1', 'us-gov.'],
    ['a profile of the European Union', needy, 'eu-central-1', 'eu.'],
    ['a profile of Canada', needy, 'ca-central-1', 'ca.'],
    ['one of the United States in Canada, where it has none', only('us'), 'ca-central-1', 'us.'],
    ['a profile of Japan', needy, 'ap-northeast-1', 'jp.'],
    ['one of Asia and the Pacific in Japan otherwise', only('apac'), 'ap-northeast-1', 'apac.'],
    ['a profile of Australia', needy, 'ap-southeast-2', 'au.'],
    ['a profile of Asia and the Pacific', needy, 'ap-southeast-1', 'apac.'],
    ['a global profile in a Region without geography', needy, 'il-central-1', 'global.'],
    ['a global profile before one of elsewhere', only('us', 'global'), 'eu-west-1', 'global.'],
    ['what AWS lists here where nothing fits', only('eu'), 'il-central-1', 'eu.'],
    ['nothing where only provisioned throughput leads to it', only(), 'us-east-1', undefined],
  ];
  for (const [what, model, region, prefix] of rows) {
    it(`is ${what} (${region})`, () => {
      const expected = prefix === undefined ? undefined : `${prefix}${model.id}`;
      assert.equal(invocationId(model, region), expected);
    });
  }

  it('is never a profile that the account made for its own accounting', () => {
    const own = { ...aProfile('us'), type: 'application' as const };
    assert.equal(invocationId({ ...needy, profiles: [own] }, 'us-east-1'), undefined);
  });
});

describe('the phase of a model', () => {
  const rows: readonly [string, Lifecycle, ReturnType<typeof lifePhase>][] = [
    ['active without dates', { status: 'ACTIVE' }, { phase: 'active' }],
    [
      'legacy with days to go',
      { status: 'LEGACY', endOfLife: '2026-11-26T00:00:00Z' },
      { phase: 'legacy', daysLeft: 4 },
    ],
    [
      'legacy by its date before AWS says so',
      { status: 'ACTIVE', legacy: '2026-11-01T00:00:00Z' },
      { phase: 'legacy' },
    ],
    [
      'ended at the very moment',
      { status: 'LEGACY', endOfLife: now.toISOString() },
      { phase: 'ended' },
    ],
    [
      'active with a date nobody can read',
      { status: 'ACTIVE', endOfLife: 'soon' },
      { phase: 'active' },
    ],
  ];
  for (const [what, lifecycle, expected] of rows) {
    it(`is ${what}`, () => {
      assert.deepEqual(lifePhase({ lifecycle }, now), expected);
    });
  }
});

describe('a remembered catalogue', () => {
  it('comes back as it was stored', () => {
    const { models, own } = catalogue;
    const stored: unknown = JSON.parse(
      JSON.stringify({ version: 1, date: now.toISOString(), models, own }),
    );
    assert.deepEqual(parseCached(stored)?.models, models);
    assert.deepEqual(parseCached(stored)?.own, own);
  });

  it('loses only the entries that are not ours any more', () => {
    const stored = {
      version: 1,
      date: now.toISOString(),
      models: [catalogue.models[0], { id: 7 }, null],
      own: ['x'],
    };
    assert.deepEqual(
      parseCached(stored)?.models.map(({ id }) => id),
      ['acme.old'],
    );
    assert.deepEqual(parseCached(stored)?.own, []);
  });

  it('is nothing where version or date are not ours', () => {
    const empty = { date: now.toISOString(), models: [], own: [] };
    for (const stored of [
      undefined,
      'x',
      { version: 2, ...empty },
      { version: 1, ...empty, date: '' },
    ]) {
      assert.equal(parseCached(stored), undefined);
    }
  });

  it('is worth asking for again after a throttled list, not after a forbidden one', () => {
    const failed = (branch: 'models' | 'profiles' | 'custom', kind: 'throttled' | 'accessDenied') =>
      mayBeMore({ ...catalogue, errors: { [branch]: new AppError(kind, 'No.') } });
    assert.equal(mayBeMore(catalogue), false);
    assert.equal(failed('profiles', 'throttled'), true);
    assert.equal(failed('custom', 'accessDenied'), false);
    assert.equal(failed('models', 'accessDenied'), true);
  });

  it('keeps what a branch gave before it failed', () => {
    const known = aModel({ profiles: [aProfile('us')] });
    const before: ModelCatalogue = { models: [known], own: catalogue.own, errors: {} };
    const error = new AppError('accessDenied', 'Not allowed.');
    const next: ModelCatalogue = {
      models: [aModel({ name: 'renamed' })],
      own: [],
      errors: { profiles: error, custom: error },
    };
    const kept = keepFailedBranches(next, before);
    assert.equal(kept.models[0]?.name, 'renamed');
    assert.deepEqual(kept.models[0].profiles, known.profiles);
    assert.deepEqual(kept.own, catalogue.own);
    assert.deepEqual(keepFailedBranches({ ...next, errors: {} }, before).own, []);
    const noModels = keepFailedBranches({ ...next, models: [], errors: { models: error } }, before);
    assert.deepEqual(noModels.models, [known]);
  });

  it('follows the settings on batch as they change', () => {
    const changed = withBatchOverrides(catalogue, { 'bolt.*': 'yes' });
    assert.equal(changed.models.find(({ id }) => id === 'bolt.embed')?.batch, 'yes');
    assert.equal(changed.models.find(({ id }) => id === 'acme.chat')?.batch, 'unknown');
  });
});

describe('favourites', () => {
  it('come and go, the newest first', () => {
    assert.deepEqual(setFavourite(['a'], 'b', true), ['b', 'a']);
    assert.deepEqual(setFavourite(['b', 'a'], 'b', false), ['a']);
    assert.deepEqual(setFavourite(['b', 'a'], 'a', true), ['b', 'a'], 'twice is once');
    assert.deepEqual(setFavourite(['b'], 'a', false), ['b']);
  });

  it('and recent ones are few, each there once', () => {
    assert.deepEqual(noteRecent(['a', 'b', 'c'], 'b', 2), ['b', 'a']);
  });

  it('are read from whatever was stored', () => {
    assert.deepEqual(parseIds(['a', 1, null]), ['a']);
    assert.deepEqual(parseIds({ a: 1 }), []);
  });
});

describe('the console of a model', () => {
  it('is that of its Region and partition', () => {
    const model = aModel({ id: 'amazon.nova-lite-v1:0' });
    assert.equal(
      modelConsoleUrl(model, 'eu-west-1'),
      'https://eu-west-1.console.aws.amazon.com/bedrock/home?region=eu-west-1#/model-catalog/serverless/amazon.nova-lite-v1:0',
    );
    assert.equal(modelAccessUrl(model, 'eu-west-1'), modelConsoleUrl(model, 'eu-west-1'));
    const gov = { ...model, arn: model.arn.replace('arn:aws:', 'arn:aws-us-gov:') };
    assert.equal(
      modelAccessUrl(gov, 'us-gov-west-1'),
      'https://console.amazonaws-us-gov.com/bedrock/home?region=us-gov-west-1#/modelaccess',
    );
  });
});
