/** `npm run bench [-- --json] [-- name…]`: one table of what was measured against what. */
import { execFileSync } from 'node:child_process';
import { activationRow } from './activation.js';
import type { BenchRow } from './row.js';
import { resultsRows } from './results.js';
import { sizeRows } from './sizes.js';
import { startRow } from './start.js';
import { streamRows } from './stream.js';
import { submitRows } from './submit.js';
import { tableRows } from './tables.js';
import { validateRows } from './validate.js';

const benches: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  sizes: () => Promise.resolve(sizeRows()),
  activation: async () => [await activationRow()],
  start: async () => [await startRow()],
  validate: validateRows,
  results: resultsRows,
  submit: submitRows,
  stream: streamRows,
  tables: tableRows,
};

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('-'));
const names = wanted.length > 0 ? wanted : Object.keys(benches);

execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
const rows: BenchRow[] = [];
for (const name of names) {
  const bench = benches[name];
  if (!bench) throw new Error(`There is no bench "${name}": ${Object.keys(benches).join(', ')}`);
  if (!asJson) console.error(`measuring ${name} …`);
  rows.push(...(await bench()));
}
if (asJson) console.log(JSON.stringify(rows, undefined, 2));
else console.log(table(rows));
if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;

/** The rows as a table of plain text. */
function table(all: readonly BenchRow[]): string {
  const cells = all.map((row) => [
    row.what,
    row.ours,
    row.baseline,
    ratioText(row.ratio),
    row.oursCpu ?? '',
    row.baselineCpu ?? '',
    ratioText(row.cpuRatio),
    row.target,
    row.ok === undefined ? '–' : row.ok ? 'yes' : 'NO',
  ]);
  const head = [
    ...['what', 'ours', 'baseline', 'ratio'],
    ...['CPU ours', 'CPU baseline', 'CPU ratio', 'target', 'ok'],
  ];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)),
  );
  const line = (values: readonly string[]) =>
    values.map((value, column) => value.padEnd(widths[column] ?? 0)).join('  ');
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join(
    '\n',
  );
}

function ratioText(ratio: number | undefined): string {
  return ratio === undefined ? '' : `${ratio.toFixed(2)}×`;
}
