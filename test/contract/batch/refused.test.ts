import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discardRun } from '../../../src/core/batch/discardRun.js';
import { submitRun } from '../../../src/core/batch/submitRun.js';
import type { Run } from '../../../src/core/batch/run.js';
import { isAppError, type ErrorKind } from '../../../src/core/errors.js';
import { datasetText } from '../../support/datasets.js';
import { endOf, inputKeys, newRun, openUploads, portsFor } from '../../support/runs.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

describe('a submission that goes wrong', () => {
  let at: TestSandbox;
  let path: string;

  beforeEach(async () => {
    at = await startTestSandbox();
    path = join(at.folder, 'tickets.jsonl');
    await writeFile(path, datasetText('anthropic'));
  });

  afterEach(() => at.close());

  const fails = async (run: Run, kind: ErrorKind, says: RegExp, ports = portsFor(at, run)) => {
    await assert.rejects(submitRun(run, ports), (error: unknown) => {
      assert.ok(isAppError(error), String(error));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, says);
      return true;
    });
  };

  const leavesNothing = async () => {
    assert.deepEqual(await inputKeys(at), []);
    assert.deepEqual(await at.aws.jobs.list({ limit: 10 }), []);
  };

  it('is refused and leaves nothing when the file changed since it was checked', async () => {
    const run = await newRun(at, path, { modelId });
    await writeFile(path, datasetText('anthropic', 121));
    await fails(run, 'invalidInput', /changed/);
    assert.equal(run.state, 'failed');
    await leavesNothing();
  });

  it('is refused and leaves nothing when the file is gone', async () => {
    const run = await newRun(at, path, { modelId });
    await rm(path);
    await fails(run, 'notFound', /tickets\.jsonl/);
    await leavesNothing();
  });

  it('leaves nothing when the create is denied, and says which action', async () => {
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'no' },
    });
    const run = await newRun(at, path, { modelId });
    await fails(run, 'accessDenied', /bedrock:CreateModelInvocationJob/);
    assert.equal(run.state, 'failed');
    await at.clearFaults();
    await leavesNothing();
  });

  it('leaves nothing when the model cannot be used by its bare id', async () => {
    const run = await newRun(at, path, { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' });
    await fails(run, 'modelUnavailable', /inference profile/);
    await leavesNothing();
  });

  it('says so when the bucket does not exist', async () => {
    const run = await newRun(at, path, { modelId });
    for (const part of run.shards) part.bucket = 'no-such-bucket';
    await fails(run, 'notFound', /bucket does not exist/);
  });

  it('is cancelled during the upload and leaves no object and no parts', async () => {
    await writeFile(path, datasetText('anthropic').replaceAll('blank page', 'x'.repeat(200_000)));
    const run = await newRun(at, path, { modelId });
    const controller = new AbortController();
    const ports = portsFor(at, run, {
      onStep: ({ name }) => {
        if (name === 'uploadStarted') controller.abort();
      },
    });
    await assert.rejects(submitRun(run, ports, controller.signal), { kind: 'cancelled' });
    assert.equal(run.state, 'cancelled');
    await leavesNothing();
    assert.deepEqual(await openUploads(at), []);
  });

  it('can be carried on after the connection broke, also where the create had taken effect', async () => {
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'dropAfter' },
    });
    const run = await newRun(at, path, { modelId });
    await fails(run, 'network', /dropped|did not answer/);
    assert.equal(run.state, 'interrupted');
    await at.clearFaults();
    await submitRun(run, portsFor(at, run));
    assert.equal(run.state, 'submitted');
    const jobs = await at.aws.jobs.list({ limit: 10 });
    assert.equal(jobs.length, 1);
    assert.equal((await endOf(at, run.shards[0]?.jobArn ?? '')).counters.success, 120);
  });

  it('can be discarded: the job of an unanswered create is stopped', async () => {
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'dropAfter' },
    });
    const run = await newRun(at, path, { modelId });
    await fails(run, 'network', /dropped|did not answer/);
    await at.clearFaults();
    await discardRun(run, portsFor(at, run));
    assert.equal(run.state, 'cancelled');
    const [job] = await at.aws.jobs.list({ limit: 10 });
    const ended = await endOf(at, job?.arn ?? '');
    assert.ok(['Stopped', 'Completed'].includes(ended.status), ended.status);
  });

  it('can be discarded: objects without a job are removed', async () => {
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'dropBefore' },
    });
    const run = await newRun(at, path, { modelId });
    await fails(run, 'network', /dropped|did not answer/);
    assert.equal((await inputKeys(at)).length, 1);
    await at.clearFaults();
    await discardRun(run, portsFor(at, run));
    await leavesNothing();
  });

  it('gets through throttling without a second job', async () => {
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'throttle' },
      times: 2,
    });
    const run = await newRun(at, path, { modelId });
    await submitRun(run, portsFor(at, run));
    assert.equal((await at.aws.jobs.list({ limit: 10 })).length, 1);
  });
});
