import assert from 'node:assert/strict';
import { jitter, nextPoll } from '../../../../src/core/jobs/schedule.js';
import type { Job } from '../../../../src/core/jobs/types.js';
import {
  hasResults,
  outcomeOf,
  percentDone,
  sumCounters,
  worstOutcome,
} from '../../../../src/core/jobs/summary.js';
import { aJob } from '../../../support/builders.js';

describe('outcomes', () => {
  it('does not call a completed job with errors a success', () => {
    const job = aJob({ status: 'Completed', counters: { total: 100, success: 99, error: 1 } });
    assert.equal(outcomeOf(job), 'withErrors');
  });

  it('has none for a running job', () => {
    assert.equal(outcomeOf(aJob({ status: 'InProgress' })), undefined);
    assert.equal(
      worstOutcome([aJob({ status: 'Completed' }), aJob({ status: 'Stopping' })]),
      undefined,
    );
  });

  it('takes the worst of several', () => {
    const jobs = [
      aJob({ status: 'Completed' }),
      aJob({ status: 'Failed' }),
      aJob({ status: 'Stopped' }),
    ];
    assert.equal(worstOutcome(jobs), 'failed');
  });
});

describe('counters', () => {
  it('are summed, and unknown where one job does not tell', () => {
    const known = aJob({ counters: { total: 100, processed: 50, success: 50, error: 0 } });
    assert.deepEqual(sumCounters([known, known]), {
      total: 200,
      processed: 100,
      success: 100,
      error: 0,
    });
    assert.deepEqual(sumCounters([known, aJob({ counters: { total: 100 } })]), { total: 200 });
    assert.deepEqual(sumCounters([]), {});
  });

  it('give whole percents, and none before the total is known', () => {
    assert.equal(percentDone({ total: 120, processed: 119 }), 99);
    assert.equal(percentDone({ total: 120, processed: 120 }), 100);
    assert.equal(percentDone({ total: 0, processed: 0 }), undefined);
    assert.equal(percentDone({ processed: 3 }), undefined);
  });
});

describe('the polling schedule', () => {
  const at = (minutes: number, failures = 0) =>
    nextPoll({ youngestAgeMs: minutes * 60_000, failures, isSandbox: false });

  it('slows down with the age of the youngest job', () => {
    assert.deepEqual([at(0), at(4), at(6), at(90)], [15_000, 15_000, 60_000, 120_000]);
  });

  it('backs off after failures, to five minutes at most', () => {
    assert.deepEqual([at(0, 1), at(0, 2), at(0, 20)], [30_000, 60_000, 300_000]);
  });

  it('is spread by 15 % either way', () => {
    assert.equal(Math.round(jitter(1000, 0)), 850);
    assert.equal(Math.round(jitter(1000, 1)), 1150);
  });
});

describe('results to read', () => {
  const cases: readonly [string, Partial<Job>, boolean][] = [
    ['a completed job', { status: 'Completed', counters: { success: 3, error: 0 } }, true],
    ['a job with errors only', { status: 'Completed', counters: { success: 0, error: 3 } }, true],
    ['one stopped half-way', { status: 'Stopped', counters: { success: 3, error: 0 } }, true],
    [
      'one stopped before its first answer',
      { status: 'Stopped', counters: { success: 0, error: 0 } },
      false,
    ],
    ['one of which AWS says no numbers', { status: 'Stopped', counters: {} }, true],
    ['a failed job', { status: 'Failed', counters: {} }, false],
    ['an expired job', { status: 'Expired', counters: {} }, false],
    ['a job that lives', { status: 'InProgress', counters: { success: 3, error: 0 } }, false],
  ];
  for (const [what, fields, isThere] of cases) {
    it(`${isThere ? 'are' : 'are not'} there of ${what}`, () => {
      assert.equal(hasResults(aJob(fields)), isThere);
    });
  }
});
