import assert from 'node:assert/strict';
import {
  filterModels,
  isEmptyFilter,
  parseFilter,
  type ModelFilter,
} from '../../../../src/core/models/filter.js';
import { aModel, now } from './support.js';

const models = [
  aModel({ id: 'a.chat', name: 'Chat Large 2', provider: 'Acme', streaming: true, batch: 'yes' }),
  aModel({ id: 'a.eyes', provider: 'Acme', input: ['TEXT', 'IMAGE'], inferenceTypes: [] }),
  aModel({ id: 'b.embed', provider: 'Bolt', output: ['EMBEDDING'], batch: 'no' }),
  aModel({
    id: 'b.old',
    provider: 'Bolt',
    lifecycle: { status: 'LEGACY', endOfLife: '2026-11-26T00:00:00Z' },
  }),
  aModel({
    id: 'b.gone',
    provider: 'Bolt',
    lifecycle: { status: 'LEGACY', endOfLife: '2025-08-15T00:00:00Z' },
  }),
];

describe('filtering models', () => {
  const rows: readonly [string, ModelFilter, readonly string[]][] = [
    ['nothing', {}, ['a.chat', 'a.eyes', 'b.embed', 'b.old', 'b.gone']],
    ['a word of the name in any case', { text: 'LARGE' }, ['a.chat']],
    ['words of name and provider together', { text: 'acme chat' }, ['a.chat']],
    ['a word of the id', { text: 'b.e' }, ['b.embed']],
    ['streaming', { streaming: true }, ['a.chat']],
    ['batch, where unknown is not yes', { batch: true }, ['a.chat']],
    ['on demand here', { onDemand: true, text: 'acme' }, ['a.chat']],
    ['an input', { input: ['IMAGE'] }, ['a.eyes']],
    ['one output or another', { output: ['EMBEDDING', 'VIDEO'] }, ['b.embed']],
    ['legacy, which those past their end are not', { lifecycle: ['legacy'] }, ['b.old']],
    ['past end of life', { lifecycle: ['ended'] }, ['b.gone']],
    ['several states', { lifecycle: ['legacy', 'ended'] }, ['b.old', 'b.gone']],
    ['everything at once', { streaming: true, batch: true, text: 'embed' }, []],
  ];
  for (const [what, filter, ids] of rows) {
    it(`by ${what}`, () => {
      assert.deepEqual(
        filterModels(models, filter, now).map(({ id }) => id),
        ids,
      );
    });
  }

  it('is empty where no part hides anything', () => {
    assert.ok(isEmptyFilter({ text: '  ', input: [], streaming: false }));
    assert.ok(!isEmptyFilter({ text: 'x' }));
  });

  it('reads a filter of another form as none', () => {
    assert.deepEqual(parseFilter({ lifecycle: ['soon'] }), {});
    assert.deepEqual(parseFilter({ batch: true }), { batch: true });
  });
});
