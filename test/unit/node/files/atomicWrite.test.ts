import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '../../../../src/core/errors.js';
import { atomicWrite } from '../../../../src/node/files/atomicWrite.js';
import { readJsonFile } from '../../../../src/node/files/jsonFile.js';

describe('atomicWrite', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bedrock-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('replaces the content and leaves nothing else behind', async () => {
    const path = join(folder, 'a.json');
    await atomicWrite(path, 'old');
    await atomicWrite(path, Buffer.from('new'));
    assert.equal(readFileSync(path, 'utf8'), 'new');
    assert.deepEqual(readdirSync(folder), ['a.json']);
  });

  it('makes a file only its owner can read', async function () {
    if (process.platform === 'win32') this.skip();
    const path = join(folder, 'a.json');
    await atomicWrite(path, '{}');
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('keeps the whole of one write when many are made at once', async () => {
    const path = join(folder, 'a.json');
    const contents = Array.from({ length: 20 }, (_, n) => String(n).repeat(10_000));
    await Promise.all(contents.map((content) => atomicWrite(path, content)));
    assert.ok(contents.includes(readFileSync(path, 'utf8')));
    assert.deepEqual(readdirSync(folder), ['a.json']);
  });

  it('leaves no temporary file when it fails', async () => {
    await assert.rejects(atomicWrite(folder, 'a folder is in the way'));
    assert.deepEqual(
      readdirSync(join(folder, '..')).filter(
        (name) => name.endsWith('.tmp') && name.startsWith(folder),
      ),
      [],
    );
  });

  it('reads back what was written', async () => {
    const path = join(folder, 'a.json');
    await atomicWrite(path, '{"a":[1]}');
    assert.deepEqual(await readJsonFile(path), { a: [1] });
  });

  it('reads a missing file as undefined', async () => {
    assert.equal(await readJsonFile(join(folder, 'none.json')), undefined);
  });

  it('refuses a file that is not JSON', async () => {
    const path = join(folder, 'a.json');
    await atomicWrite(path, '{');
    await assert.rejects(
      readJsonFile(path),
      (error) => isAppError(error) && error.kind === 'invalidInput',
    );
  });
});
