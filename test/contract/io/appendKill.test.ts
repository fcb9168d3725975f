import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '../../../src/core/errors.js';
import { appendRecord } from '../../../src/io/dataset/appendRecord.js';
import { buildPrograms } from '../../support/programs.js';
import type { AppendTask } from './appendChild.js';

const modelInput = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const recordOf = (recordId: string) => JSON.stringify({ recordId, modelInput });
const old = `${['mine', 'playground-1'].map(recordOf).join('\n')}\n`;
/** 24 MB as UTF-8: written in many pieces. */
const length = 8_000_000;

describe('a record whose writing is killed', function () {
  this.timeout(60_000);
  let folder: string;
  let path: string;
  let program: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-append-kill-'));
    path = join(folder, 'data.jsonl');
    program = join(folder, 'child.js');
    await buildPrograms(folder, { child: 'test/contract/io/appendChild.ts' });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** What is in the file after a kill at that moment. */
  async function killed(killAbove: number): Promise<Buffer> {
    await writeFile(path, old);
    const task: AppendTask = { path, length, killAbove };
    const child = spawn(process.execPath, ['--no-warnings', program, JSON.stringify(task)]);
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    assert.equal(signal, 'SIGKILL');
    return readFile(path);
  }

  const append = () => appendRecord(path, { toRecord: recordOf });

  it('leaves the file as it was where nothing was written yet, and the next one is added', async () => {
    assert.equal((await killed(0)).toString(), old);
    await append();
    assert.equal(await readFile(path, 'utf8'), `${old}${recordOf('playground-2')}\n`);
  });

  for (const [when, killAbove] of [
    ['at its beginning', Buffer.byteLength(old)],
    ['in its middle', length],
  ] as const) {
    it(`leaves the old lines whole where it was cut ${when}, and the next call says what to do`, async () => {
      const left = await killed(killAbove);
      assert.ok(left.length > killAbove && left.length < length * 3, `${left.length} bytes`);
      assert.equal(left.subarray(0, old.length).toString(), old);
      await assert.rejects(append(), (error) => {
        assert.ok(isAppError(error), String(error));
        assert.match(
          error.message,
          /^Line 3, the last one, was cut off.*Delete it and try again\.$/,
        );
        return error.kind === 'invalidInput';
      });
      assert.deepEqual(await readFile(path), left, 'refused without a change');
      await writeFile(path, left.subarray(0, left.indexOf('\n', old.length - 1) + 1));
      await append();
      assert.equal(await readFile(path, 'utf8'), `${old}${recordOf('playground-2')}\n`);
    });
  }
});
