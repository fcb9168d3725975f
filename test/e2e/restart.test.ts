import assert from 'node:assert/strict';
import { datasetText, sampleText } from '../support/datasets.js';
import { endOf, inputKeys, openUploads } from '../support/runs.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';

const tree = 'Batch Jobs';

/** 240 records of 80 kB: too large for a single PutObject. */
const large = datasetText('anthropic', 240).replaceAll('blank page', 'text '.repeat(16_000));

describe('an editor that is killed and opened again', () => {
  let window: ProfileWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      speed: 1,
      settings: {
        'bedrock.profile': 'work',
        'bedrock.batch.outputS3Uri': 's3://bedrock-sandbox/output/',
        'bedrock.batch.roleArn': 'arn:aws:iam::000000000000:role/AmazonBedrockBatchSandbox',
      },
      files: { 'tickets.jsonl': sampleText(), 'large.jsonl': large },
    });
    await window.workbench.feedback.statusBar('work · us-east-1');
  });

  after(() => window.close());

  async function submit(file: string): Promise<void> {
    const { views, quickPick } = window.workbench;
    await views.rightClickFile(file);
    await views.chooseMenu('Submit Batch Job…');
    await quickPick.waitFor(/^Submit /);
    await quickPick.accept();
  }

  const jobs = () => window.at.aws.jobs.list({ limit: 100 });
  const told = async (text: RegExp) =>
    (await window.workbench.feedback.notifications()).filter(({ message }) => text.test(message));

  it('follows a job on and tells of its end exactly once', async () => {
    const { workbench } = window;
    await submit('tickets.jsonl');
    const job = await until('the job', async () => (await jobs())[0]);
    await workbench.feedback.statusBar(/tickets\.jsonl/);
    await workbench.kill();
    await workbench.reopen();
    await workbench.feedback.statusBar(/tickets\.jsonl/);
    assert.equal((await endOf(window.at, job.arn)).counters.success, 119);
    await workbench.feedback.notification(/tickets\.jsonl: completed with errors/, 40_000);
    assert.equal((await told(/completed/)).length, 1);
    await workbench.views.openView('Amazon Bedrock');
    const [row] = await workbench.views.treeItems(tree);
    assert.match(row?.description ?? '', /^119 answers, 1 error/);
    await workbench.kill();
    await workbench.reopen();
    await workbench.views.openView('Amazon Bedrock');
    await until('the line', async () =>
      ((await workbench.views.treeItems(tree))[0]?.description ?? '').startsWith('119 answers'),
    );
    assert.deepEqual(await told(/completed/), []);
  });

  it('carries a killed upload on, to exactly one job', async () => {
    const { workbench } = window;
    const before = (await jobs()).length;
    await window.at.fault({
      match: { operation: 'UploadPart' },
      fault: { kind: 'slow', delayMs: 3_000 },
    });
    await submit('large.jsonl');
    await until('an upload under way', async () => (await openUploads(window.at)).length === 1);
    await workbench.kill();
    await window.at.clearFaults();
    assert.equal((await jobs()).length, before);
    await workbench.reopen();
    await until('the job', async () => (await jobs()).length === before + 1);
    await workbench.feedback.statusBar(/large\.jsonl/);
    const [job] = await jobs();
    assert.equal((await endOf(window.at, job?.arn ?? '')).counters.success, 240);
    assert.equal((await jobs()).length, before + 1);
    assert.equal(
      (await inputKeys(window.at)).filter((key) => key.endsWith('large.jsonl')).length,
      1,
    );
    assert.deepEqual(await openUploads(window.at), []);
  });
});
