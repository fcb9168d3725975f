import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { filesBelow, readText } from '../support/repository.js';

const generated = new Set(['node_modules', 'dist', 'coverage', 'demo-out', 'test-out']);

describe('the repository', () => {
  it('has no folders at its root but src, media, test, docs and dot-folders', () => {
    const folders = readdirSync('.', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .filter((name) => !generated.has(name));
    assert.deepEqual(
      folders.filter((name) => !['src', 'media', 'test', 'docs'].includes(name)),
      [],
    );
  });

  it('nobody but the entry imports a feature, so that any can be deleted', () => {
    const imports = filesBelow('src', '.ts', '.tsx')
      .filter((path) => !path.startsWith('src/features/') && path !== 'src/extension.ts')
      .flatMap((path) =>
        [...readText(path).matchAll(/from '([^']*features\/[^']*)'/g)].map(
          ([, from]) => `${path} ← ${from ?? ''}`,
        ),
      );
    // A page and its feature are two halves of one thing; they meet in the contract and its schemas.
    assert.deepEqual(
      imports.filter(
        (line) =>
          !/^src\/webviews\/\w+\/.* ← .*features\/\w+\/(contract|\w+Schema)\.js$/.test(line),
      ),
      [],
    );
  });

  it('the entry stays a list: at most 60 lines, nothing awaited', () => {
    const entry = readText('src/extension.ts');
    assert.ok(entry.split('\n').length <= 60);
    assert.doesNotMatch(entry, /\bawait\b/);
  });

  it('files stay short: the median below 90 lines, nine in ten below 250', () => {
    const lengths = filesBelow('src', '.ts', '.tsx')
      .map((path) => readText(path).split('\n').length)
      .sort((a, b) => a - b);
    const at = (share: number) => lengths[Math.floor(lengths.length * share)] ?? 0;
    assert.ok(at(0.5) < 90, `median ${at(0.5)}`);
    assert.ok(at(0.9) < 250, `nine in ten ${at(0.9)}`);
  });

  it('nothing in the code names a to-do or is commented out', () => {
    for (const path of filesBelow('src', '.ts', '.tsx')) {
      const text = readText(path);
      assert.doesNotMatch(text, /\b(TODO|FIXME|XXX)\b/, path);
      assert.doesNotMatch(text, /eslint-disable(?!-next-line)/, path);
    }
  });
});
