import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createRun } from '../../src/core/batch/createRun.js';
import type { Run } from '../../src/core/batch/run.js';
import { resumeRuns } from '../../src/features/batch/resumeRuns.js';
import { checkDataset } from '../../src/io/dataset/check/checkDataset.js';
import { writeRun } from '../support/builders.js';
import { datasetText } from '../support/datasets.js';
import { until } from '../support/until.js';
import { jobServices, sandboxConnection, type JobServices } from './support/jobServices.js';
import {
  chooseSandbox,
  haiku,
  run,
  scratchFolder,
  type SandboxAccess,
} from './support/workbench.js';

describe('runs that an ended window left', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let access: SandboxAccess;
  let services: JobServices;
  let dataset: string;
  let reported: unknown[];
  let offers: string[][];
  let undo: () => void;

  before(async () => {
    scratch = await scratchFolder();
    access = await chooseSandbox(join(scratch.path, 'sandbox'));
    dataset = join(scratch.path, 'tickets.jsonl');
    await writeFile(dataset, datasetText('anthropic'));
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  beforeEach(() => {
    services = jobServices(join(scratch.path, randomUUID()), access);
    reported = [];
    offers = [];
    const show = vscode.window.showWarningMessage;
    // Nobody is there to answer: the offer is noted and left.
    Object.assign(vscode.window, {
      showWarningMessage: (...words: string[]) => {
        offers.push(words);
        return Promise.resolve(undefined);
      },
    });
    undo = () => Object.assign(vscode.window, { showWarningMessage: show });
  });

  afterEach(() => {
    undo();
    services.dispose();
  });

  /** A run in the ledger, as far as a window had come with it. */
  async function left(fields: Partial<Run> = {}): Promise<Run> {
    const made = createRun({
      id: randomUUID(),
      now: new Date(),
      connection: sandboxConnection(access),
      datasetPath: dataset,
      check: await checkDataset(dataset, { modelId: haiku, workers: 0 }),
      request: {
        modelId: haiku,
        invocationType: 'InvokeModel',
        jobName: `left-${randomUUID()}`,
        inputS3Uri: `s3://${access.bucket}/input/`,
        outputS3Uri: `s3://${access.bucket}/output/`,
        roleArn: access.roleArn,
      },
    });
    const one = { ...made, ...fields };
    await writeRun(services.ledger, one);
    return one;
  }

  const resume = () => resumeRuns(services, (error) => reported.push(error));
  const saved = async ({ id }: Run) => services.ledger.load(id);
  async function jobsOf({ request }: Run) {
    const { jobs } = await services.session.awsFor(sandboxConnection(access));
    return (await jobs.list({ limit: 100 })).filter(({ name }) => name === request.jobName);
  }

  it('are none where there is no ledger', async () => {
    await resume();
    assert.deepEqual([reported, offers], [[], []]);
  });

  it('go on by themselves where they were being submitted, to one job that is followed', async () => {
    const one = await left();
    await resume();
    assert.deepEqual(reported, []);
    const after = await saved(one);
    assert.equal(after?.state, 'submitted');
    const [job, ...more] = await jobsOf(one);
    assert.deepEqual(more, []);
    assert.equal(after.shards[0]?.jobArn, job?.arn);
    await until('the job is followed', () => services.tracker.find(job?.arn ?? ''));
    // The lock was given back: this does not wait for it.
    await services.ledger.change(one.id, 'remove', () => Promise.resolve(), { waitMs: 0 });
  });

  it('go on all, and do not go on twice', async () => {
    const both = [await left(), await left()];
    await resume();
    await resume();
    for (const each of both) assert.equal((await jobsOf(each)).length, 1);
    assert.deepEqual(reported, []);
  });

  it('are left alone where another window is at them', async () => {
    const one = await left();
    const { ledger } = services;
    await ledger.change(one.id, 'submit', () => resume());
    assert.equal((await saved(one))?.state, 'submitting');
    assert.deepEqual(await jobsOf(one), []);
    assert.deepEqual([reported, offers], [[], []]);
  });

  it('say why they do not go on, and the next one goes on all the same', async () => {
    const fine = await left();
    const gone = await left({ createdAt: '2099-01-01T00:00:00.000Z' });
    await writeRun(services.ledger, {
      ...gone,
      dataset: { ...gone.dataset, path: join(scratch.path, 'gone.jsonl') },
    });
    await resume();
    assert.equal(reported.length, 1);
    assert.match((reported[0] as Error).message, /gone\.jsonl/);
    assert.deepEqual(await jobsOf(gone), []);
    assert.equal((await saved(fine))?.state, 'submitted');
  });

  it('are offered where the network stopped them, and nothing is sent', async () => {
    const one = await left({ state: 'interrupted', error: 'No network.' });
    await resume();
    const words = `The submission of ${one.request.jobName} was interrupted: No network.`;
    assert.deepEqual(offers, [[words, 'Resume', 'Discard']]);
    assert.deepEqual(await jobsOf(one), []);
    assert.equal((await saved(one))?.state, 'interrupted');
  });

  for (const state of ['submitted', 'cancelled', 'failed'] as const) {
    it(`are over where they were ${state}`, async () => {
      const one = await left({ state });
      await resume();
      assert.deepEqual(await jobsOf(one), []);
      assert.deepEqual([reported, offers], [[], []]);
      assert.equal((await saved(one))?.state, state);
    });
  }
});
