import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { findDuplicates } from '../../../../src/io/dataset/ids/duplicates.js';
import { IdCollector } from '../../../../src/io/dataset/ids/idBlock.js';
import { IdStore } from '../../../../src/io/dataset/ids/idStore.js';
import { temporaryFolder } from './files.js';

/** Ids one after another in a file, and blocks that point at them; `hash` may be as bad as it likes. */
function blocksOf(ids: readonly string[], hash: (id: string) => number, perBlock: number) {
  const blocks = [];
  let offset = 0;
  for (let from = 0; from < ids.length; from += perBlock) {
    const collector = new IdCollector();
    ids.slice(from, from + perBlock).forEach((id, index) => {
      const length = Buffer.byteLength(id);
      collector.add(hash(id), hash(id) * 7, offset, length, index + 1);
      offset += length;
    });
    blocks.push({ ...collector.take(), linesBefore: from });
  }
  return blocks;
}

/** Duplicates the simple way: line and first line of each. */
function expectedOf(ids: readonly string[]): [number, number][] {
  const first = new Map<string, number>();
  return ids.flatMap((id, index) => {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, index + 1);
    return earlier === undefined ? [] : [[index + 1, earlier] as [number, number]];
  });
}

const ids = Array.from({ length: 3000 }, (_, n) => `id-${(n * 7919) % 2500}-é`);
const goodHash = (id: string) => {
  let hash = 7;
  for (const byte of Buffer.from(id)) hash = (Math.imul(hash, 31) + byte) >>> 0;
  return hash;
};

describe('findDuplicates', function () {
  this.timeout(20_000);
  const write = temporaryFolder();
  const cases: [string, (id: string) => number, number, number][] = [
    ['in one pass', goodHash, 3000, 1_000_000],
    ['across blocks', goodHash, 97, 1_000_000],
    ['in several passes', goodHash, 97, 700],
    ['where different ids have the same hash', (id) => goodHash(id) & 127, 97, 1_000_000],
  ];
  for (const [how, hash, perBlock, perPass] of cases) {
    it(`finds every duplicate ${how}`, () => {
      const fd = openSync(write('ids', ids.join('')), 'r');
      const blocks = blocksOf(ids, hash, perBlock);
      const found = findDuplicates({ fd, blocks, limit: 9999, perPass });
      closeSync(fd);
      assert.deepEqual(
        found.first.map(({ line, firstLine }) => [line, firstLine]),
        expectedOf(ids),
      );
      assert.equal(found.count, 500);
    });
  }

  it('names the first ones only, and counts all', () => {
    const fd = openSync(write('ids', ids.join('')), 'r');
    const blocks = blocksOf(ids, goodHash, 97);
    const found = findDuplicates({ fd, blocks, limit: 3, perPass: 700 });
    closeSync(fd);
    assert.deepEqual(
      found.first.map(({ line }) => line),
      [2501, 2502, 2503],
    );
    assert.equal(found.count, 500);
  });

  it('works from a spill file as from memory', async () => {
    const fd = openSync(write('ids', ids.join('')), 'r');
    const store = new IdStore(1000);
    for (const block of blocksOf(ids, goodHash, 97)) await store.add(block);
    assert.ok(store.spillPath);
    assert.ok(store.blocks.every((block) => !('bytes' in block)));
    const spillFd = openSync(store.spillPath, 'r');
    const found = findDuplicates({ fd, spillFd, blocks: store.blocks, limit: 9999, perPass: 700 });
    closeSync(spillFd);
    closeSync(fd);
    const { spillPath } = store;
    await store.dispose();
    assert.deepEqual(
      found.first.map(({ line, firstLine }) => [line, firstLine]),
      expectedOf(ids),
    );
    assert.throws(() => openSync(spillPath, 'r'), /ENOENT/);
  });
});
