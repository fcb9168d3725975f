import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws, type AwsPorts } from '../../../src/aws/aws.js';
import type { Connection } from '../../../src/core/connection.js';
import { AppError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.js';
import { AnswerCheck } from '../../support/answerCheck.js';
import { listModels } from '../../support/models.js';

describe('a connection over the AWS SDK', () => {
  let sandbox: Sandbox;
  let folder: string;
  const check = new AnswerCheck();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'connection-'));
    sandbox = await startSandbox({ dataDir: folder, speed: 100, around: check.around });
  });

  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
    check.assertRight();
  });

  const keys = () => ({
    accessKeyId: sandbox.accessKeyId,
    secretAccessKey: sandbox.secretAccessKey,
  });

  function open(fields: Partial<AwsPorts> = {}, connection: Partial<Connection> = {}) {
    const ports: AwsPorts = {
      mfaCode: () => Promise.reject(new Error('not asked')),
      apiKey: () => Promise.reject(new Error('not asked')),
      sandboxKeys: () => Promise.resolve(keys()),
      log: silentLog,
      ...fields,
    };
    const base: Connection = {
      kind: 'sandbox',
      region: 'us-east-1',
      endpoints: { all: sandbox.endpoint },
    };
    return createAws({ ...base, ...connection } as Connection, ports);
  }

  it('tells whose credentials it has', async () => {
    assert.deepEqual((await open().identity()).accountId, sandbox.accountId);
  });

  it('joins models with the profiles that lead to them', async () => {
    const models = await listModels(open().catalogue);
    assert.ok(models.length >= 30);
    assert.ok(new Set(models.map(({ provider }) => provider)).size >= 10);
    const claude = models.find(({ id }) => id.includes('claude-haiku-4-5'));
    assert.ok(claude);
    assert.ok(claude.profiles.some(({ id }) => id.startsWith('us.')));
    assert.equal(claude.batch, 'yes');
  });

  it('lists the roles that Bedrock may assume', async () => {
    assert.ok((await open().bedrockRoles()).includes(sandbox.roleArn));
  });

  it('asks for the keys once however many calls begin at once', async () => {
    let asked = 0;
    const aws = open({
      sandboxKeys: () => {
        asked++;
        return Promise.resolve(keys());
      },
    });
    await Promise.all([aws.identity(), listModels(aws.catalogue), aws.storage.buckets()]);
    assert.equal(asked, 1);
  });

  it('renews keys that AWS says have ended, and sends the request again', async () => {
    const gate = await expiringGate();
    let asked = 0;
    const aws = open(
      {
        sandboxKeys: () => {
          asked++;
          return Promise.resolve(keys());
        },
      },
      { endpoints: { all: gate.endpoint } },
    );
    await assert.rejects(aws.identity(), { kind: 'credentials' });
    assert.equal(asked, 2, 'once at first, once after the refusal');
    gate.server.close();
  });

  it('says that wrong keys are not accepted', async () => {
    const aws = open({
      sandboxKeys: () => Promise.resolve({ accessKeyId: 'AKIAWRONG', secretAccessKey: 'wrong' }),
    });
    await assert.rejects(aws.identity(), { kind: 'credentials' });
    await assert.rejects(aws.jobs.list({ limit: 1 }), { kind: 'credentials' });
    await assert.rejects(aws.storage.buckets(), { kind: 'credentials' });
  });

  it('says that nothing answers at the endpoint', async () => {
    const aws = open({}, { endpoints: { all: 'http://127.0.0.1:9' } });
    await assert.rejects(listModels(aws.catalogue), (error: AppError) => {
      assert.equal(error.kind, 'network');
      assert.match(error.message, /Nothing answers at http:\/\/127\.0\.0\.1:9/);
      return true;
    });
  });

  it('says that a server which is no AWS service did not answer as one', async () => {
    const server = createServer((_request, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const aws = open({}, { endpoints: { all: `http://127.0.0.1:${port}` } });
    await assert.rejects(aws.jobs.list({ limit: 1 }), { kind: 'network' });
    server.close();
  });

  it('sends a Bedrock API key as bearer, and refuses S3 with words', async () => {
    const aws = open({ apiKey: () => Promise.resolve(sandbox.apiKey) }, { kind: 'apiKey' });
    assert.ok((await listModels(aws.catalogue)).length > 0);
    await assert.rejects(aws.storage.buckets(), (error: AppError) => {
      assert.equal(error.kind, 'credentials');
      assert.match(error.message, /API key works for Bedrock only.*S3/s);
      return true;
    });
  });

  it('does not let a stray bearer token replace the chosen credentials', async () => {
    process.env['AWS_BEARER_TOKEN_BEDROCK'] = 'stray';
    try {
      assert.ok((await listModels(open().catalogue)).length > 0);
    } finally {
      delete process.env['AWS_BEARER_TOKEN_BEDROCK'];
    }
  });

  it('passes a cancelled MFA prompt on as cancelled', async () => {
    const aws = open({
      sandboxKeys: () => Promise.reject(new AppError('cancelled', 'Cancelled.')),
    });
    await assert.rejects(aws.identity(), { kind: 'cancelled' });
  });
});

/** A server in front of the sandbox that refuses every request as expired. */
async function expiringGate(): Promise<{ server: Server; endpoint: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(403, { 'content-type': 'text/xml' });
    response.end(
      '<ErrorResponse><Error><Code>ExpiredTokenException</Code><Message>ended</Message></Error></ErrorResponse>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
