import assert from 'node:assert/strict';
import { collectStrings, bundlePath } from '../tools/l10n.js';
import { readJson } from '../support/repository.js';

describe('localisation', () => {
  it('the bundle has the strings of the code (npm run l10n writes it)', async function () {
    this.timeout(60_000);
    assert.deepEqual(readJson(bundlePath), await collectStrings());
  });
});
