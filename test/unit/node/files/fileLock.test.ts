import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock } from '../../../../src/node/files/fileLock.js';

describe('acquireLock', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lock-'));
    path = join(folder, 'run.lock');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is held by one at a time and free after its release', async () => {
    const first = await acquireLock(path);
    assert.ok(first);
    assert.equal(await acquireLock(path), undefined);
    await first.release();
    const second = await acquireLock(path);
    assert.ok(second);
    await second.release();
    assert.deepEqual(await readdir(folder), []);
  });

  it('takes over from a process that is gone', async () => {
    const child = fork('-e', [], { execArgv: [], stdio: 'ignore' });
    const pid = child.pid ?? 0;
    await new Promise((resolve) => child.once('exit', resolve));
    await writeFile(path, JSON.stringify({ pid, host: hostname(), token: 'dead' }));
    const lock = await acquireLock(path);
    assert.ok(lock);
    await lock.release();
  });

  it('takes over from a holder without a heartbeat', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, host: 'elsewhere', token: 'slept' }));
    assert.equal(await acquireLock(path), undefined);
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    const lock = await acquireLock(path);
    assert.ok(lock);
    await lock.release();
  });

  it('waits for a file that is just being written, and takes over one that never was', async () => {
    await writeFile(path, '');
    assert.equal(await acquireLock(path), undefined);
    const old = new Date(Date.now() - 60_000);
    await utimes(path, old, old);
    const lock = await acquireLock(path);
    assert.ok(lock);
    await lock.release();
  });

  it('is given to exactly one of many who ask at once', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => acquireLock(path)));
    const held = asked.filter((lock) => lock !== undefined);
    assert.equal(held.length, 1);
    await held[0]?.release();
  });

  it('leaves a lock alone that another took over meanwhile', async () => {
    const lock = await acquireLock(path);
    await writeFile(path, JSON.stringify({ pid: process.pid, host: hostname(), token: 'other' }));
    await lock?.release();
    assert.equal((await readdir(folder)).length, 1);
  });
});
