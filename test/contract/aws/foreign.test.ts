import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAws, type Aws } from '../../../src/aws/aws.js';
import type { AppError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';

const answers: readonly [string, number, string, string][] = [
  ['a page', 403, 'text/html', '<html>blocked</html>'],
  ['a page', 404, 'text/html', '<html>not here</html>'],
  ['a page', 502, 'text/html', '<html>bad gateway</html>'],
  ['a page', 407, 'text/html', '<html>who are you</html>'],
  ['JSON', 403, 'application/json', '{"error":{"code":"blocked"}}'],
  ['JSON', 404, 'application/json', '{"detail":"Not Found"}'],
  ['text', 403, 'text/plain', 'Forbidden by policy'],
  ['nothing', 403, 'text/plain', ''],
];

describe('an answer that is not of AWS, over the SDK', () => {
  let server: Server;
  let aws: Aws;
  let answer: readonly [number, string, string] = [200, '', ''];

  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      const [status, type, body] = answer;
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const no = () => Promise.reject(new Error('not asked'));
    aws = createAws(
      { kind: 'sandbox', region: 'us-east-1', endpoints: { all: endpoint } },
      {
        mfaCode: no,
        apiKey: no,
        sandboxKeys: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' }),
        log: silentLog,
      },
    );
  });

  after(() => {
    aws.dispose();
    server.close();
  });

  const calls: readonly [string, () => Promise<unknown>][] = [
    ['converse', () => aws.runtime.converse({ modelId: 'm', messages: [] })],
    ['jobs', () => aws.jobs.list({ limit: 1 })],
    ['buckets', () => aws.storage.buckets()],
    ['identity', () => aws.identity()],
  ];
  for (const [what, status, type, body] of answers) {
    for (const [name, call] of calls) {
      it(`${what} with ${status} to ${name} is told as one, without the SDK's words`, async () => {
        answer = [status, type, body];
        await assert.rejects(call(), (error: AppError) => {
          assert.equal(error.kind, 'network', error.message);
          assert.match(error.message, /did not answer as|asks for a sign-in/);
          assert.match(error.message, /127\.0\.0\.1/);
          assert.doesNotMatch(error.message, /Unexpected|Deserialization|hidden|Unknown|XML/);
          return true;
        });
      });
    }
  }
});
