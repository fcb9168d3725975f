import assert from 'node:assert/strict';
import { Agent, request as send } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { ListFoundationModelsCommand } from '@aws-sdk/client-bedrock';
import { seededRandom } from '../../../src/sandbox/runtime/random.js';
import {
  type OperationModel,
  type ServiceModel,
  wireModel,
} from '../../../src/sandbox/wire/model.js';
import { sampleInput } from '../../support/sampleInput.js';
import { type Stand, makeStand } from './support.js';

const count = 10_000;
const atOnce = 16;
const seed = 20_261_125;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const operations = Object.values(wireModel).flatMap((service) =>
  Object.entries(service.operations).map(([name, operation]) => ({ service, name, operation })),
);
/** Operations that read what they are sent: two requests of three are theirs. */
const served = operations.filter(({ name }) =>
  /^(?!.*(?:Automated|Enforced)).*(?:Guardrail|Converse|InvokeModel|CountTokens|InvocationJob|InferenceProfile|FoundationModel|Resource|CustomModel|Imported|Provisioned)/.test(
    name,
  ),
);

/** Requests that no client would send, the same ones for a seed. */
class Monkey {
  constructor(private readonly random: () => number) {}

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }

  request(): Sent {
    const { service, operation } = this.pick(this.chance(0.66) ? served : operations);
    const method = this.chance(0.05)
      ? this.pick(['GET', 'PUT', 'PATCH', 'HEAD'])
      : operation.method;
    const query = this.chance(0.3) ? `?${this.query(service, operation)}` : '';
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.chance(0.2)) headers['x-amzn-bedrock-trace'] = encodeURI(this.word());
    if (this.chance(0.1)) headers['content-type'] = 'application/vnd.amazon.eventstream';
    const hasBody = method !== 'GET' && method !== 'HEAD';
    const body = hasBody ? this.body(service, operation) : Buffer.alloc(0);
    return { method, path: this.path(operation) + query, headers, body };
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  private path({ path }: OperationModel): string {
    const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(this.word()));
    if (this.chance(0.05)) return `${filled}/`;
    if (this.chance(0.05)) return filled.replace(/\/$/, '');
    return this.chance(0.03) ? `${filled}%zz` : filled;
  }

  private query(service: ServiceModel, { input }: OperationModel): string {
    const shape = service.shapes[input]!;
    const names = 'query' in shape ? Object.values(shape.query ?? {}) : ['maxResults'];
    return names.map((name) => `${name}=${encodeURIComponent(this.word())}`).join('&');
  }

  word(): string {
    return this.pick([
      ...['a', 'DRAFT', '1', '-1', '1e999', 'true', 'null', '  ', '..', 'é😀', 'x'.repeat(3000)],
      ...['arn:aws:bedrock:us-east-1:000000000000:guardrail/sandboxguard', 'sandboxguard'],
      ...['amazon.nova-lite-v1:0', `a${'-'.repeat(61)}_`, '__proto__', 'constructor', '2026-13-45'],
    ]);
  }

  private body(service: ServiceModel, { input }: OperationModel): Buffer {
    const right = JSON.stringify(sampleInput(service, input));
    switch (this.pick(['right', 'changed', 'cut', 'noise', 'deep', 'list', 'frame', 'empty'])) {
      case 'right':
        return Buffer.from(right);
      case 'changed':
        return Buffer.from(JSON.stringify(this.changed(JSON.parse(right))));
      case 'cut':
        return Buffer.from(right.slice(0, Math.floor(this.random() * right.length)));
      case 'deep':
        return Buffer.from(`${'{"andAll":['.repeat(2000)}${']}'.repeat(2000)}`);
      case 'list':
        return Buffer.from('[1, null, "x"]');
      case 'frame': {
        const frame = Buffer.alloc(64, this.word());
        frame.writeUInt32BE(this.pick([0, 16, 64, 0xffffffff]), 0);
        return frame;
      }
      case 'empty':
        return Buffer.alloc(0);
      default:
        return Buffer.from(Array.from({ length: 200 }, () => Math.floor(this.random() * 256)));
    }
  }

  /** Some values of a JSON changed to ones of another type or size. */
  private changed(value: unknown): unknown {
    if (this.chance(0.4)) {
      return this.pick<unknown>([null, 0, -1, 1.5, 1e300, true, '', this.word(), [], {}, [[[]]]]);
    }
    if (Array.isArray(value)) return value.map((item: unknown) => this.changed(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, at]) => [name, this.changed(at)]);
    return Object.fromEntries(this.chance(0.2) ? [...entries, [this.word(), 1]] : entries);
  }
}

describe('requests that no client would send', () => {
  let stand: Stand;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  before(async () => (stand = await makeStand()));
  after(async () => {
    agent.destroy();
    await stand.dispose();
  });

  /** The status of the answer, and the code of a refusal. */
  const answerTo = ({ method, path, headers, body }: Sent) =>
    new Promise<{ status: number; code: string }>((resolve, reject) => {
      const authorization = `Bearer ${stand.sandbox.apiKey}`;
      const options = { agent, method, path, timeout: 20_000 };
      const all = { ...headers, authorization, 'content-length': body.length };
      const request = send({ ...options, port: stand.sandbox.port, headers: all }, (response) => {
        response.resume().once('end', () => {
          const code = String(response.headers['x-amzn-errortype'] ?? '');
          resolve({ status: response.statusCode ?? 0, code });
        });
      });
      request.once('timeout', () => request.destroy(new Error(`${method} ${path} hangs`)));
      request.once('error', reject);
      request.end(body);
    });

  it(`${count} of them are each answered, none with an error of the sandbox`, async () => {
    const monkey = new Monkey(seededRandom(seed));
    const statuses = new Map<number, number>();
    let left = count;
    const work = async () => {
      while (left-- > 0) {
        const sent = monkey.request();
        const { status, code } = await answerTo(sent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const text = `${sent.method} ${sent.path} ${sent.body.toString('utf8', 0, 300)}`;
        assert.ok(status > 0 && status < 500, `${status} ${code}: ${text}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    assert.ok((statuses.get(200) ?? 0) > 0 && (statuses.get(400) ?? 0) > 1000);
    await stand.bedrock.send(new ListFoundationModelsCommand({}));
  }).timeout(180_000);

  it('bodies that break off leave it answering', async () => {
    for (let at = 0; at < 100; at++) {
      await new Promise<void>((resolve) => {
        const socket = connect(stand.sandbox.port, '127.0.0.1', () => {
          const head = `POST /model/a/converse HTTP/1.1\r\nHost: 127.0.0.1:${stand.sandbox.port}\r\n`;
          socket.write(`${head}Content-Length: 1000\r\n\r\n{"messages": [`);
          setTimeout(() => socket.destroy(), 1);
        });
        socket.once('close', () => {
          resolve();
        });
      });
    }
    await stand.bedrock.send(new ListFoundationModelsCommand({}));
  });

  it('an input that streams is answered before it ends', async () => {
    const session = connectHttp2(stand.sandbox.endpoint);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/model/amazon.nova-sonic-v1%3A0/invoke-with-bidirectional-stream',
      authorization: `Bearer ${stand.sandbox.apiKey}`,
      'content-type': 'application/vnd.amazon.eventstream',
    });
    stream.write(Buffer.from('no frame'));
    const status = await new Promise((resolve, reject) => {
      stream.once('response', (headers) => {
        resolve(headers[':status']);
      });
      stream.once('error', reject);
    });
    assert.equal(status, 404);
    session.destroy();
  });
});
