import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from '../../../../src/aws/session.js';
import type { Connection } from '../../../../src/core/connection.js';
import { AppError } from '../../../../src/core/errors.js';
import { JobTracker } from '../../../../src/core/jobs/tracker.js';
import type { Job } from '../../../../src/core/jobs/types.js';
import { onDispose } from '../../../../src/core/lifecycle.js';
import { silentLog } from '../../../../src/core/log.js';
import { JobsModel } from '../../../../src/features/jobs/jobsModel.js';
import { Ledger } from '../../../../src/io/ledger.js';
import { aJob, aRun, aShard, devConnection, writeRun } from '../../../support/builders.js';

const elsewhere: Connection = { ...devConnection, region: 'eu-west-1' };
const never = () => Promise.reject(new Error('not asked'));

describe('the model of runs and jobs', () => {
  let folder: string;
  let ledger: Ledger;
  let session: Session;
  let tracker: JobTracker;
  let model: JobsModel;
  let listed: Job[];
  /** Regions whose jobs were asked for. */
  let asked: string[];
  let failure: Error | undefined;
  /** AWS knows none of the jobs that are asked for by ARN. */
  let isUnknown: boolean;
  let changes: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobs-model-'));
    listed = [];
    asked = [];
    failure = undefined;
    isUnknown = false;
    changes = 0;
    ledger = new Ledger(folder, silentLog);
    session = new Session({
      mfaCode: never,
      apiKey: never,
      sandbox: never,
      caBundle: never,
      log: silentLog,
    });
    tracker = new JobTracker({
      jobsApi: ({ region }) => {
        asked.push(region);
        const list = () => (failure ? Promise.reject(failure) : Promise.resolve(listed));
        const get = (arn: string) =>
          isUnknown
            ? Promise.reject(new AppError('notFound', 'No such job.'))
            : Promise.resolve(aJob({ arn, status: 'Completed' }));
        return Promise.resolve({ list, get, create: never, stop: never });
      },
      log: silentLog,
      now: () => Date.parse('2026-11-22T12:00:00Z'),
      random: () => 0.5,
      schedule: () => onDispose(() => undefined),
    });
    model = new JobsModel({ ledger, session, tracker });
    model.onDidChange(() => changes++);
  });

  afterEach(async () => {
    for (const each of [model, tracker, session, ledger]) each.dispose();
    await rm(folder, { recursive: true });
  });

  const ids = () => model.allRuns().map(({ run }) => run.id);

  it('has nothing before it is loaded, and asks nobody where the ledger is empty', async () => {
    await model.load();
    assert.deepEqual(model.allRuns(), []);
    assert.deepEqual(model.state(devConnection), { runs: [], otherJobs: [], elsewhere: [] });
    assert.deepEqual(asked, []);
    assert.equal(changes, 1);
  });

  it('has the runs of the ledger, newest first, and each with the jobs that were seen', async () => {
    const jobs = [aJob({ arn: 'arn:1' }), aJob({ arn: 'arn:2' })];
    await writeRun(ledger, aRun({ id: 'old', createdAt: '2026-11-20T00:00:00.000Z', shards: [] }));
    await writeRun(ledger, aRun({ id: 'new', shards: [aShard(0, 'arn:1'), aShard(1, 'arn:2')] }));
    listed = jobs.slice(0, 1);
    await tracker.refresh(devConnection);
    await model.load();
    assert.deepEqual(ids(), ['new', 'old']);
    assert.deepEqual(model.findRun('new')?.jobs, jobs.slice(0, 1), 'one of two was seen');
    assert.equal(model.findRun('none'), undefined);
    assert.equal(model.runOfJob('arn:2')?.id, 'new');
    assert.equal(model.runOfJob('arn:3'), undefined);
  });

  const followed: readonly [string, Parameters<typeof aRun>[0], readonly string[]][] = [
    ['submitted', { state: 'submitted' }, ['us-east-1']],
    ['submitted elsewhere', { state: 'submitted', connection: elsewhere }, ['eu-west-1']],
    ['submitted and told of', { state: 'submitted', endedAt: '2026-11-22T12:00:00.000Z' }, []],
    ['being submitted', { state: 'submitting' }, []],
    ['interrupted', { state: 'interrupted' }, []],
    ['cancelled', { state: 'cancelled' }, []],
    ['failed', { state: 'failed' }, []],
  ];
  for (const [what, fields, regions] of followed) {
    it(`${regions.length > 0 ? 'follows' : 'does not follow'} a run that was ${what}`, async () => {
      await writeRun(ledger, aRun(fields));
      await model.load();
      assert.deepEqual(asked, regions);
    });
  }

  it('shows the runs of a connection, the jobs there that are not of them, and the other runs', async () => {
    await writeRun(ledger, aRun({ id: 'here', shards: [aShard(0, 'arn:own')] }));
    await writeRun(ledger, aRun({ id: 'there', connection: elsewhere, shards: [] }));
    listed = [aJob({ arn: 'arn:own' }), aJob({ arn: 'arn:other' })];
    await tracker.refresh(devConnection);
    await model.load();
    const { runs, otherJobs, elsewhere: others, error } = model.state(devConnection);
    assert.deepEqual(
      runs.map(({ run }) => run.id),
      ['here'],
    );
    assert.deepEqual(
      others.map(({ run }) => run.id),
      ['there'],
    );
    assert.deepEqual(
      otherJobs.map(({ arn }) => arn),
      ['arn:other'],
    );
    assert.equal(error, undefined);
  });

  it('counts the jobs that AWS does not know any more', async () => {
    isUnknown = true;
    await writeRun(ledger, aRun());
    await model.load();
    await tracker.refresh(devConnection);
    assert.deepEqual(model.findRun('run')?.jobs, []);
    assert.equal(model.findRun('run')?.gone, 1);
  });

  it('keeps the jobs of the last look, and says why the next one failed', async () => {
    listed = [aJob({ arn: 'arn:other' })];
    await tracker.refresh(devConnection);
    failure = new Error('No network.');
    await tracker.refresh(devConnection);
    const { otherJobs, error } = model.state(devConnection);
    assert.equal(otherJobs.length, 1);
    assert.match(error?.message ?? '', /No network/);
  });

  it('tells of what the ledger, the tracker and the session tell', async () => {
    await writeRun(ledger, aRun());
    assert.deepEqual(ids(), ['run'], 'without another look at the folder');
    assert.equal(changes, 1);
    await tracker.refresh(devConnection);
    assert.equal(changes, 2);
    session.use(devConnection);
    assert.equal(changes, 3);
  });

  it('forgets a run that was removed', async () => {
    const run = aRun();
    await writeRun(ledger, run);
    await ledger.remove(run.id);
    assert.deepEqual(ids(), []);
    await model.load();
    assert.deepEqual(ids(), []);
  });

  it('tells nothing any more once it is disposed of', async () => {
    model.dispose();
    await writeRun(ledger, aRun());
    assert.equal(changes, 0);
  });
});
