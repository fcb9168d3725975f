import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { BedrockClient, ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  ListBucketsCommand,
  PutObjectCommand,
  GetObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { presign } from './presign.js';
import { type Stand, makeStand, handlerFor, protocols, refusal } from './support.js';

const wrongSecret = 'x'.repeat(40);

describe('who may call the sandbox', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand()));
  after(() => stand.dispose());

  for (const protocol of protocols) {
    it(`tells the caller who they are over ${protocol}`, async () => {
      const sts = new STSClient({ ...stand.config, requestHandler: handlerFor(protocol) });
      const who = await sts.send(new GetCallerIdentityCommand({}));
      assert.deepEqual(
        [who.Account, who.Arn],
        [stand.sandbox.accountId, `arn:aws:iam::${stand.sandbox.accountId}:user/sandbox`],
      );
      const iam = new IAMClient({ ...stand.config, requestHandler: handlerFor(protocol) });
      const { Roles } = await iam.send(new ListRolesCommand({}));
      assert.deepEqual(
        Roles?.map((role) => role.Arn),
        [stand.sandbox.roleArn],
      );
      sts.destroy();
      iam.destroy();
    });
  }

  type Caller = (
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    systemClockOffset?: number,
  ) => Promise<unknown>;
  const callers: Record<string, Caller> = {
    S3: (credentials, systemClockOffset = 0) =>
      new S3Client({ ...stand.config, credentials, systemClockOffset, forcePathStyle: true }).send(
        new ListBucketsCommand({}),
      ),
    STS: (credentials, systemClockOffset = 0) =>
      new STSClient({ ...stand.config, credentials, systemClockOffset }).send(
        new GetCallerIdentityCommand({}),
      ),
    Bedrock: (credentials, systemClockOffset = 0) =>
      new BedrockClient({ ...stand.config, credentials, systemClockOffset }).send(
        new ListFoundationModelsCommand({}),
      ),
    'Bedrock Runtime': (credentials, systemClockOffset = 0) =>
      new BedrockRuntimeClient({ ...stand.config, credentials, systemClockOffset }).send(
        new ConverseCommand({
          modelId: 'amazon.nova-lite-v1:0',
          messages: [{ role: 'user', content: [{ text: 'hi' }] }],
        }),
      ),
  };
  const names: Record<
    string,
    [unknownKey: string, wrongSecret: string, token: string, skew: string]
  > = {
    S3: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'RequestTimeTooSkewed'],
    STS: [
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
      'InvalidClientTokenId',
      'SignatureDoesNotMatch',
    ],
    Bedrock: [
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'UnrecognizedClientException',
      'InvalidSignatureException',
    ],
    'Bedrock Runtime': [
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'UnrecognizedClientException',
      'InvalidSignatureException',
    ],
  };
  for (const [service, call] of Object.entries(callers)) {
    const [unknownKey, badSecret, badToken, skewed] = names[service]!;
    it(`${service} refuses a key it does not know with ${unknownKey}`, async () => {
      const error = await refusal(
        call({ accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: wrongSecret }),
      );
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], [unknownKey, 403]);
    });
    it(`${service} refuses a wrong secret with ${badSecret}`, async () => {
      const error = await refusal(
        call({ accessKeyId: stand.sandbox.accessKeyId, secretAccessKey: wrongSecret }),
      );
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], [badSecret, 403]);
    });
    it(`${service} refuses a session token with ${badToken}`, async () => {
      const { accessKeyId, secretAccessKey } = stand.sandbox;
      const error = await refusal(call({ accessKeyId, secretAccessKey, sessionToken: 'stale' }));
      assert.equal(error.name, badToken);
    });
    it(`${service} refuses a clock an hour off with ${skewed}`, async () => {
      const { accessKeyId, secretAccessKey } = stand.sandbox;
      const error = await refusal(call({ accessKeyId, secretAccessKey }, 3_600_000));
      assert.equal(error.name, skewed);
    });
  }

  it('takes its own API key on Bedrock and no other', async () => {
    const call = (token: string) =>
      new BedrockClient({
        ...stand.config,
        authSchemePreference: ['httpBearerAuth'],
        token: { token },
      }).send(new ListFoundationModelsCommand({}));
    assert.ok((await call(stand.sandbox.apiKey)).modelSummaries);
    const error = await refusal(call('ABSKwrong'));
    assert.deepEqual([error.name, error.$metadata?.httpStatusCode], ['AccessDeniedException', 403]);
  });

  const unsigned: [string, string, RequestInit, number, RegExp][] = [
    ['a Bedrock call', '/foundation-models', {}, 403, /Missing Authentication Token/],
    ['an S3 call', '/bedrock-sandbox/key', {}, 403, /<Code>AccessDenied<\/Code>/],
    [
      'an STS call',
      '/',
      { method: 'POST', body: new URLSearchParams({ Action: 'GetCallerIdentity' }) },
      403,
      /<Code>MissingAuthenticationToken<\/Code>/,
    ],
  ];
  for (const [what, path, init, status, text] of unsigned) {
    it(`refuses ${what} without a signature`, async () => {
      const response = await fetch(`${stand.sandbox.endpoint}${path}`, init);
      assert.equal(response.status, status);
      assert.match(await response.text(), text);
    });
  }

  it('refuses a body that is not the one that was signed', async () => {
    const { bucket: Bucket } = stand.sandbox;
    const s3 = new S3Client({ ...stand.config, forcePathStyle: true });
    s3.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: unknown }).body = 'changed!';
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
    );
    const error = await refusal(
      s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'original' })),
    );
    assert.match(error.name, /XAmzContentSHA256Mismatch|BadDigest|IncompleteBody/);
  });

  for (const host of [
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    'localhost',
  ]) {
    it(`refuses the Host header ${host}`, async () => {
      const { port } = stand.sandbox;
      const status = await statusWithHost(port, host.replace('PORT', String(port)));
      assert.equal(status, 403);
    });
  }

  it('answers no web page: no CORS header, no request with an Origin', async () => {
    const origin = { origin: 'https://evil.example' };
    const preflight = await fetch(`${stand.sandbox.endpoint}/bedrock-sandbox/k`, {
      method: 'OPTIONS',
      headers: origin,
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
    const faults = await fetch(`${stand.sandbox.endpoint}/_sandbox/faults`, { headers: origin });
    assert.equal(faults.status, 403);
  });

  it('serves an object to a presigned URL, until it ends', async () => {
    const { bucket: Bucket, accessKeyId, secretAccessKey, endpoint, region } = stand.sandbox;
    await stand.s3.send(new PutObjectCommand({ Bucket, Key: 'pre signed.txt', Body: 'ok' }));
    const where = {
      endpoint,
      region,
      accessKeyId,
      secretAccessKey,
      path: `/${Bucket}/pre%20signed.txt`,
    };
    const good = await fetch(presign({ ...where, time: new Date(), expires: 60 }));
    assert.equal(await good.text(), 'ok');
    const late = await fetch(
      presign({ ...where, time: new Date(Date.now() - 120_000), expires: 60 }),
    );
    assert.match(await late.text(), /Request has expired/);
    const forged = await fetch(`${presign({ ...where, time: new Date(), expires: 60 })}0`);
    assert.match(await forged.text(), /SignatureDoesNotMatch/);
    const got = await stand.s3.send(new GetObjectCommand({ Bucket, Key: 'pre signed.txt' }));
    assert.ok(got.ETag);
  });
});

function statusWithHost(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end();
  });
}
