import assert from 'node:assert/strict';
import { describeJsonError } from '../../../../src/core/batch/jsonError.js';

/** The place is marked with `^` in the line. */
function describeAt(marked: string, isCutOff = false): string {
  const at = marked.indexOf('^');
  return describeJsonError({
    column: at + 1,
    before: marked.slice(0, at),
    after: marked.slice(at + 1),
    isCutOff,
  });
}

describe('describeJsonError', () => {
  const cases: [string, RegExp][] = [
    ["{^'a': 1}", /double quotes/],
    ['{"a": 1,^}', /Remove the comma/],
    ['{"a": [1,^]}', /Remove the comma/],
    ['{"a": 1}^{"b": 2}', /own line/],
    ['{"a": 1}^,', /comma after the record/],
    ['{^', /next line/],
    ['{"a": "bc^', /ends too early/],
    ['{"a": ^NaN}', /NaN is not JSON/],
    ['{"a": ^None}', /None is not JSON/],
    ['{"a": ^Infinity}', /Infinity is not JSON/],
    ['{"a": "x^\ty"}', /control character/],
    ['{"a": "C:\\^Users"}', /Double the backslash/],
    ['{"a": 1} ^// note', /comment/],
    ['{"a": "b" ^"c": 1}', /comma is missing/],
    ['{"a": ^?}', /unexpected character/],
  ];
  for (const [marked, message] of cases) {
    it(`explains ${JSON.stringify(marked)}`, () => {
      assert.match(describeAt(marked), message);
    });
  }

  it('says where', () => {
    assert.match(describeAt('{"a": ^?}'), /at column 7:/);
  });

  it('says that a file may be cut off', () => {
    assert.match(describeAt('{"a": "b^', true), /cut off/);
  });

  it('never quotes the text of the line', () => {
    assert.doesNotMatch(describeAt('{"secret": ^?confidential}'), /secret|confidential/);
  });
});
