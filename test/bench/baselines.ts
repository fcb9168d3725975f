import { spawnSync } from 'node:child_process';
import { type Cost, startCost } from './cost.js';

/** Runs a Python program that prints lines of wall and CPU seconds; nothing where it is not installed. */
export function runPython(program: string, args: readonly string[]): Cost[] {
  const ran = spawnSync('python3', ['-c', program, ...args], { encoding: 'utf8' });
  if (ran.status !== 0) return [];
  return ran.stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [wall = Number.NaN, cpu = Number.NaN] = line.split(' ').map(Number);
      return { milliseconds: wall * 1000, cpuMilliseconds: cpu * 1000 };
    });
}

/** `jq` over the whole file; the shell tells the CPU time of what it ran. */
export function runJq(path: string): Cost[] {
  const start = performance.now();
  const shell = 'jq -c . "$1" > /dev/null && times';
  const ran = spawnSync('sh', ['-c', shell, 'sh', path], { encoding: 'utf8' });
  if (ran.status !== 0) return [];
  const milliseconds = performance.now() - start;
  // The second line: user and system time of the children, each as 0m1.5s.
  const [, children = ''] = ran.stdout.split('\n');
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return [{ milliseconds, cpuMilliseconds: seconds.reduce((sum, each) => sum + each, 0) * 1000 }];
}

/** DuckDB with two threads: reads all records and counts them, their ids and their inputs. */
export async function runDuckDb(path: string): Promise<Cost[]> {
  const duckdb = await import('@duckdb/node-api').catch(() => undefined);
  if (!duckdb) return [];
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const cost = startCost();
  await connection.runAndReadAll(
    `select count(*), count(distinct recordId), count(modelInput) from read_json('${path}', format = 'newline_delimited')`,
  );
  const taken = cost();
  connection.closeSync();
  instance.closeSync();
  return [taken];
}
