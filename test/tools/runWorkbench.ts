// Runs test/workbench inside an editor: `node esbuild.mjs --tests && tsx test/tools/runWorkbench.ts`.
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/editor/paths.js';
import { runSuite } from '../support/editor/runSuite.js';

const extensionPath = process.env['TEST_EXTENSION'] ?? repositoryRoot;
const entry = join(extensionPath, 'dist', 'test', 'workbench', 'index.js');
const sample = join(repositoryRoot, 'test', 'fixtures', 'workspace');

const workspace = await mkdtemp(join(tmpdir(), 'bedrock-workspace-'));
try {
  if (existsSync(sample)) await cp(sample, workspace, { recursive: true });
  const counts = await runSuite({ extensionPath, entry, workspace }, console.log);
  const target = process.env['TEST_COUNTS_FILE'];
  if (target) await writeFile(target, JSON.stringify(counts));
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
} finally {
  await rm(workspace, { recursive: true, force: true });
}
