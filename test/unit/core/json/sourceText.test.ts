import assert from 'node:assert/strict';
import { indentedSource, sourceAt } from '../../../../src/core/json/sourceText.js';

describe('JSON as it is on disk', () => {
  it('is indented and keeps digits, members given twice, their order and escapes', () => {
    const line = '{"b":12345678901234567890,"a":1,"a":2.50,"10":"\\u00e9/","1":[1e3,-0.0,{}]}\r';
    const lines = [
      '  "b": 12345678901234567890,',
      '  "a": 1,',
      '  "a": 2.50,',
      '  "10": "\\u00e9/",',
    ];
    const list = ['  "1": [', '    1e3,', '    -0.0,', '    {}', '  ]'];
    assert.equal(indentedSource(line), ['{', ...lines, ...list, '}'].join('\n'));
  });

  for (const text of ['{"recordId":"a","modelOu', 'not JSON', '{"a":1}{"b":2}', '{"a":1,}', '']) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      assert.equal(indentedSource(text), text);
    });
  }

  it('gives a value below a path to the digit, of members given twice the last', () => {
    const line = '{"a":{"x":[0,{"id":1}]},"a":{"x":[0,{"id":12345678901234567890}]}}';
    assert.equal(sourceAt(line, ['a', 'x', 1]), '{"id":12345678901234567890}');
    for (const path of [['a', 1], ['a', 'x', 2], ['b']]) {
      assert.equal(sourceAt(line, path), undefined);
    }
  });
});
