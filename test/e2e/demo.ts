// The main job as a person does it, on the sample: right-click, submit, follow, read the results.
import { readFileSync, rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/editor/paths.js';
import { openWorkbench } from './support/workbench.js';
import { walkMainJob } from './support/mainJob.js';

const keep = process.argv.includes('--keep');
const pictures = join(repositoryRoot, 'demo-out');
const workspace = await mkdtemp(join(tmpdir(), 'bedrock-demo-'));
process.once('exit', () => {
  if (!keep) rmSync(workspace, { recursive: true, force: true });
});
await rm(pictures, { recursive: true, force: true });
await cp(join(repositoryRoot, 'test/fixtures/sample'), workspace, { recursive: true });

let step = 0;
const say = (text: string) => {
  console.log(`${String(++step).padStart(2)}. ${text}`);
};

const workbench = await openWorkbench({ workspace, pictures });
try {
  await walkMainJob(workbench, { say });
  await report();
  if (keep) {
    console.log(`\nThe editor is open at ${workbench.url} (Ctrl+C ends it).`);
    await workbench.untilStopped();
  }
} finally {
  await workbench.close();
}

/** Counts what was really downloaded, and fails where it is not what the sample promises. */
async function report(): Promise<void> {
  // The sample workspace goes at the end; what a person wants to look at stays beside the pictures.
  const folder = join(pictures, 'results');
  await cp(join(workspace, 'bedrock-results'), folder, { recursive: true });
  const files = (await readdir(folder, { recursive: true })).map((name) => join(folder, name));
  const output = files.find((file) => file.endsWith('.jsonl.out'));
  if (!output) throw new Error(`no results below ${folder}`);
  const records = readFileSync(output, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly error?: unknown });
  const errors = records.filter((record) => record.error !== undefined).length;
  const successes = records.length - errors;
  console.log(`\n${successes} successes, ${errors} error`);
  console.log(`Results:  ${output}`);
  for (const name of (await readdir(pictures)).filter((file) => file.endsWith('.png')).sort()) {
    console.log(`Picture:  ${join(pictures, name)}`);
  }
  if (successes !== 119 || errors !== 1) {
    throw new Error('The sample should end with 119 successes and 1 error.');
  }
}
