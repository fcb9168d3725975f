import assert from 'node:assert/strict';
import { checkSchema } from '../../../../src/core/converse/checkSchema.js';
import { checkStructuredAnswer, pathText } from '../../../../src/core/converse/structuredAnswer.js';
import type { JsonValue } from '../../../../src/core/converse/types.js';
import { assistantTurn, text } from './support.js';

type Row = readonly [what: string, schema: JsonValue, fits: JsonValue, misses: JsonValue, RegExp];
const rows: readonly Row[] = [
  ['type', { type: 'string' }, 'a', 1, /a string, not a number/],
  ['integer', { type: 'integer' }, 2, 2.5, /an integer/],
  ['several types', { type: ['string', 'null'] }, null, 1, /a string or null/],
  ['enum', { enum: ['a', { b: 1 }] }, { b: 1 }, 'c', /one of "a"/],
  ['const', { const: 5 }, 5, 6, /be 5/],
  ['required', { required: ['a'] }, { a: 1 }, {}, /has no "a"/],
  ['properties', { properties: { a: { type: 'string' } } }, { a: 'x' }, { a: 1 }, /string/],
  [
    'no other members',
    { additionalProperties: false, properties: { a: true } },
    { a: 1 },
    { b: 1 },
    /not a member/,
  ],
  ['other members', { additionalProperties: { type: 'number' } }, { a: 1 }, { a: 'x' }, /number/],
  [
    'patternProperties',
    { patternProperties: { '^x': { type: 'number' } } },
    { x1: 1, y: '' },
    { x1: '' },
    /number/,
  ],
  ['items', { items: { type: 'number' } }, [1, 2], [1, 'x'], /number/],
  [
    'prefixItems',
    { prefixItems: [{ type: 'string' }], items: false },
    ['a'],
    ['a', 1],
    /not allowed/,
  ],
  ['minItems', { minItems: 1 }, [1], [], /at least 1 items/],
  ['uniqueItems', { uniqueItems: true }, [1, 2], [{ a: 1 }, { a: 1 }], /twice/],
  ['lengths', { minLength: 2, maxLength: 3 }, '👍👍', 'abcd', /at most 3/],
  ['pattern', { pattern: '^\\p{L}+$' }, 'äb', '1', /match/],
  ['minimum', { minimum: 1 }, 1, 0, /at least 1/],
  ['exclusiveMaximum', { exclusiveMaximum: 1 }, 0.9, 1, /below 1/],
  ['multipleOf', { multipleOf: 0.1 }, 0.3, 0.35, /multiple/],
  ['allOf', { allOf: [{ type: 'number' }, { minimum: 3 }] }, 3, 2, /at least 3/],
  ['anyOf', { anyOf: [{ type: 'string' }, { type: 'number' }] }, 1, true, /not a boolean/],
  ['oneOf', { oneOf: [{ type: 'number' }, { minimum: 5 }] }, 3, 7, /only one/],
  ['not', { not: { type: 'null' } }, 1, null, /not allowed/],
  [
    '$ref',
    { $defs: { n: { type: 'number' } }, items: { $ref: '#/$defs/n' } },
    [1],
    ['x'],
    /number/,
  ],
  ['false', { properties: { a: false } }, {}, { a: 1 }, /not allowed/],
];

describe('schema check', () => {
  for (const [what, schema, fits, misses, says] of rows) {
    it(`knows ${what}`, () => {
      assert.deepEqual(checkSchema(fits, schema), []);
      const [problem] = checkSchema(misses, schema);
      assert.match(problem?.message ?? '', says);
    });
  }

  it('follows a schema that refers to itself as deep as the value goes', () => {
    const schema = { properties: { next: { $ref: '#' } }, required: ['v'] };
    assert.deepEqual(checkSchema({ v: 1, next: { v: 2, next: {} } }, schema), [
      { path: ['next', 'next'], message: 'has no "v", which is required' },
    ]);
  });

  it('ends where a schema only refers to itself', () => {
    assert.match(checkSchema(1, { $ref: '#' })[0]?.message ?? '', /refers to itself/);
  });

  it('names the place in an answer', () => {
    const schema = '{"properties":{"items":{"items":{"required":["price"]}}}}';
    const check = checkStructuredAnswer(assistantTurn('a', text('{"items":[{"price":1},{}]}')), {
      schema,
    });
    assert.deepEqual(check.problems, ['items[1] has no "price", which is required']);
    assert.equal(check.isValid, false);
  });

  it('says where an answer is not JSON', () => {
    const check = checkStructuredAnswer(assistantTurn('a', text('Sure!')), { schema: '{}' });
    assert.match(check.problems[0] ?? '', /not JSON/);
    assert.equal(check.value, undefined);
  });

  it('writes paths as people do', () => {
    assert.equal(pathText(['a', 0, 'b c', 'd']), 'a[0]["b c"].d');
    assert.equal(pathText([]), 'The answer');
  });
});
