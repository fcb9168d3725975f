import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Aws, createAws } from '../../src/aws/aws.js';
import { silentLog } from '../../src/core/log.js';

/** An endpoint that answers every call with what it was given last. */
export interface FixedAnswer {
  readonly aws: Aws;
  give(status: number, headers: OutgoingHttpHeaders, body: string | Uint8Array): void;
  close(): void;
}

/** Starts an endpoint of our own and a connection to it. */
export async function startFixedAnswer(): Promise<FixedAnswer> {
  let answer: Parameters<FixedAnswer['give']> = [200, {}, ''];
  const server = createServer((request, response) => {
    request.resume();
    const [status, headers, body] = answer;
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const no = () => Promise.reject(new Error('not asked'));
  const aws = createAws(
    { kind: 'sandbox', region: 'us-east-1', endpoints: { all: endpoint } },
    {
      mfaCode: no,
      apiKey: no,
      sandboxKeys: () => Promise.resolve({ accessKeyId: 'a', secretAccessKey: 'b' }),
      log: silentLog,
    },
  );
  return {
    aws,
    give: (...next) => {
      answer = next;
    },
    close: () => {
      aws.dispose();
      server.close();
    },
  };
}
