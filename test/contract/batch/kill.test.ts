import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../../src/core/batch/run.js';
import type { DatasetCheck } from '../../../src/core/batch/types.js';
import { silentLog } from '../../../src/core/log.js';
import { checkDataset } from '../../../src/io/dataset/check/checkDataset.js';
import { Ledger } from '../../../src/io/ledger.js';
import { buildPrograms } from '../../support/programs.js';
import { newRun, openUploads } from '../../support/runs.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import type { ChildTask } from './submitChild.js';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

/** 240 records of 80 kB: two shards that are each too large for a single PutObject. */
function largeDataset(): string {
  return Array.from({ length: 240 }, (_, index) =>
    JSON.stringify({
      recordId: `record-${index}`,
      modelInput: {
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 16,
        messages: [{ role: 'user', content: `${index} ${'text '.repeat(16_000)}` }],
      },
    }),
  ).join('\n');
}

interface ChildResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

describe('a submission that is killed', () => {
  let at: TestSandbox;
  let folder: string;
  let dataset: string;
  let program: string;
  /** Of the file, which nothing changes: once for all runs. */
  let check: DatasetCheck;

  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'kill-'));
    dataset = join(folder, 'large.jsonl');
    program = join(folder, 'child.js');
    const text = largeDataset();
    await writeFile(dataset, text);
    const whole = await checkDataset(dataset, { modelId, workers: 0 });
    const middle = text.indexOf('{"recordId":"record-120"');
    check = {
      ...whole,
      shards: [
        { index: 0, start: 0, end: middle, records: 120, firstLine: 1 },
        { index: 1, start: middle, end: whole.bytes, records: 120, firstLine: 121 },
      ],
    };
    await buildPrograms(folder, { child: 'test/contract/batch/submitChild.ts' });
    at = await startTestSandbox();
  });

  after(async () => {
    await at.close();
    await rm(folder, { recursive: true });
  });

  /** A run of two shards, its ledger in a folder of its own. */
  async function twoShards(): Promise<{ run: Run; ledger: string }> {
    const run = await newRun(at, dataset, { modelId, check });
    return { run, ledger: await mkdtemp(join(folder, 'runs-')) };
  }

  function child(run: Run, ledger: string, killAt?: number): Promise<ChildResult> {
    const { accessKeyId, secretAccessKey } = at.sandbox;
    const task: ChildTask = {
      ledger,
      run,
      keys: { accessKeyId, secretAccessKey },
      ...(killAt === undefined ? {} : { killAt }),
    };
    return new Promise((resolve) => {
      const process_ = spawn(process.execPath, ['--no-warnings', program, JSON.stringify(task)]);
      let output = '';
      process_.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      process_.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      process_.once('close', (code, signal) => {
        resolve({ code, signal, output });
      });
    });
  }

  it('leaves exactly one job a shard and a run that goes on, wherever it dies', async function () {
    this.timeout(240_000);
    const first = await twoShards();
    const whole = await child(first.run, first.ledger);
    assert.equal(whole.code, 0, whole.output);
    const moments = Number(/moments: (\d+)/.exec(whole.output)?.[1]);
    assert.ok(moments >= 24, `only ${moments} moments`);
    for (let killAt = 0; killAt < moments; killAt++) {
      const { run, ledger } = await twoShards();
      const killed = await child(run, ledger, killAt);
      assert.equal(killed.signal, 'SIGKILL', killed.output);
      const again = await child(run, ledger);
      assert.equal(again.code, 0, `${killed.output}${again.output}`);
      await assertWhole(run, ledger, killed.output.trim());
    }
  });

  async function assertWhole(run: Run, ledger: string, where: string): Promise<void> {
    const [saved] = await new Ledger(ledger, silentLog).list();
    assert.equal(saved?.state, 'submitted', where);
    const names = run.shards.map((part) => part.jobName);
    const jobs = (await at.aws.jobs.list({ limit: 1000 })).filter((job) =>
      names.includes(job.name),
    );
    const arns = jobs.map((job) => job.arn).sort();
    assert.deepEqual(arns, saved.shards.map((part) => part.jobArn).sort(), where);
    assert.equal(arns.length, 2, where);
    for (const { bucket, key, shard } of saved.shards) {
      assert.equal(await at.aws.storage.head(bucket, key), shard.end - shard.start, where);
    }
    assert.deepEqual(await openUploads(at), [], where);
  }
});
