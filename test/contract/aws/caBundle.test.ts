import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws, type Aws } from '../../../src/aws/aws.js';
import { silentLog } from '../../../src/core/log.js';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/behind-proxy</Arn>
  <UserId>AIDA</UserId><Account>000000000000</Account></GetCallerIdentityResult>
</GetCallerIdentityResponse>`;

describe('an endpoint that signs its own certificate', () => {
  let folder: string;
  let server: Server | undefined;
  let endpoint: string;

  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'ca-'));
    const made = spawnSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=proxy'].concat(
        ['-addext', 'subjectAltName=IP:127.0.0.1'],
        ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
      ),
    );
    if (made.status !== 0) {
      console.warn('      openssl is not installed: certificates are not tested');
      this.skip();
    }
    const https = createServer(
      {
        key: await readFile(join(folder, 'key.pem')),
        cert: await readFile(join(folder, 'cert.pem')),
      },
      (request, response) => {
        request.resume();
        response.writeHead(200, { 'content-type': 'text/xml' });
        response.end(identity);
      },
    );
    server = https;
    await new Promise<void>((resolve) => https.listen(0, '127.0.0.1', resolve));
    endpoint = `https://127.0.0.1:${(https.address() as AddressInfo).port}`;
  });

  after(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true });
  });

  function open(caBundle?: string): Aws {
    return createAws(
      { kind: 'sandbox', region: 'us-east-1', endpoints: { all: endpoint } },
      {
        mfaCode: () => Promise.reject(new Error('not asked')),
        apiKey: () => Promise.reject(new Error('not asked')),
        sandboxKeys: () => Promise.resolve({ accessKeyId: 'AKIA', secretAccessKey: 'x' }),
        log: silentLog,
        ...(caBundle ? { caBundle } : {}),
      },
    );
  }

  it('is refused with the name of the setting that helps', async () => {
    await assert.rejects(open().identity(), (error: Error) => {
      assert.match(error.message, /not trusted.*bedrock\.caBundle/s);
      return true;
    });
  });

  it('is trusted with its certificate file', async () => {
    assert.equal((await open(join(folder, 'cert.pem')).identity()).accountId, '000000000000');
  });

  it('a certificate file that is not there is named', () => {
    assert.throws(() => open(join(folder, 'missing.pem')), /missing\.pem cannot be read/);
  });
});
