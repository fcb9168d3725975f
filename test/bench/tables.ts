import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms } from '../support/programs.js';
import { runPython } from './baselines.js';
import type { Cost } from './cost.js';
import { anyText, madeOnce } from './makeDataset.js';
import { fasterRow, limitRow, type BenchRow } from './row.js';

interface ChildResult extends Cost {
  readonly megabytes: number;
  readonly records: number;
}

/** What a person would write: a dictionary a row, the prompt filled, a line of JSON written. */
const pythonLoop = `
import csv, json, sys, time
start, cpu = time.perf_counter(), time.process_time()
with open(sys.argv[1], encoding='utf-8', newline='') as table, open(sys.argv[2], 'w', encoding='utf-8') as out:
    for row in csv.DictReader(table):
        text = 'Product: {}\\n\\n{}'.format(row['product'], row['message'])
        record = {'recordId': row['id'], 'modelInput': {
            'messages': [{'role': 'user', 'content': [{'text': text}]}],
            'inferenceConfig': {'maxTokens': 200}}}
        out.write(json.dumps(record, ensure_ascii=False) + '\\n')
print(time.perf_counter() - start, time.process_time() - cpu)
`;

const rows = 200_000;
const rounds = 3;
const memoryTarget = 200;

/** A table turned into Converse records, surveyed before and written whole or not at all. */
export async function tableRows(): Promise<BenchRow[]> {
  const table = madeOnce(`bedrock-bench-${rows}.csv`, (add, random) => {
    add('id,product,message');
    for (let index = 0; index < rows; index++) {
      const text = anyText(500, random).replaceAll('"', '""');
      add(`T-${index},Product ${index % 7},"${text}"`);
    }
  });
  const name = `CSV of ${Math.round(statSync(table).size / 1e6)} MB → Converse records`;
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-bench-'));
  try {
    await buildPrograms(folder, { child: 'test/bench/tablesChild.ts' });
    const ours: ChildResult[] = [];
    const python: Cost[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(runChild(join(folder, 'child.js'), [table, join(folder, 'ours.jsonl')]));
      python.push(...runPython(pythonLoop, [table, join(folder, 'python.jsonl')]));
    }
    const peak = Math.max(...ours.map(({ megabytes }) => megabytes));
    return [
      fasterRow(`${name} vs python csv + json`, ours, python, 3),
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
  if (result.records !== rows) throw new Error(`rows are missing: ${JSON.stringify(result)}`);
  return result;
}
