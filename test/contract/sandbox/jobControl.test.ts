import assert from 'node:assert/strict';
import {
  CreateModelInvocationJobCommand,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  type ListModelInvocationJobsCommandInput,
  StopModelInvocationJobCommand,
  paginateListModelInvocationJobs,
} from '@aws-sdk/client-bedrock';
import {
  type Stand,
  addFault,
  converseLines,
  createJob,
  effectsOf,
  idOf,
  jobInput,
  keysBelow,
  makeStand,
  outputOf,
  poll,
  putText,
  refusal,
  waitForJob,
} from './support.js';

describe('lists of batch jobs', () => {
  let stand: Stand;
  const times: Date[] = [];
  before(async () => {
    stand = await makeStand({ speed: 500 });
    const uri = await putText(stand, 'list/a.jsonl', converseLines(100));
    const short = await putText(stand, 'list/short.jsonl', converseLines(2));
    for (const jobName of ['alpha-1', 'alpha-2', 'beta-1']) {
      const job = await waitForJob(
        stand,
        await createJob(stand, jobName === 'beta-1' ? short : uri, { jobName }),
      );
      times.push(job.submitTime!);
    }
  });
  after(() => stand.dispose());

  const names = async (query: ListModelInvocationJobsCommandInput) => {
    const page = await stand.bedrock.send(new ListModelInvocationJobsCommand(query));
    return page.invocationJobSummaries?.map((job) => job.jobName);
  };

  it('are newest first, or oldest first where asked', async () => {
    assert.deepEqual(await names({}), ['beta-1', 'alpha-2', 'alpha-1']);
    assert.deepEqual(await names({ sortBy: 'CreationTime', sortOrder: 'Ascending' }), [
      'alpha-1',
      'alpha-2',
      'beta-1',
    ]);
  });

  it('are filtered by status, name and time', async () => {
    assert.deepEqual(await names({ statusEquals: 'Failed' }), ['beta-1']);
    assert.deepEqual(await names({ nameContains: 'alpha' }), ['alpha-2', 'alpha-1']);
    assert.deepEqual(await names({ submitTimeAfter: times[0] }), ['beta-1', 'alpha-2']);
    assert.deepEqual(await names({ submitTimeBefore: times[1] }), ['alpha-1']);
  });

  it('come in pages', async () => {
    const found: string[] = [];
    for await (const page of paginateListModelInvocationJobs(
      { client: stand.bedrock, pageSize: 2 },
      {},
    )) {
      found.push(...page.invocationJobSummaries!.map((job) => job.jobName!));
    }
    assert.deepEqual(found, ['beta-1', 'alpha-2', 'alpha-1']);
  });

  it('refuse a bad filter', async () => {
    for (const query of [
      { maxResults: 0 },
      { maxResults: 1001 },
      { nextToken: 'x' },
      { nameContains: 'a_b' },
      { statusEquals: 'Done' as 'Failed' },
    ]) {
      const error = await refusal(stand.bedrock.send(new ListModelInvocationJobsCommand(query)));
      assert.equal(error.name, 'ValidationException', JSON.stringify(query));
    }
  });
});

describe('the end of a batch job', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand({ speed: 5 })));
  after(() => stand.dispose());
  const stop = (jobIdentifier: string) =>
    stand.bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier }));

  it('is Stopped where it was stopped in time, with what was done', async () => {
    const jobArn = await createJob(stand, await putText(stand, 'stop/a.jsonl', converseLines(200)));
    await waitForJob(stand, jobArn, (job) => (job.processedRecordCount ?? 0) > 0);
    await stop(jobArn);
    const job = await waitForJob(stand, jobArn);
    assert.equal(job.status, 'Stopped');
    assert.ok(job.processedRecordCount! > 0 && job.processedRecordCount! < 200);
    assert.equal((await outputOf(stand, jobArn)).length, job.processedRecordCount);
    assert.equal((await refusal(stop(jobArn))).name, 'ConflictException');
  });

  it('is Stopped before it began where it was stopped at once', async () => {
    const jobArn = await createJob(stand, await putText(stand, 'stop/b.jsonl', converseLines(200)));
    await stop(jobArn);
    const stopping = await stand.bedrock.send(
      new GetModelInvocationJobCommand({ jobIdentifier: jobArn }),
    );
    assert.equal(stopping.status, 'Stopping');
    assert.equal((await waitForJob(stand, jobArn)).status, 'Stopped');
    assert.deepEqual(await keysBelow(stand, `out/${idOf(jobArn)}/`), []);
  });

  it('is what a fault asks for', async () => {
    const uri = await putText(stand, 'faulty/a.jsonl', converseLines(120));
    const run = async (jobName: string, fault: object) => {
      await addFault(stand.sandbox, { match: { key: jobName }, fault, times: 1 });
      return waitForJob(stand, await createJob(stand, uri, { jobName }));
    };
    const [partly, expired, failed, errors] = await Promise.all([
      run('partly', { kind: 'partiallyCompleted', rate: 0.25 }),
      run('late', { kind: 'expired' }),
      run('fails', { kind: 'failJob', message: 'No capacity.' }),
      run('errors', { kind: 'recordErrors', count: 7, status: 429, message: 'Too many tokens' }),
    ]);
    assert.deepEqual([partly.status, partly.processedRecordCount], ['PartiallyCompleted', 30]);
    assert.equal(expired.status, 'Expired');
    assert.deepEqual([failed.status, failed.message], ['Failed', 'No capacity.']);
    assert.deepEqual([errors.status, errors.errorRecordCount], ['Completed', 7]);
    const lines = await outputOf(stand, errors.jobArn!);
    assert.deepEqual(lines.find((line) => line.error)?.error, {
      errorCode: 429,
      errorMessage: 'Too many tokens',
    });
  });

  it('comes by itself at the timeout, on the accelerated clock', async () => {
    // 24 hours at this speed are 86 ms: over before the job leaves the queue or while it runs.
    const fast = await makeStand({
      speed: 1_000_000,
      upstream: { url: 'http://127.0.0.1:9', model: 'x' },
    });
    try {
      const jobArn = await createJob(fast, await putText(fast, 'in/a.jsonl', converseLines(3000)));
      const job = await waitForJob(fast, jobArn);
      assert.ok(job.status === 'PartiallyCompleted' || job.status === 'Expired', job.status);
    } finally {
      await fast.dispose();
    }
  });
});

describe('the effects of CreateModelInvocationJob', () => {
  it('are one where the answer was lost and the SDK asked again', async () => {
    const stand = await makeStand();
    try {
      const uri = await putText(stand, 'once/a.jsonl', converseLines(100));
      for (const kind of ['dropAfter', 'dropBefore', 'throttle', 'error']) {
        await addFault(stand.sandbox, {
          match: { operation: 'CreateModelInvocationJob' },
          fault: { kind },
          times: 1,
        });
        const clientRequestToken = `lost-${kind}`;
        const input = jobInput(stand, uri, { jobName: kind, clientRequestToken });
        const first = await stand.bedrock
          .send(new CreateModelInvocationJobCommand(input))
          .catch(() => undefined);
        assert.equal(first, undefined);
        const second = await stand.bedrock.send(new CreateModelInvocationJobCommand(input));
        assert.ok(second.jobArn);
      }
      const { invocationJobSummaries } = await stand.bedrock.send(
        new ListModelInvocationJobsCommand({}),
      );
      assert.deepEqual(invocationJobSummaries?.map((job) => job.jobName).sort(), [
        'dropAfter',
        'dropBefore',
        'error',
        'throttle',
      ]);
      assert.equal(await effectsOf(stand.sandbox, 'CreateModelInvocationJob'), 5);
      await poll(
        () => stand.bedrock.send(new ListModelInvocationJobsCommand({ statusEquals: 'Completed' })),
        (page) => page.invocationJobSummaries?.length === 4,
      );
    } finally {
      await stand.dispose();
    }
  });
});
