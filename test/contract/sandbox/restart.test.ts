import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BedrockClient, StopModelInvocationJobCommand } from '@aws-sdk/client-bedrock';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { S3Client } from '@aws-sdk/client-s3';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.js';
import {
  type Stand,
  configOf,
  converseLines,
  createJob,
  getText,
  makeStand,
  putText,
  refusal,
  waitForJob,
} from './support.js';

interface Run {
  readonly child: ChildProcess;
  readonly sandbox: Sandbox;
  readonly stand: Stand;
}

const main = join(import.meta.dirname, '../../../src/sandbox/main.ts');

/** Starts the command line and waits for its line of JSON. */
async function runMain(dataDir: string, ...more: string[]): Promise<Run> {
  const args = ['--import=tsx', main, '--data', dataDir, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const sandbox = JSON.parse(line) as Sandbox;
  const config = configOf(sandbox);
  const stand = {
    sandbox,
    dataDir,
    config,
    bedrock: new BedrockClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  } as Stand;
  return { child, sandbox, stand };
}

async function end({ child, stand }: Run, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  const [code] = await exited;
  stand.bedrock.destroy();
  stand.s3.destroy();
  return code;
}

describe('the sandbox across a restart', () => {
  let dataDir: string;
  beforeEach(async () => (dataDir = await mkdtemp(join(tmpdir(), 'sandbox-restart-'))));
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('keeps keys and objects, and refuses a second sandbox on its folder meanwhile', async () => {
    const first = await makeStand({ dataDir });
    await putText(first, 'kept.txt', 'kept');
    await assert.rejects(startSandbox({ dataDir }), /in use by process \d+\. Stop that sandbox/);
    await first.dispose();
    const second = await makeStand({ dataDir });
    assert.equal(second.sandbox.secretAccessKey, first.sandbox.secretAccessKey);
    assert.equal(await getText(second, 'kept.txt'), 'kept');
    await second.dispose();
  });

  for (const status of ['Submitted', 'Validating', 'Scheduled', 'InProgress'] as const) {
    it(`ends a job with every record once that was ${status} when the process was killed`, async () => {
      const killed = await runMain(dataDir, '--speed', '3');
      const uri = await putText(killed.stand, 'in/a.jsonl', converseLines(3000));
      const jobArn = await createJob(killed.stand, uri);
      await waitForJob(
        killed.stand,
        jobArn,
        (job) =>
          job.status === status && (status !== 'InProgress' || job.processedRecordCount! > 1200),
      );
      await end(killed, 'SIGKILL');
      const stand = await makeStand({ dataDir, speed: 200 });
      try {
        const job = await waitForJob(stand, jobArn);
        assert.deepEqual(
          [job.status, job.totalRecordCount, job.processedRecordCount, job.successRecordCount],
          ['Completed', 3000, 3000, 3000],
        );
        const lines = (await getText(stand, `out/${jobArn.slice(-12)}/a.jsonl.out`))
          .trimEnd()
          .split('\n');
        const ids = lines.map((line) => (JSON.parse(line) as { recordId: string }).recordId);
        assert.deepEqual([ids.length, new Set(ids).size], [3000, 3000]);
        const manifest = JSON.parse(
          await getText(stand, `out/${jobArn.slice(-12)}/manifest.json.out`),
        ) as object;
        assert.equal((manifest as { processedRecordCount: number }).processedRecordCount, 3000);
      } finally {
        await stand.dispose();
      }
    }).timeout(40_000);
  }
});

describe('the sandbox command line', () => {
  let dataDir: string;
  before(async () => (dataDir = await mkdtemp(join(tmpdir(), 'sandbox-cli-'))));
  after(() => rm(dataDir, { recursive: true, force: true }));

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`prints where it is and ends cleanly at ${signal}`, async () => {
      const run = await runMain(dataDir, '--region', 'eu-west-1');
      assert.match(run.sandbox.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.equal(run.sandbox.region, 'eu-west-1');
      assert.equal(await end(run, signal), 0);
      await assert.rejects(readFile(join(dataDir, '.lock')));
    });
  }

  for (const [args, message] of [
    [['--bogus'], /Unknown option '--bogus'/],
    [[], /--data DIR is required/],
    [['--data', 'x', '--port', 'abc'], /--port must be a number/],
    [['--data', 'x', '--speed', '0'], /--speed must be a number above 0/],
    [['--data', 'x', '--upstream', 'http://127.0.0.1:1'], /given together/],
  ] as const) {
    it(`refuses ${args.join(' ') || 'no arguments'} with exit code 2`, async () => {
      const child = spawn(process.execPath, ['--import=tsx', main, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let text = '';
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      assert.equal(code, 2);
      assert.match(text, message);
    });
  }

  it('ends when the process that started it is killed', async () => {
    const script = `
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['--import=tsx', ${JSON.stringify(main)}, '--data', ${JSON.stringify(dataDir)}, '--exit-with-parent'], { stdio: ['ignore', 'pipe', 'ignore'] });
      child.stdout.once('data', () => console.log(child.pid));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    parent.kill('SIGKILL');
    const deadline = Date.now() + 10_000;
    while (isAlive(Number(line))) {
      assert.ok(Date.now() < deadline, 'the sandbox outlived its parent');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

describe('a local server behind the sandbox', () => {
  it('writes the replies, which keep the form of the family', async () => {
    const asked: { model: string; messages: { role: string; content: string }[] }[] = [];
    const upstream = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        asked.push(JSON.parse(text) as (typeof asked)[0]);
        const message = { role: 'assistant', content: 'from upstream' };
        response.end(
          JSON.stringify({
            choices: [{ message, finish_reason: 'length' }],
            usage: { prompt_tokens: 7, completion_tokens: 2 },
          }),
        );
      });
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
    const stand = await makeStand({ upstream: { url, model: 'small' } });
    const runtime = new BedrockRuntimeClient(stand.config);
    try {
      const messages = [{ role: 'user' as const, content: [{ text: 'hello' }] }];
      const reply = await runtime.send(
        new ConverseCommand({
          modelId: 'amazon.nova-lite-v1:0',
          system: [{ text: 'be brief' }],
          messages,
        }),
      );
      assert.equal(reply.output!.message!.content![0]!.text, 'from upstream');
      assert.deepEqual(
        [reply.stopReason, reply.usage!.inputTokens, reply.usage!.outputTokens],
        ['max_tokens', 7, 2],
      );
      assert.deepEqual(
        [asked[0]!.model, asked[0]!.messages],
        [
          'small',
          [
            { role: 'system', content: 'be brief' },
            { role: 'user', content: 'hello' },
          ],
        ],
      );
      const native = await runtime.send(
        new InvokeModelCommand({
          modelId: 'meta.llama3-1-8b-instruct-v1:0',
          contentType: 'application/json',
          body: '{"prompt":"hi"}',
        }),
      );
      assert.match(
        Buffer.from(native.body).toString(),
        /"generation":"\\n\\nfrom upstream".*"stop_reason":"length"/,
      );
      upstream.close();
      upstream.closeAllConnections();
      const error = await refusal(
        runtime.send(new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages })),
      );
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], ['ModelErrorException', 424]);
    } finally {
      runtime.destroy();
      upstream.close();
      await stand.dispose();
    }
  });

  it('may be slow: a job that waits for it still stops at once', async () => {
    const upstream = createServer(() => undefined);
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
    const stand = await makeStand({ upstream: { url, model: 'stuck' } });
    try {
      const jobArn = await createJob(stand, await putText(stand, 'in/a.jsonl', converseLines(100)));
      await waitForJob(stand, jobArn, (job) => job.status === 'InProgress');
      await stand.bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier: jobArn }));
      const job = await waitForJob(stand, jobArn);
      assert.deepEqual([job.status, job.processedRecordCount], ['Stopped', 0]);
    } finally {
      await stand.dispose();
      upstream.close();
      upstream.closeAllConnections();
    }
  });
});
