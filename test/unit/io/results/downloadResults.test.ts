import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import type { BatchStorage } from '../../../../src/core/batch/ports.js';
import { downloadResults } from '../../../../src/io/results/downloadResults.js';
import { findResultFiles } from '../../../../src/io/results/outputFiles.js';
import { safeNames } from '../../../../src/io/results/safeNames.js';

const pathsOf = (keys: readonly string[]) => safeNames(keys).map(({ path }) => path);

describe('safeNames', () => {
  it('keeps good names', () => {
    const keys = ['a.jsonl.out', 'part one.jsonl.out', 'sub/ä b/part-2.jsonl.out', '.hidden.out'];
    assert.deepEqual(
      safeNames(keys),
      keys.map((key) => ({ key, path: key, isChanged: false })),
    );
  });

  const odd: readonly [string, string, RegExp][] = [
    ['a colon', '2025-11-24T09:30:00.jsonl.out', /^2025-11-24T09_30_00~[0-9a-f]{8}\.jsonl\.out$/],
    ['a backslash', 'a\\b.jsonl.out', /^a_b~\w{8}\.jsonl\.out$/],
    ['signs of Windows', '<a>|"b"?*.jsonl.out', /^_a___b___~\w{8}\.jsonl\.out$/],
    ['a control character', 'a\u0001\n\u007f.jsonl.out', /^a___~\w{8}\.jsonl\.out$/],
    ['the way up', '../../etc/x.jsonl.out', /^__~\w{8}\/__~\w{8}\/etc\/x\.jsonl\.out$/],
    ['the same folder', './x.jsonl.out', /^_~\w{8}\/x\.jsonl\.out$/],
    ['a device of Windows', 'aux.jsonl.out', /^_aux~\w{8}\.jsonl\.out$/],
    ['a device as folder', 'COM1/x.jsonl.out', /^_COM1~\w{8}\/x\.jsonl\.out$/],
    ['a dot at the end of a folder', 'v1./x.jsonl.out', /^v1_~\w{8}\/x\.jsonl\.out$/],
    ['a space at the end', 'x.jsonl.out ', /^x\.jsonl\.out_~\w{8}$/],
    ['an odd folder', 'a:b/x.jsonl.out', /^a_b~\w{8}\/x\.jsonl\.out$/],
  ];
  for (const [what, key, expected] of odd) {
    it(`makes a name of ${what}, the same each time`, () => {
      const [name] = safeNames([key]);
      assert.match(name!.path, expected);
      assert.equal(name!.isChanged, true);
      assert.deepEqual(pathsOf(['aaa.out', key])[1], name!.path);
    });
  }

  it('shortens what is too long for a name, in whole characters', () => {
    for (const key of [`${'x'.repeat(400)}.jsonl.out`, `${'日🙂'.repeat(120)}.jsonl.out`]) {
      const [path = ''] = pathsOf([key]);
      assert.ok(Buffer.byteLength(path) <= 240);
      assert.match(path, /~\w{8}\.jsonl\.out$/);
      assert.ok(key.startsWith(path.slice(0, path.indexOf('~'))));
    }
  });

  it('tells names apart that some system takes for one', () => {
    const keys = [
      'A.jsonl.out',
      'a.jsonl.out',
      'a:b.jsonl.out',
      'a?b.jsonl.out',
      'a_b.jsonl.out',
      'caf\u00e9.jsonl.out',
      'cafe\u0301.jsonl.out',
      'd//x.out',
      'd/x.out',
      'sub/x.out',
      'Sub/X.out',
    ];
    const paths = pathsOf(keys);
    const alike = paths.map((path) => path.normalize('NFC').toLowerCase());
    assert.equal(new Set(alike).size, keys.length, paths.join('\n'));
    for (const own of ['A.jsonl.out', 'a_b.jsonl.out', 'd/x.out', 'sub/x.out']) {
      assert.equal(paths[keys.indexOf(own)], own);
    }
    assert.ok(paths.every((path) => path.endsWith('.out')));
  });

  it('tells a file from a folder of its name', () => {
    const [file, inside, other] = pathsOf(['x.out', 'x.out/y.out', 'X.OUT/z.out']);
    assert.match(file!, /^x~\w{8}\.out$/);
    assert.equal(inside, 'x.out/y.out');
    assert.equal(other, 'X.OUT/z.out');
  });
});

describe('downloadResults', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'download-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  function storageOf(keys: readonly string[]): { storage: BatchStorage; reads: string[] } {
    const reads: string[] = [];
    const storage = {
      async *list(_bucket: string, prefix: string) {
        await Promise.resolve();
        for (const key of keys) yield { key: prefix + key, bytes: Buffer.byteLength(key) };
      },
      read(_bucket: string, key: string) {
        reads.push(key);
        return Promise.resolve(Readable.from([Buffer.from(key.slice('out/job/'.length))]));
      },
    };
    return { storage: storage as unknown as BatchStorage, reads };
  }

  const keys = [
    '../../outside.jsonl.out',
    '2025-11-24T09:30:00.jsonl.out',
    `${'n'.repeat(300)}.jsonl.out`,
    'con.jsonl.out',
    'manifest.json.out',
    'part one.jsonl.out',
    'sub/part-2.jsonl.out',
    'x.out',
    'x.out/y.out',
  ];
  const request = { bucket: 'b', prefix: 'out/job/' };

  it('brings every object, odd keys under safe names, which results are found by', async () => {
    const { storage } = storageOf(keys);
    const renamed: string[] = [];
    const files = await downloadResults(storage, {
      ...request,
      folder,
      onRenamed: (key) => renamed.push(key.slice('out/job/'.length)),
    });
    assert.equal(files.length, keys.length);
    for (const [index, file] of files.entries()) {
      assert.ok(!relative(folder, file).startsWith('..'), file);
      assert.equal(await readFile(file, 'utf8'), keys[index]);
    }
    assert.deepEqual(renamed, [...keys.slice(0, 4), 'x.out']);
    const found = await findResultFiles(folder);
    const outputs = files.filter((file) => !file.endsWith('manifest.json.out'));
    assert.deepEqual(found.outputs, outputs.sort());
  });

  it('keeps what is there from before, under whatever name', async () => {
    const { storage, reads } = storageOf(keys);
    const first = await downloadResults(storage, { ...request, folder });
    const again = await downloadResults(storage, { ...request, folder });
    assert.deepEqual(again, first);
    assert.equal(reads.length, keys.length);
  });
});
