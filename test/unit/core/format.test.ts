import assert from 'node:assert/strict';
import { wrapWords } from '../../../src/core/format.js';

describe('a text in lines', () => {
  it('is broken between words, and nothing is lost', () => {
    const text = 'Line 58: modelInput has no "max_tokens", which Claude needs. Add it.';
    const lines = wrapWords(text, 20);
    assert.ok(lines.every((line) => line.length <= 20));
    assert.equal(lines.join(' '), text);
  });

  it('keeps a word whole that is longer than a line', () => {
    assert.deepEqual(wrapWords('at arn:aws:bedrock:us-east-1:1:x here', 8), [
      'at',
      'arn:aws:bedrock:us-east-1:1:x',
      'here',
    ]);
  });

  it('is one line where it fits', () => {
    assert.deepEqual(wrapWords('short', 20), ['short']);
    assert.deepEqual(wrapWords('', 20), ['']);
  });
});
