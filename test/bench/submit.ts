import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildPrograms } from '../support/programs.js';
import type { Cost } from './cost.js';
import { makeDataset } from './makeDataset.js';
import { limitRow, slowerRow, type BenchRow } from './row.js';
import type { SubmitTask } from './submitChild.js';

interface ChildResult extends Cost {
  readonly megabytes: number;
  readonly jobArns: readonly string[];
}

const rounds = 3;
const targetRatio = 1.1;

/** What a person waits for who names no model against a bare upload of the same bytes to the same sandbox. */
export async function submitRows(): Promise<BenchRow[]> {
  const path = makeDataset();
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
  await buildPrograms(folder, {
    child: 'test/bench/submitChild.ts',
    worker: 'src/io/dataset/check/worker.ts',
    sandbox: 'src/sandbox/main.ts',
  });
  const { server, sandbox } = await startServer(folder);
  try {
    const costs = { ours: [] as Cost[], bare: [] as Cost[] };
    let peak = 0;
    // In turn, so that a busy moment of the machine meets both.
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['ours', 'bare'] as const) {
        const result = runChild(folder, { path, ledger: join(folder, 'runs'), kind, sandbox });
        if (kind === 'ours' && result.jobArns.length !== 5) {
          throw new Error(`500,000 records should be five jobs, not ${result.jobArns.length}`);
        }
        costs[kind].push(result);
        if (kind === 'ours') peak = Math.max(peak, result.megabytes);
      }
    }
    const what = `submit ${Math.round(statSync(path).size / 1e6)} MB (check, suggest, check, upload, create)`;
    return [
      slowerRow(`${what} vs a bare lib-storage upload`, costs.ours, costs.bare, targetRatio),
      limitRow(`${what}: peak memory of the process`, peak, 300, 'MB'),
    ];
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startServer(
  folder: string,
): Promise<{ server: ChildProcess; sandbox: SubmitTask['sandbox'] }> {
  const program = join(folder, 'sandbox.js');
  const server = spawn(process.execPath, [program, '--port', '0', '--data', join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sandbox = await new Promise<SubmitTask['sandbox']>((resolve, reject) => {
    server.once('exit', () => {
      reject(new Error('the sandbox did not start'));
    });
    createInterface({ input: server.stdout }).once('line', (line) => {
      resolve(JSON.parse(line) as SubmitTask['sandbox']);
    });
  });
  return { server, sandbox };
}

function runChild(folder: string, task: SubmitTask): ChildResult {
  const args = ['--no-warnings', join(folder, 'child.js'), JSON.stringify(task)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as ChildResult;
}
