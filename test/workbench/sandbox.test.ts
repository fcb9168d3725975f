import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { refuses, run, scratchFolder, type SandboxAccess } from './support/workbench.js';

describe('bedrock.sandbox', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  const start = (options: object) => run<SandboxAccess>('bedrock.sandbox.start', options);

  before(async () => {
    scratch = await scratchFolder();
    await run('bedrock.sandbox.stop');
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  it('.start returns what any other SDK needs: endpoint, Region, keys, bucket, role', async () => {
    const dataDir = join(scratch.path, 'data');
    const access = await start({ dataDir, speed: 50 });
    assert.match(access.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(access.region, 'us-east-1');
    assert.match(access.accessKeyId, /^AKIA/);
    assert.ok(access.secretAccessKey.length >= 40);
    assert.match(access.roleArn, /^arn:aws:iam::\d{12}:role\//);
    assert.ok(existsSync(join(dataDir, 'buckets', access.bucket)), 'no bucket on disk');
    const answer = await fetch(`${access.endpoint}/_sandbox/requests`);
    assert.equal(answer.status, 200);
  });

  it('.start of a running sandbox returns the same one', async () => {
    assert.deepEqual(await start({}), await start({}));
  });

  it('.start refuses a port of the wrong type', () =>
    refuses(start({ port: 'any' }), 'invalidInput', /"port" must be of type number/));

  it('.stop ends it: nothing answers there, and the next call says that it is stopped', async () => {
    const { endpoint } = await start({});
    await run('bedrock.connection.select', { sandbox: true });
    await run('bedrock.sandbox.stop');
    await assert.rejects(fetch(endpoint));
    await refuses(
      run('bedrock.models.list', { refresh: true }),
      'network',
      /The sandbox is stopped\. Start it/,
    );
  });

  it('.stop of a stopped sandbox is no error', async () => {
    await run('bedrock.sandbox.stop');
    await run('bedrock.sandbox.stop');
  });

  it('keeps its keys and its data over a restart on the same folder', async () => {
    const dataDir = join(scratch.path, 'data');
    const before = await start({ dataDir });
    await run('bedrock.sandbox.stop');
    const again = await start({ dataDir });
    assert.equal(again.accessKeyId, before.accessKeyId);
    assert.equal(again.bucket, before.bucket);
  });

  it('says why it did not start when its port is taken', async () => {
    const { endpoint } = await start({});
    const port = Number(new URL(endpoint).port);
    const { startSandboxProcess } = await import('../../src/io/sandbox/sandboxProcess.js');
    const { silentLog } = await import('../../src/core/log.js');
    const program = join(import.meta.dirname, '..', '..', 'sandbox.js');
    const dataDir = join(scratch.path, 'other');
    await refuses(
      startSandboxProcess({ program, dataDir, port, speed: 1 }, silentLog),
      'internal',
      new RegExp(String(port)),
    );
  });
});
