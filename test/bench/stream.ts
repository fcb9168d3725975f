import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BedrockRuntimeClient, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { build } from 'esbuild';
import { createAws } from '../../src/aws/aws.js';
import { reduceStream, waitingAnswer } from '../../src/core/converse/streamReducer.js';
import { silentLog } from '../../src/core/log.js';
import type { Sandbox } from '../../src/sandbox/server.js';
import { type Cost, medianCost, startCost } from './cost.js';
import { cpuText, slowerRow, type BenchRow } from './row.js';

const length = 100_000;
const rounds = 3;
const shortRounds = 15;
/** Makes the sandbox send about 2,000 tokens a second: an event is about three tokens. */
const speed = 12;
const modelId = 'amazon.nova-lite-v1:0';
const target = { firstMs: 30, ratio: 1.1 };

interface Reading {
  readonly first: Cost;
  readonly total: Cost;
  readonly text: string;
}

type Reader = (signal: AbortSignal, onFirst: () => void) => Promise<Reading>;
type Place = Pick<Sandbox, 'endpoint' | 'region' | 'accessKeyId' | 'secretAccessKey'>;

/** A long answer at full speed through our layer and reducer against a bare loop over the SDK's stream. */
export async function streamRows(): Promise<BenchRow[]> {
  const answer = makeAnswer();
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
  const upstream = await startUpstream(answer);
  let server: ChildProcess | undefined;
  try {
    const started = await startServer(folder, upstream);
    server = started.server;
    const readers = { ours: ourReader(started.place), bare: bareReader(started.place) };
    // The first calls open connections and load code: not measured.
    for (const kind of ['ours', 'bare'] as const) await firstToken(readers[kind]);
    const first = { ours: [] as Cost[], bare: [] as Cost[] };
    for (let round = 0; round < shortRounds; round++) {
      for (const kind of ['ours', 'bare'] as const)
        first[kind].push(await firstToken(readers[kind]));
    }
    const total = { ours: [] as Cost[], bare: [] as Cost[] };
    let lost = 0;
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['ours', 'bare'] as const) {
        const reading = await readers[kind](new AbortController().signal, () => undefined);
        total[kind].push(reading.total);
        if (kind === 'ours' && reading.text !== answer) lost++;
      }
    }
    return rowsOf({ first, total, lost });
  } finally {
    server?.kill();
    upstream.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Costs {
  readonly ours: readonly Cost[];
  readonly bare: readonly Cost[];
}

function rowsOf({ first, total, lost }: { first: Costs; total: Costs; lost: number }): BenchRow[] {
  const what = `stream ${length / 1000}k characters`;
  const [ourFirst, bareFirst] = [medianCost(first.ours), medianCost(first.bare)];
  const tokensPerSecond = Math.round((length / 4 / medianCost(total.bare).milliseconds) * 1000);
  return [
    {
      what: 'time to first token vs a bare SDK loop',
      ours: `${ourFirst.milliseconds.toFixed(1)} ms`,
      baseline: `${bareFirst.milliseconds.toFixed(1)} ms`,
      oursCpu: cpuText(ourFirst),
      baselineCpu: cpuText(bareFirst),
      cpuRatio: ourFirst.cpuMilliseconds / bareFirst.cpuMilliseconds,
      target: `≤ +${target.firstMs} ms`,
      ok: ourFirst.milliseconds - bareFirst.milliseconds <= target.firstMs,
    },
    slowerRow(
      `${what} at ${tokensPerSecond} tokens/s vs a bare SDK loop`,
      total.ours,
      total.bare,
      target.ratio,
    ),
    {
      what: `${what}: answers that lost a character`,
      ours: `${lost} of ${rounds}`,
      baseline: '',
      target: '0',
      ok: lost === 0,
    },
  ];
}

const request = {
  modelId,
  messages: [{ role: 'user' as const, content: [{ text: 'Write a long answer.' }] }],
};

async function firstToken(read: Reader): Promise<Cost> {
  const stop = new AbortController();
  const { first } = await read(stop.signal, () => {
    stop.abort();
  });
  return first;
}

function ourReader({ endpoint, region, accessKeyId, secretAccessKey }: Place): Reader {
  const aws = createAws(
    { kind: 'sandbox', region, endpoints: { all: endpoint } },
    {
      mfaCode: () => Promise.reject(new Error('no MFA here')),
      apiKey: () => Promise.reject(new Error('no API key here')),
      sandboxKeys: () => Promise.resolve({ accessKeyId, secretAccessKey }),
      log: silentLog,
    },
  );
  return async (signal, onFirst) => {
    const cost = startCost();
    let first: Cost | undefined;
    let state = waitingAnswer;
    try {
      for await (const event of aws.runtime.converseStream(request, signal)) {
        state = reduceStream(state, event);
        if (!first && event.type === 'text') {
          first = cost();
          onFirst();
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    const { block } = state.blocks[0] ?? {};
    const text = block?.type === 'text' ? block.text : '';
    const total = cost();
    return { first: first ?? total, total, text };
  };
}

function bareReader({ endpoint, region, accessKeyId, secretAccessKey }: Place): Reader {
  const client = new BedrockRuntimeClient({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: new NodeHttpHandler(),
    authSchemePreference: ['sigv4'],
  });
  return async (abortSignal, onFirst) => {
    const cost = startCost();
    let first: Cost | undefined;
    let text = '';
    try {
      const { stream } = await client.send(new ConverseStreamCommand(request), { abortSignal });
      for await (const event of stream ?? []) {
        const piece = event.contentBlockDelta?.delta?.text;
        if (piece === undefined) continue;
        text += piece;
        if (first) continue;
        first = cost();
        onFirst();
      }
    } catch (error) {
      if (!abortSignal.aborted) throw error;
    }
    const total = cost();
    return { first: first ?? total, total, text };
  };
}

/** Prose with code, other scripts and surrogate pairs in it. */
function makeAnswer(): string {
  const line =
    'A vector database keeps embeddings – “points” – and finds near ones. 😀 日本語 `let a = 1;`\n';
  return line.repeat(Math.ceil(length / line.length)).slice(0, length - 1) + '.';
}

/** An OpenAI-compatible server that always gives the answer. */
async function startUpstream(content: string): Promise<Server> {
  const body = JSON.stringify({
    choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: Math.round(length / 4) },
  });
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function startServer(
  folder: string,
  upstream: Server,
): Promise<{ server: ChildProcess; place: Place }> {
  const program = join(folder, 'sandbox.js');
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
  const server = spawn(
    process.execPath,
    [
      ...[program, '--port', '0', '--data', join(folder, 'data'), '--speed', String(speed)],
      ...['--upstream', url, '--upstream-model', 'bench'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const place = await new Promise<Place>((resolve, reject) => {
    server.once('exit', () => {
      reject(new Error('the sandbox did not start'));
    });
    createInterface({ input: server.stdout }).once('line', (line) => {
      resolve(JSON.parse(line) as Place);
    });
  });
  return { server, place };
}
