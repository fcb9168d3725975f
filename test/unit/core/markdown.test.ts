import assert from 'node:assert/strict';
import { plainMarkdown } from '../../../src/core/markdown.js';

describe('a text as Markdown', () => {
  const rows: readonly [string, string, string][] = [
    ['marks stay as they are', 'a *b* [c](d) | e', 'a \\*b\\* \\[c\\]\\(d\\) \\| e'],
    ['lines become one', 'a\n\n# b', 'a \\# b'],
    [
      'an address is a link without a backslash, and the end of the sentence is no part of it',
      'Nothing answers at http://127.0.0.1:1/a_b. Choose another.',
      'Nothing answers at <http://127.0.0.1:1/a_b>\\. Choose another\\.',
    ],
    ['an address in brackets', '(https://a.b/c-d)', '\\(<https://a.b/c-d>\\)'],
    [
      'an address cannot break out of a cell or a link',
      'https://a.b/|x>](command:y)',
      '<https://a.b/>\\|x\\>\\]\\(command:y\\)',
    ],
  ];
  for (const [what, text, markdown] of rows) {
    it(what, () => {
      assert.equal(plainMarkdown(text), markdown);
    });
  }
});
