// Opens the workbench on a sample folder and takes a picture of it; the journey comes here.
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/editor/paths.js';
import { openWorkbench } from './support/workbench.js';

const keep = process.argv.includes('--keep');
const workspace = await mkdtemp(join(tmpdir(), 'bedrock-demo-'));
process.once('exit', () => {
  rmSync(workspace, { recursive: true, force: true });
});
await writeFile(join(workspace, 'prompts.jsonl'), '{"prompt":"Hello"}\n');
const workbench = await openWorkbench({ workspace, pictures: join(repositoryRoot, 'demo-out') });
try {
  await workbench.views.file('prompts.jsonl');
  console.log(`Picture: ${await workbench.screenshot('workbench')}`);
  if (keep) {
    console.log(`The editor is open at ${workbench.url} (Ctrl+C ends it).`);
    await workbench.untilStopped();
  }
} finally {
  await workbench.close();
}
