import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../src/core/log.js';
import { SandboxService } from '../../../src/io/sandbox/sandboxService.js';
import { buildPrograms } from '../../support/programs.js';
import { until } from '../../support/until.js';

describe('SandboxService', () => {
  let folder: string;
  const windows: SandboxService[] = [];

  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'sandbox-service-'));
    await buildPrograms(folder, { sandbox: 'src/sandbox/main.ts' });
  });

  afterEach(async () => {
    for (const window of windows.splice(0)) await window.stop();
  });

  after(() => rm(folder, { recursive: true, force: true }));

  /** The service of one window; all windows share the data. */
  function openWindow(program = 'sandbox.js'): SandboxService {
    const options = {
      program: join(folder, program),
      dataDir: join(folder, 'data'),
      port: 0,
      speed: 100,
    };
    const window = new SandboxService(() => options, silentLog);
    windows.push(window);
    return window;
  }

  const isUp = (endpoint: string) =>
    fetch(`${endpoint}/_sandbox/faults`).then(
      (response) => response.ok,
      () => false,
    );

  it('starts one process however often it is asked', async () => {
    const window = openWindow();
    const [first, second] = await Promise.all([window.start(), window.access()]);
    assert.equal(first.endpoint, second.endpoint);
    assert.ok(await isUp(first.endpoint));
  });

  it('a second window uses the sandbox of the first', async () => {
    const first = await openWindow().start();
    const second = await openWindow().start();
    assert.deepEqual(second, first);
  });

  it('a second window that lets go leaves the sandbox running', async () => {
    const { endpoint } = await openWindow().start();
    const second = openWindow();
    await second.start();
    await second.stop();
    assert.ok(await isUp(endpoint));
  });

  it('a second window starts its own once the first has closed', async () => {
    const first = openWindow();
    const before = await first.start();
    const second = openWindow();
    await second.start();
    let isGone = false;
    second.onDidChange((info) => (isGone ||= info === undefined));
    await first.stop();
    await until('the second window notices', () => isGone);
    const after = await second.access();
    assert.notEqual(after.endpoint, before.endpoint);
    assert.equal(after.accessKeyId, before.accessKeyId, 'the data and its keys are the same');
  });

  it('is not started again against the person who stopped it', async () => {
    const window = openWindow();
    const { endpoint } = await window.start();
    await window.stop();
    assert.equal(await isUp(endpoint), false);
    await assert.rejects(window.access(), { action: 'startSandbox' });
    assert.ok(await isUp((await window.start()).endpoint));
  });

  it('says why it did not start, and can be tried again', async () => {
    const window = openWindow('missing.js');
    await assert.rejects(window.start(), /did not start/);
    await assert.rejects(window.start(), /did not start/);
  });
});
