import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/support/workbench.js';
import { filesBelow } from '../support/repository.js';
import { until } from '../support/until.js';
import { limitRow, median, type BenchRow } from './row.js';

const rounds = 3;

/** `activate()` as the extension logs it in a real editor; the median of three starts. */
export async function activationRow(): Promise<BenchRow> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await activateOnce());
  return limitRow('activate()', median(times), 30, 'ms');
}

async function activateOnce(): Promise<number> {
  const workspace = await mkdtemp(join(tmpdir(), 'bedrock-activation-'));
  const logs = join(workspace, 'logs');
  const workbench = await openWorkbench({ workspace, report: () => undefined });
  try {
    return await until('the line in the log', async () => {
      await workbench.keepLogs(logs);
      const text = filesBelow(logs, '.log')
        .map((path) => readFileSync(path, 'utf8'))
        .join('\n');
      const found = /activated milliseconds=([\d.]+)/.exec(text)?.[1];
      return found === undefined ? undefined : Number(found);
    });
  } finally {
    await workbench.close();
    rmSync(workspace, { recursive: true, force: true });
  }
}
