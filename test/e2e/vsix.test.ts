import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/editor/paths.js';
import { packageExtension } from './support/packageExtension.js';
import { openWorkbench, type Workbench } from './support/workbench.js';

describe('the packaged extension', () => {
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-vsix-'));
    const workspace = join(folder, 'workspace');
    await cp(join(repositoryRoot, 'test/fixtures/sample'), workspace, { recursive: true });
    const vsix = await packageExtension();
    workbench = await openWorkbench({ workspace, vsix });
  });

  after(async () => {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is installed from its .vsix and submits the sample to its sandbox', async () => {
    await workbench.views.rightClickFile('tickets.jsonl');
    await workbench.views.chooseMenu('Submit Batch Job…');
    await workbench.quickPick.waitFor('Choose a Connection');
    await workbench.quickPick.pick(/Sandbox/);
    await workbench.quickPick.waitFor(/^Submit /);
    await workbench.quickPick.accept();
    const ended = await workbench.feedback.notification(/completed with errors/, 60_000);
    assert.match(ended.message, /119 answers, 1 error/);
  });
});
