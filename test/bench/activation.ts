import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/support/workbench.js';
import { filesBelow } from '../support/repository.js';
import { until } from '../support/until.js';
import type { Cost } from './cost.js';
import { timeLimitRow, type BenchRow } from './row.js';

const rounds = 3;

/** `activate()` as the extension logs it in a real editor; the median of three starts. */
export async function activationRow(): Promise<BenchRow> {
  const costs: Cost[] = [];
  for (let round = 0; round < rounds; round++) costs.push(await activateOnce());
  return timeLimitRow('activate()', costs, 30);
}

async function activateOnce(): Promise<Cost> {
  const workspace = await mkdtemp(join(tmpdir(), 'bedrock-activation-'));
  const logs = join(workspace, 'logs');
  const workbench = await openWorkbench({ workspace, report: () => undefined });
  try {
    return await until('the line in the log', async () => {
      await workbench.keepLogs(logs);
      const text = filesBelow(logs, '.log')
        .map((path) => readFileSync(path, 'utf8'))
        .join('\n');
      const found = /activated milliseconds=([\d.]+) cpuMilliseconds=([\d.]+)/.exec(text);
      return found
        ? { milliseconds: Number(found[1]), cpuMilliseconds: Number(found[2]) }
        : undefined;
    });
  } finally {
    await workbench.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}
