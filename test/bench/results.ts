import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../support/programs.js';
import { runPython } from './baselines.js';
import type { Cost } from './cost.js';
import { benchRecords, makeDataset } from './makeDataset.js';
import { makeOutputs } from './makeOutputs.js';
import { type BenchRow, fasterRow, limitRow, timeLimitRow } from './row.js';
import type { ResultsMeasured } from './resultsChild.js';

/** Reads the output, says what that took, joins it with the input, says what all of it took. */
const pythonLoop = `
import json, sys, time
start, cpu = time.perf_counter(), time.process_time()
def report():
    print(time.perf_counter() - start, time.process_time() - cpu)
rows = []
with open(sys.argv[1], encoding='utf-8') as file:
    for line in file:
        record = json.loads(line)
        rows.append((record['recordId'], 'error' in record))
report()
lines = {}
with open(sys.argv[2], encoding='utf-8') as file:
    for number, line in enumerate(file):
        lines[json.loads(line)['recordId']] = number
joined = [(lines.get(recordId), is_error) for recordId, is_error in rows]
report()
`;
const rounds = 3;
const target = { alone: 5, joined: 4, firstMs: 300, pageMs: 30, megabytes: 200 };

/** The index of a job's results against Python's loop over the same files; medians of three. */
export async function resultsRows(): Promise<BenchRow[]> {
  const input = makeDataset();
  const output = makeOutputs();
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
  try {
    await buildPrograms(folder, {
      child: 'test/bench/resultsChild.ts',
      worker: 'src/io/results/worker.ts',
    });
    const child = join(folder, 'child.js');
    const runs = { alone: [] as ResultsMeasured[], joined: [] as ResultsMeasured[] };
    const python = { alone: [] as Cost[], joined: [] as Cost[] };
    // In turn, so that a busy moment of the machine meets all.
    for (let round = 0; round < rounds; round++) {
      runs.alone.push(runChild(child, [output]));
      const [alone, joined] = runPython(pythonLoop, [output, input]);
      if (alone) python.alone.push(alone);
      if (joined) python.joined.push(joined);
      runs.joined.push(runChild(child, [output, input]));
    }
    return rowsOf(runs, python, Math.round(statSync(output).size / 1e6));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOf(
  runs: { readonly alone: readonly ResultsMeasured[]; readonly joined: readonly ResultsMeasured[] },
  python: { readonly alone: readonly Cost[]; readonly joined: readonly Cost[] },
  outputMegabytes: number,
): BenchRow[] {
  const all = [...runs.alone, ...runs.joined];
  const what = `index ${outputMegabytes} MB of results, 500,000 records`;
  const index = (of: readonly ResultsMeasured[]) => of.map((run) => run.index);
  const firstRows = all.flatMap((run) => run.firstRows ?? []);
  const pages = all.map((run) => run.page);
  const peak = Math.max(...all.map(({ megabytes }) => megabytes));
  return [
    fasterRow(`${what} vs python json.loads`, index(runs.alone), python.alone, target.alone),
    fasterRow(
      `${what}, joined with the input, vs python`,
      index(runs.joined),
      python.joined,
      target.joined,
    ),
    timeLimitRow(`${what}: first rows after opening`, firstRows, target.firstMs),
    timeLimitRow(`${what}: a page of 100 rows`, pages, target.pageMs),
    limitRow(`${what}: peak memory of the process`, peak, target.megabytes, 'MB'),
  ];
}

function runChild(child: string, args: readonly string[]): ResultsMeasured {
  const measured = JSON.parse(
    execFileSync(process.execPath, [child, ...args], { encoding: 'utf8' }),
  ) as ResultsMeasured;
  if (measured.rows !== benchRecords || (measured.missing ?? 0) !== 0) {
    throw new Error(`the index is wrong: ${JSON.stringify(measured)}`);
  }
  return measured;
}
