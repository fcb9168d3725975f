import assert from 'node:assert/strict';
import { keyToPath, pathToKey } from '../../../src/sandbox/s3/keyPath.js';

describe('the path of an S3 key', () => {
  const cases: readonly [key: string, path: string][] = [
    ['in/a b.jsonl', 'in/a b.jsonl'],
    ['ünïcode/😀', 'ünïcode/😀'],
    ['folder/', 'folder/%_'],
    ['/a//b', '%_/a/%_/b'],
    ['../..', '%2E%2E/%2E%2E'],
    ['a/./b', 'a/%2E/b'],
    ['100%', '100%25'],
    ['%2E%2E', '%252E%252E'],
    ['C:\\x', 'C%3A%5Cx'],
    ['con', '%63on'],
    ['COM1.txt', '%43OM1.txt'],
    ['dot.', 'dot%2E'],
    ['nul\u0000', 'nul%00'],
  ];
  for (const [key, path] of cases) {
    it(`of ${JSON.stringify(key)} is ${path} and leads back`, () => {
      assert.equal(keyToPath(key), path);
      assert.equal(pathToKey(path), key);
    });
  }

  it('stays below the bucket for every key of dots, slashes and backslashes', () => {
    const alphabet = ['.', '/', '\\', 'a', '%'];
    for (let number = 0; number < alphabet.length ** 5; number++) {
      const key = [0, 1, 2, 3, 4]
        .map((at) => alphabet[Math.floor(number / alphabet.length ** at) % alphabet.length])
        .join('');
      const path = keyToPath(key);
      for (const segment of path.split('/')) assert.ok(!['', '.', '..'].includes(segment), key);
      assert.ok(!path.includes('\\'));
      assert.equal(pathToKey(path), key);
    }
  });

  it('is short and one of its own for very long segments', () => {
    const paths = ['a', 'b'].map((end) => keyToPath(`${'ü'.repeat(500)}${end}`));
    assert.notEqual(paths[0], paths[1]);
    for (const path of paths) {
      assert.ok(Buffer.byteLength(path) <= 255);
      assert.equal(pathToKey(path), undefined);
    }
  });
});
