import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findResultFiles, sameDataset } from '../../../../src/io/results/outputFiles.js';

describe('findResultFiles', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'result-files-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function write(name: string, content = ''): Promise<string> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    return file;
  }

  it('finds the outputs of all jobs of a run and adds their manifests', async () => {
    const outputs = [await write('job1/a.jsonl.out'), await write('job2/deep/b.jsonl.out')];
    await write('job1/manifest.json.out', '{"inputTokenCount":5,"totalRecordCount":1}');
    await write('job2/manifest.json.out', '{"inputTokenCount":7}');
    await write('job1/a.jsonl');
    const found = await findResultFiles(folder);
    assert.deepEqual(found, { folder, outputs, manifest: { inputTokenCount: 12 } });
  });

  it('finds outputs as deep as the keys of the inputs', async () => {
    const deep = await write('job/1/2/3/4/5/6/7/8/9/a.jsonl.out');
    const found = await findResultFiles(folder);
    assert.deepEqual(found.outputs, [deep]);
  });

  it('takes a single file with the manifest beside it', async () => {
    const output = await write('a.jsonl.out');
    await write('b.jsonl.out');
    await write('manifest.json.out', '{"outputTokenCount":3}');
    const found = await findResultFiles(output);
    assert.deepEqual(found, { folder, outputs: [output], manifest: { outputTokenCount: 3 } });
  });

  it('knows nothing where there is no manifest', async () => {
    await write('a.jsonl.out');
    assert.deepEqual((await findResultFiles(folder)).manifest, {});
  });

  for (const [what, name] of [
    ['an empty folder', ''],
    ['a folder that is not there', 'nowhere'],
  ] as const) {
    it(`says what to do about ${what}`, async () => {
      await assert.rejects(findResultFiles(path.join(folder, name)), {
        kind: 'notFound',
        message: /download them first/,
      });
    });
  }

  it('trusts a dataset as long as it was, and no other', async () => {
    const file = await write('in.jsonl', '12345');
    assert.equal(await sameDataset(file, 5), file);
    assert.equal(await sameDataset(file, 6), undefined);
    assert.equal(await sameDataset(path.join(folder, 'gone'), 5), undefined);
  });
});
