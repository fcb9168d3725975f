import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, repositoryRoot } from '../../support/editor/paths.js';
import { runCommand } from '../../support/editor/processes.js';

/** Packages the extension as it ships (built for production) and returns the path of its .vsix. */
export async function packageExtension(): Promise<string> {
  await mkdir(cacheFolder, { recursive: true });
  const vsix = join(cacheFolder, 'bedrock-workbench.vsix');
  const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix];
  await runCommand(process.execPath, [vsce, ...args], { cwd: repositoryRoot });
  return vsix;
}
