import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { datasetText } from '../support/datasets.js';
import { chooseSandbox, endOf, run, scratchFolder } from './support/workbench.js';

const set = (key: string, value: unknown) =>
  vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Workspace);

describe('settings', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let path: string;
  const changed = new Set<string>();

  before(async () => {
    scratch = await scratchFolder();
    await chooseSandbox(join(scratch.path, 'data'));
    path = join(scratch.path, 'tickets.jsonl');
    await writeFile(path, datasetText('anthropic'));
  });

  afterEach(async () => {
    for (const key of changed) await set(key, undefined);
    changed.clear();
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  async function configure(values: Readonly<Record<string, unknown>>): Promise<void> {
    for (const [key, value] of Object.entries(values)) {
      changed.add(key);
      await set(key, value);
    }
  }

  async function submit() {
    const { runId, jobs } = await run<{ runId: string; jobs: { jobArn: string }[] }>(
      'bedrock.batch.submit',
      vscode.Uri.file(path),
      { confirm: false },
    );
    return { runId, job: await endOf(jobs[0]?.jobArn ?? '') };
  }

  // First: later submissions over this connection remember what this one used.
  it('of a wrong type or range are ignored, and the defaults are used', async () => {
    await configure({
      'bedrock.batch.timeoutHours': 'soon',
      'bedrock.batch.tags': 5,
      'bedrock.batch.outputS3Uri': ['s3://x/'],
      'bedrock.batch.roleArn': false,
      'bedrock.results.folder': 12,
    });
    const { runId, job } = await submit();
    assert.equal(job.timeoutHours, 72);
    assert.match(job.outputS3Uri, /\/output\//);
    const { folder } = await run<{ folder: string }>('bedrock.results.download', runId);
    assert.ok(folder.startsWith(join(scratch.path, 'bedrock-results')), folder);
  });

  it('give the results a folder of their own', async () => {
    await configure({ 'bedrock.results.folder': join(scratch.path, 'all results') });
    const { runId } = await submit();
    const { folder } = await run<{ folder: string }>('bedrock.results.download', runId);
    assert.ok(folder.startsWith(join(scratch.path, 'all results')), folder);
  });
});
