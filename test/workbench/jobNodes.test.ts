import assert from 'node:assert/strict';
import type { Run } from '../../src/core/batch/run.js';
import type { Job } from '../../src/core/jobs/types.js';
import { AppError } from '../../src/core/errors.js';
import {
  childNodes,
  nodeItem,
  rootNodes,
  runsTable,
  type JobNode,
} from '../../src/features/jobs/jobNodes.js';
import { aJob, aRun, aShard } from '../support/builders.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const whole = { total: 1200, processed: 1200, success: 1200, error: 0 };
const withErrors = { ...whole, success: 1199, error: 1 };

const runNode = (run: Run, jobs: readonly Job[] = [], gone = 0): JobNode => ({
  kind: 'run',
  runId: run.id,
  run,
  jobs,
  gone,
});
const jobNode = (fields: Partial<Job>, runId?: string): JobNode => {
  const job = aJob(fields);
  return { kind: 'job', jobArn: job.arn, job, ...(runId === undefined ? {} : { runId }) };
};
/** Description, icon, colour and the words that menus look at. */
const look = (node: JobNode) => {
  const { description, icon, iconColor, contextValue } = nodeItem(node, now);
  return [description, icon, iconColor, contextValue];
};

type Look = readonly [string, string, string | undefined, string];

describe('the lines of the Jobs view', () => {
  const end = { endTime: '2026-11-22T11:55:00.000Z' };
  const jobs: readonly [string, Partial<Job>, Look][] = [
    [
      'that waits',
      { status: 'Submitted' },
      ['submitted', 'clock', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'that waits for capacity and can be lost',
      { status: 'Scheduled', expirationTime: '2026-11-23T12:00:00.000Z' },
      [
        'waiting for capacity · expires in 24 h',
        'clock',
        undefined,
        'job.live.jobs.console.other.',
      ],
    ],
    [
      'that is validated',
      { status: 'Validating' },
      ['validating', 'sync~spin', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'of which AWS counts nothing yet',
      { status: 'InProgress' },
      ['in progress', 'sync~spin', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'that is half done',
      { status: 'InProgress', counters: { total: 1200, processed: 605, error: 2 } },
      ['50 % · 605 of 1,200, 2 errors', 'sync~spin', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'that is being stopped',
      { status: 'Stopping', counters: { total: 1200, processed: 605 } },
      ['stopping · 605 of 1,200', 'sync~spin', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'with a status AWS added later',
      { status: 'Paused' },
      ['Paused', 'sync~spin', undefined, 'job.live.jobs.console.other.'],
    ],
    [
      'that completed',
      { status: 'Completed', counters: whole, ...end },
      [
        '1,200 answers · 5 min ago',
        'pass',
        'testing.iconPassed',
        'job.ended.results.jobs.console.other.',
      ],
    ],
    [
      'that completed with an error',
      { status: 'Completed', counters: withErrors, ...end },
      [
        '1,199 answers, 1 error · 5 min ago',
        'warning',
        'list.warningForeground',
        'job.ended.results.jobs.console.other.',
      ],
    ],
    [
      'that completed, nobody knows with how much',
      { status: 'Completed', ...end },
      [
        '? answers · 5 min ago',
        'pass',
        'testing.iconPassed',
        'job.ended.results.jobs.console.other.',
      ],
    ],
    [
      'that completed in part',
      { status: 'PartiallyCompleted', counters: withErrors, ...end },
      [
        'partially completed: 1,199 answers, 1 error · 5 min ago',
        'warning',
        'list.warningForeground',
        'job.ended.results.jobs.console.other.',
      ],
    ],
    [
      'that failed',
      { status: 'Failed', ...end },
      ['failed · 5 min ago', 'error', 'list.errorForeground', 'job.ended.jobs.console.other.'],
    ],
    [
      'that was stopped',
      { status: 'Stopped', counters: { success: 1 }, ...end },
      [
        'stopped, 1 answer · 5 min ago',
        'circle-slash',
        'disabledForeground',
        'job.ended.results.jobs.console.other.',
      ],
    ],
    [
      'that expired, its end not told',
      { status: 'Expired' },
      [
        'expired before it began · 1 min ago',
        'error',
        'list.errorForeground',
        'job.ended.jobs.console.other.',
      ],
    ],
  ];
  for (const [what, fields, expected] of jobs) {
    it(`show a job ${what}`, () => {
      assert.deepEqual(look(jobNode(fields)), expected);
    });
  }

  it('tell a job of a run of ours from others', () => {
    assert.equal(nodeItem(jobNode({}, 'run'), now).contextValue, 'job.live.jobs.console.own.');
  });

  it('call a job without a name by its id', () => {
    assert.equal(nodeItem(jobNode({ name: '' }), now).label, 'abcdefghijkl');
  });

  const runs: readonly [string, Partial<Run>, readonly Partial<Job>[], Look][] = [
    [
      'being submitted',
      { state: 'submitting' },
      [],
      ['submitting', 'sync~spin', undefined, 'run.ended.submitting.jobs.console.submit.discard.'],
    ],
    [
      'submitted, its jobs not seen yet',
      {},
      [],
      [
        'submitted',
        'clock',
        undefined,
        'run.ended.running.jobs.console.recordEnd.rememberResults.remove.',
      ],
    ],
    [
      'interrupted',
      { state: 'interrupted', error: 'No network.' },
      [],
      [
        'interrupted: No network.',
        'debug-disconnect',
        'list.warningForeground',
        'run.ended.interrupted.jobs.console.submit.discard.',
      ],
    ],
    [
      'cancelled',
      { state: 'cancelled' },
      [],
      [
        'cancelled',
        'circle-slash',
        undefined,
        'run.ended.cancelled.jobs.console.rememberResults.remove.',
      ],
    ],
    [
      'that could not be submitted',
      { state: 'failed', error: 'No rights.' },
      [],
      [
        'not submitted: No rights.',
        'error',
        'list.errorForeground',
        'run.ended.failed.jobs.console.remove.',
      ],
    ],
    [
      'remembered, AWS not asked in this window',
      { outcome: 'withErrors', counters: withErrors, endedAt: '2026-11-22T10:00:00.000Z' },
      [],
      [
        '1,199 answers, 1 error · 2 h ago',
        'warning',
        'list.warningForeground',
        'run.ended.results.ended.jobs.console.rememberResults.remove.',
      ],
    ],
    [
      'remembered as failed',
      { outcome: 'failed', endedAt: '2026-11-22T10:00:00.000Z' },
      [],
      [
        'failed · 2 h ago',
        'error',
        'list.errorForeground',
        'run.ended.ended.jobs.console.rememberResults.remove.',
      ],
    ],
    [
      'that lives',
      {},
      [{ status: 'InProgress', counters: { total: 10, processed: 1 } }],
      [
        '10 % · 1 of 10',
        'sync~spin',
        undefined,
        'run.live.running.jobs.console.recordEnd.rememberResults.remove.',
      ],
    ],
    [
      'of two, one of them failed',
      { shards: [aShard(0, 'arn:1'), aShard(1, 'arn:2')] },
      [
        { status: 'Completed', counters: whole, ...end },
        { status: 'Failed', counters: {}, ...end },
      ],
      [
        'failed · 5 min ago',
        'error',
        'list.errorForeground',
        'run.ended.results.running.jobs.console.recordEnd.rememberResults.remove.',
      ],
    ],
    [
      'whose results were downloaded',
      { results: { folder: '/data/results', downloadedAt: '2026-11-22T11:59:00.000Z' } },
      [{ status: 'Completed', counters: whole, ...end }],
      [
        '1,200 answers · 5 min ago',
        'pass',
        'testing.iconPassed',
        'run.ended.results.downloaded.running.jobs.console.recordEnd.rememberResults.remove.',
      ],
    ],
  ];
  for (const [what, fields, ofRun, expected] of runs) {
    it(`show a run ${what}`, () => {
      const node = runNode(aRun(fields), ofRun.map(aJob));
      assert.deepEqual(look(node), expected);
      const item = nodeItem(node, now);
      assert.equal(item.label, 'tickets.jsonl');
      assert.equal(item.accessibilityLabel, `tickets.jsonl, ${expected[0]}`);
      const opens = expected[3].includes('.results.') && !expected[3].includes('.live.');
      assert.equal(item.command?.id, opens ? 'bedrock.results.open' : undefined);
    });
  }

  it('tell of jobs that AWS does not know any more', () => {
    const two = aRun({ shards: [aShard(0, 'arn:1'), aShard(1, 'arn:2')] });
    const done = aJob({ status: 'Completed', counters: whole, ...end });
    const [description, icon] = look(runNode(two, [done], 1));
    assert.deepEqual(
      [description, icon],
      ['AWS does not know the job any more · 5 min ago', 'error'],
    );
  });

  it('gather the runs of other connections, each with the name of its own', () => {
    const entry = { run: aRun(), jobs: [], gone: 0 };
    const [node] = rootNodes({ runs: [], otherJobs: [], elsewhere: [entry, entry] });
    assert.ok(node);
    const { label, description, collapsible } = nodeItem(node, now);
    assert.deepEqual(
      [label, description, collapsible],
      ['Other connections', '2 runs', 'collapsed'],
    );
    const [first] = childNodes(node);
    assert.ok(first);
    assert.equal(nodeItem(first, now).description, 'dev · us-east-1 · submitted');
  });

  it('unfold a run of several jobs only, into the jobs that were seen', () => {
    const two = aRun({ shards: [aShard(0, 'arn:1'), aShard(1, 'arn:2')] });
    const seen = aJob({ arn: 'arn:1' });
    assert.deepEqual(childNodes(runNode(two, [seen])), [
      { kind: 'job', jobArn: 'arn:1', job: seen, runId: 'run' },
    ]);
    assert.deepEqual(childNodes(runNode(aRun(), [seen])), []);
    assert.deepEqual(childNodes(jobNode({})), []);
    assert.equal(nodeItem(runNode(two), now).collapsible, 'collapsed');
    assert.equal(nodeItem(runNode(aRun()), now).collapsible, 'none');
  });

  it('come in order: why the look failed, our runs, the other jobs, other connections', () => {
    const error = new AppError('network', 'No network.');
    const nodes = rootNodes({
      runs: [{ run: aRun(), jobs: [], gone: 0 }],
      otherJobs: [aJob()],
      elsewhere: [{ run: aRun(), jobs: [], gone: 0 }],
      error,
    });
    assert.deepEqual(
      nodes.map(({ kind }) => kind),
      ['failure', 'run', 'job', 'elsewhere'],
    );
    const { label, description, icon, command, contextValue } = nodeItem(nodes[0]!, now);
    assert.deepEqual(
      [label, description, icon, command?.id, contextValue],
      ['No connection', 'No network.', 'warning', 'bedrock.jobs.refresh', 'failure.connection.'],
    );
  });

  it('lead on from an expired sign-in', () => {
    const error = new AppError('credentials', 'It has expired.', { action: 'signIn' });
    const [node] = rootNodes({ runs: [], otherJobs: [], elsewhere: [], error });
    const { command, contextValue, accessibilityLabel } = nodeItem(node!, now);
    assert.equal(command?.id, 'bedrock.connection.signIn');
    assert.equal(contextValue, 'failure.signIn.connection.');
    assert.equal(accessibilityLabel, 'No valid credentials. It has expired. Press Enter: Sign In.');
  });

  it('say the rest in a table, unknown as unknown and what AWS writes as text', () => {
    const job = aJob({ status: 'Failed', message: 'No | *rights*', counters: { error: 3 } });
    const tooltip = nodeItem(runNode(aRun(), [job]), now).tooltip ?? '';
    for (const row of [
      /^\*\*tickets\\\.jsonl\*\*/,
      /\| Status \| Failed \|/,
      /\| Records \| unknown \|/,
      /\| Errors \| 3 \|/,
      /\| Output \| s3:\/\/bucket\/output\/ \|/,
      /\| Message \| No \\\| \\\*rights\\\* \|/,
    ]) {
      assert.match(tooltip, row);
    }
    assert.doesNotMatch(tooltip, /\| Ended \||\| Expires \|/);
  });

  it('are a table of runs in the status bar’s hover', () => {
    const live = aJob({ counters: { total: 10, processed: 1 } });
    const table = runsTable(
      [
        { run: aRun(), jobs: [live], gone: 0 },
        { run: aRun({ state: 'submitting' }), jobs: [], gone: 0 },
      ],
      now,
    );
    assert.deepEqual(table.split('\n'), [
      '| Run | Status |',
      '|:--|:--|',
      '| tickets\\.jsonl | 10 % · 1 of 10 |',
      '| tickets\\.jsonl | submitting |',
    ]);
  });
});
