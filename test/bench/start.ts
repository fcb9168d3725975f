import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './cost.js';
import { limitRow, type BenchRow } from './row.js';

const rounds = 7;

/** From the start of the sandbox's process, on an empty folder, to the line that says where it is. */
export async function startRow(): Promise<BenchRow> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await startOnce());
  return limitRow('start of the sandbox', median(times), 400, 'ms');
}

async function startOnce(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'bedrock-start-'));
  const began = performance.now();
  const args = ['dist/sandbox.js', '--port', '0', '--data', data];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(server.stdout, 'data');
    return performance.now() - began;
  } finally {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}
