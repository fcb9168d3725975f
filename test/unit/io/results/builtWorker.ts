import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPrograms } from '../../../support/programs.js';

let built: Promise<URL> | undefined;

/** The thread that scans result files, bundled once a run. */
export function builtWorker(): Promise<URL> {
  built ??= build();
  return built;
}

async function build(): Promise<URL> {
  const folder = mkdtempSync(join(tmpdir(), 'results-worker-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await buildPrograms(folder, { worker: 'src/io/results/worker.ts' });
  return pathToFileURL(join(folder, 'worker.js'));
}
