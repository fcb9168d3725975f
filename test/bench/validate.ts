import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../support/programs.js';
import { makeDataset } from './makeDataset.js';
import { limitRow, type BenchRow } from './row.js';

interface ChildResult {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly records: number;
  readonly problemCount: number;
}

const pythonLoop = `
import json, sys, time
start = time.perf_counter()
with open(sys.argv[1], encoding='utf-8') as file:
    for line in file:
        json.loads(line)
print((time.perf_counter() - start) * 1000)
`;
const rounds = 3;
const memoryTarget = 200;

/** Checking and sharding against Python, jq and DuckDB on the same file; the best of three each. */
export async function validateRows(): Promise<BenchRow[]> {
  const path = makeDataset();
  const name = `check + shard ${Math.round(statSync(path).size / 1e6)} MB, 500,000 records`;
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
  try {
    await buildPrograms(folder, {
      child: 'test/bench/validateChild.ts',
      worker: 'src/io/dataset/check/worker.ts',
    });
    const child = join(folder, 'child.js');
    const ours: ChildResult[] = [];
    const python: number[] = [];
    // In turn, so that a busy moment of the machine meets both.
    for (let round = 0; round < rounds; round++) {
      ours.push(runChild(child, path));
      const time = runPython(path);
      if (time !== undefined) python.push(time);
    }
    const best = Math.min(...ours.map(({ milliseconds }) => milliseconds));
    const peak = Math.max(...ours.map(({ megabytes }) => megabytes));
    return [
      ratioRow(`${name} vs python json.loads`, best, least(python), 4),
      ratioRow(`${name} vs jq -c`, best, runJq(path), 5),
      ratioRow(`${name} vs DuckDB read_json, 2 threads`, best, await runDuckDb(path)),
      limitRow(`${name}: peak memory of the process`, peak, memoryTarget, 'MB'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ratioRow(
  what: string,
  ours: number,
  baseline: number | undefined,
  target?: number,
): BenchRow {
  const base = {
    what,
    ours: `${Math.round(ours)} ms`,
    target: target === undefined ? 'for reference' : `≥ ${target}×`,
  };
  if (baseline === undefined) return { ...base, baseline: 'not installed' };
  const ratio = baseline / ours;
  return {
    ...base,
    baseline: `${Math.round(baseline)} ms`,
    ratio,
    ...(target !== undefined && { ok: ratio >= target }),
  };
}

const least = (times: readonly number[]) => (times.length > 0 ? Math.min(...times) : undefined);

function runChild(child: string, path: string): ChildResult {
  const result = JSON.parse(
    execFileSync(process.execPath, [child, path], { encoding: 'utf8' }),
  ) as ChildResult;
  if (result.records !== 500_000 || result.problemCount !== 0) {
    throw new Error(`the check is wrong: ${JSON.stringify(result)}`);
  }
  return result;
}

function runPython(path: string): number | undefined {
  const ran = spawnSync('python3', ['-c', pythonLoop, path], { encoding: 'utf8' });
  return ran.status === 0 ? Number(ran.stdout) : undefined;
}

/** jq over the whole file takes long, so it runs once. */
function runJq(path: string): number | undefined {
  const start = performance.now();
  const ran = spawnSync('jq', ['-c', '.', path], { stdio: ['ignore', 'ignore', 'ignore'] });
  return ran.status === 0 ? performance.now() - start : undefined;
}

async function runDuckDb(path: string): Promise<number | undefined> {
  const duckdb = await import('@duckdb/node-api').catch(() => undefined);
  if (!duckdb) return undefined;
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const start = performance.now();
  await connection.runAndReadAll(
    `select count(*), count(distinct recordId), count(modelInput) from read_json('${path}', format = 'newline_delimited')`,
  );
  const milliseconds = performance.now() - start;
  connection.closeSync();
  instance.closeSync();
  return milliseconds;
}
