import { ResultIndex } from '../../src/io/results/resultIndex.js';
import { outputReaderFor } from '../../src/core/results/readOutput.js';
import { type Cost, medianCost, startCost } from './cost.js';

/** What one process measured. */
export interface ResultsMeasured {
  readonly index: Cost;
  readonly firstRows: Cost | undefined;
  /** The median page. */
  readonly page: Cost;
  readonly megabytes: number;
  readonly rows: number;
  readonly missing: number | undefined;
}

const pages = 21;
const pageRows = 100;

/** Indexes results, joined with an input where one is given, in a process of its own. */
const [, , output = '', input] = process.argv;
const cost = startCost();
const index = new ResultIndex({
  outputs: [output],
  input,
  readOutput: outputReaderFor({ modelId: 'anthropic.claude-sonnet-4-6' }),
  worker: new URL('./worker.js', import.meta.url),
});
let firstRows: Cost | undefined;
index.onDidChange(() => {
  if (!firstRows && index.rowCount({ order: 'file' }) > 0) firstRows = cost();
});
await index.done;
const indexed = cost();
if (index.progress.error) throw index.progress.error;
const { total: rows, missing } = index.counts();
const page = medianCost(await readPages(rows));
// maxRSS is in kilobytes and counts all threads.
const megabytes = process.resourceUsage().maxRSS / 1024;
const measured: ResultsMeasured = { index: indexed, firstRows, page, megabytes, rows, missing };
console.log(JSON.stringify(measured));
index.dispose();

/** Pages from all over the file, in the input's order: its rows are far apart in the output. */
async function readPages(total: number): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (let page = 0; page < pages; page++) {
    const from = Math.floor(((page * 8) % pages) * (total / pages));
    const pageCost = startCost();
    await index.page(from, pageRows, { order: 'input' });
    costs.push(pageCost());
  }
  return costs;
}
