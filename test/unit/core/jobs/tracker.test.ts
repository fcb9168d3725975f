import assert from 'node:assert/strict';
import type { JobsApi } from '../../../../src/core/batch/ports.js';
import type { Connection } from '../../../../src/core/connection.js';
import { AppError } from '../../../../src/core/errors.js';
import { onDispose } from '../../../../src/core/lifecycle.js';
import { JobTracker } from '../../../../src/core/jobs/tracker.js';
import type { Job } from '../../../../src/core/jobs/types.js';
import { silentLog } from '../../../../src/core/log.js';
import { aJob } from '../../../support/builders.js';

const connection: Connection = {
  kind: 'profile',
  profile: 'dev',
  region: 'us-east-1',
  endpoints: {},
};

/** A tracker over a list of jobs that the test changes, with a clock that the test turns. */
function setUp(jobs: Job[]) {
  const calls = { list: 0, get: [] as string[] };
  const timers: { milliseconds: number; action: () => void }[] = [];
  let failure: Error | undefined;
  const unreadable = new Map<string, Error>();
  const api: JobsApi = {
    list: () => {
      calls.list++;
      return failure ? Promise.reject(failure) : Promise.resolve(jobs);
    },
    get: (arn) => {
      calls.get.push(arn);
      const broken = unreadable.get(arn);
      if (broken) return Promise.reject(broken);
      return Promise.resolve(aJob({ arn, status: 'Completed' }));
    },
    create: () => Promise.reject(new Error('not asked')),
    stop: () => Promise.reject(new Error('not asked')),
  };
  const tracker = new JobTracker({
    jobsApi: () => Promise.resolve(api),
    log: silentLog,
    now: () => Date.parse('2026-11-22T12:00:00Z'),
    random: () => 0.5,
    schedule: (milliseconds, action) => {
      const timer = { milliseconds, action };
      timers.push(timer);
      return onDispose(() => timers.splice(timers.indexOf(timer), 1));
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    tracker,
    calls,
    timers,
    settle,
    fail: (error: Error | undefined) => (failure = error),
    getFails: (arn: string, error: Error | undefined) => {
      if (error) unreadable.set(arn, error);
      else unreadable.delete(arn);
    },
    tick: async () => {
      timers.shift()?.action();
      await settle();
    },
  };
}

describe('JobTracker', () => {
  it('asks nothing before somebody follows or refreshes', async () => {
    const { calls, settle } = setUp([aJob()]);
    await settle();
    assert.equal(calls.list, 0);
  });

  it('reads all jobs of a connection with one list call and stops when all have ended', async () => {
    const jobs = [
      aJob({ arn: 'arn:1', status: 'InProgress' }),
      aJob({ arn: 'arn:2', status: 'Completed' }),
    ];
    const { tracker, calls, timers, settle, tick } = setUp(jobs);
    tracker.follow(connection, ['arn:1', 'arn:2']);
    await settle();
    assert.equal(calls.list, 1);
    assert.equal(timers.length, 1);
    jobs[0] = aJob({ arn: 'arn:1', status: 'Completed' });
    await tick();
    assert.equal(calls.list, 2);
    assert.deepEqual(timers, []);
  });

  it('gets an awaited job that the list no longer reaches', async () => {
    const { tracker, calls, settle } = setUp([]);
    tracker.follow(connection, ['arn:old']);
    await settle();
    assert.deepEqual(calls.get, ['arn:old']);
    assert.equal(tracker.find('arn:old')?.status, 'Completed');
  });

  it('goes on without a job that AWS does not know any more, and says that it is gone', async () => {
    const { tracker, settle, getFails, timers } = setUp([]);
    getFails('arn:old', new AppError('notFound', 'no such job'));
    tracker.follow(connection, ['arn:old', 'arn:other']);
    await settle();
    assert.equal(tracker.isGone('arn:old'), true);
    assert.equal(tracker.find('arn:old'), undefined);
    assert.equal(tracker.find('arn:other')?.status, 'Completed');
    assert.equal(tracker.snapshot(connection).error, undefined);
    assert.equal(timers.length, 0, 'nothing is left to wait for');
    tracker.follow(connection, ['arn:old']);
    assert.equal(timers.length, 0, 'and it is not asked for again');
  });

  it('shows the others where one job cannot be read, and tries that one again', async () => {
    const { tracker, settle, tick, getFails } = setUp([
      aJob({ arn: 'arn:1', status: 'InProgress' }),
    ]);
    getFails('arn:old', new AppError('throttled', 'slow down'));
    tracker.follow(connection, ['arn:old', 'arn:other']);
    await settle();
    const { jobs, error } = tracker.snapshot(connection);
    assert.deepEqual(jobs.map(({ arn }) => arn).sort(), ['arn:1', 'arn:other']);
    assert.match(error?.message ?? '', /slow down/);
    getFails('arn:old', undefined);
    await tick();
    assert.equal(tracker.find('arn:old')?.status, 'Completed');
    assert.equal(tracker.snapshot(connection).error, undefined);
  });

  it('stops asking for a job that nobody waits for any more', async () => {
    const { tracker, settle, tick, getFails, timers } = setUp([]);
    getFails('arn:old', new AppError('throttled', 'slow down'));
    tracker.follow(connection, ['arn:old']);
    await settle();
    assert.equal(timers.length, 1);
    tracker.forget(['arn:old']);
    getFails('arn:old', undefined);
    await tick();
    assert.equal(tracker.find('arn:old'), undefined);
    assert.equal(timers.length, 0);
  });

  it('keeps the jobs it knows when a look fails, says why, and backs off', async () => {
    const { tracker, timers, settle, tick, fail } = setUp([
      aJob({ arn: 'arn:1', status: 'InProgress' }),
    ]);
    tracker.follow(connection, ['arn:1']);
    await settle();
    const first = timers[0]?.milliseconds ?? 0;
    fail(new Error('offline'));
    await tick();
    const snapshot = tracker.snapshot(connection);
    assert.equal(snapshot.jobs.length, 1);
    assert.match(snapshot.error?.message ?? '', /offline/);
    assert.ok((timers[0]?.milliseconds ?? 0) > first);
    fail(undefined);
    await tick();
    assert.equal(tracker.snapshot(connection).error, undefined);
  });

  it('joins looks that happen at the same time', async () => {
    const { tracker, calls } = setUp([aJob()]);
    await Promise.all([tracker.refresh(connection), tracker.refresh(connection)]);
    assert.equal(calls.list, 1);
  });

  it('takes a status it does not know as still running', async () => {
    const { tracker, timers, settle } = setUp([aJob({ arn: 'arn:1', status: 'Thinking' })]);
    tracker.follow(connection, ['arn:1']);
    await settle();
    assert.equal(timers.length, 1);
  });

  it('looks no more after it was disposed', async () => {
    const { tracker, timers, settle } = setUp([aJob({ arn: 'arn:1', status: 'InProgress' })]);
    tracker.follow(connection, ['arn:1']);
    tracker.dispose();
    await settle();
    assert.deepEqual(timers, []);
  });
});
