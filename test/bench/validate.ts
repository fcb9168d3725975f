import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../support/programs.js';
import { runDuckDb, runJq, runPython } from './baselines.js';
import type { Cost } from './cost.js';
import { benchRecords, makeDataset } from './makeDataset.js';
import { fasterRow, limitRow, type BenchRow } from './row.js';

interface ChildResult extends Cost {
  readonly megabytes: number;
  readonly records: number;
  readonly problemCount: number;
}

const pythonLoop = `
import json, sys, time
start, cpu = time.perf_counter(), time.process_time()
with open(sys.argv[1], encoding='utf-8') as file:
    for line in file:
        json.loads(line)
print(time.perf_counter() - start, time.process_time() - cpu)
`;
const rounds = 3;
const memoryTarget = 200;
const modelId = 'us.anthropic.claude-sonnet-4-6';

/**
 * Checking and sharding against Python, jq and DuckDB on the same file; medians of three. A person
 * who right-clicks a file names no model, so that is what has targets.
 */
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
    const runs = { ours: [] as ChildResult[], named: [] as ChildResult[] };
    const others = { python: [] as Cost[], duckDb: [] as Cost[] };
    // In turn, so that a busy moment of the machine meets all.
    for (let round = 0; round < rounds; round++) {
      runs.ours.push(runChild(child, [path]));
      others.python.push(...runPython(pythonLoop, [path]));
      others.duckDb.push(...(await runDuckDb(path)));
      runs.named.push(runChild(child, [path, modelId]));
    }
    const { ours, named } = runs;
    const { python, duckDb } = others;
    const peak = Math.max(...ours.map(({ megabytes }) => megabytes));
    return [
      fasterRow(`${name} vs python json.loads`, ours, python, 5),
      fasterRow(`${name} vs DuckDB read_json, 2 threads`, ours, duckDb, 1),
      // jq over the whole file takes long, so it runs once.
      fasterRow(`${name} vs jq -c`, ours, runJq(path), 5),
      fasterRow(`${name}, model named, vs python json.loads`, named, python),
      limitRow(`${name}: peak memory of the process`, peak, memoryTarget, 'MB'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runChild(child: string, args: readonly string[]): ChildResult {
  const result = JSON.parse(
    execFileSync(process.execPath, [child, ...args], { encoding: 'utf8' }),
  ) as ChildResult;
  if (result.records !== benchRecords || result.problemCount !== 0) {
    throw new Error(`the check is wrong: ${JSON.stringify(result)}`);
  }
  return result;
}
