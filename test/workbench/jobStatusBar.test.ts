import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Run } from '../../src/core/batch/run.js';
import type { Job } from '../../src/core/jobs/types.js';
import { JobTracker } from '../../src/core/jobs/tracker.js';
import { onDispose } from '../../src/core/lifecycle.js';
import { silentLog } from '../../src/core/log.js';
import { JobsModel } from '../../src/features/jobs/jobsModel.js';
import { createJobStatusBar, isRunning } from '../../src/features/jobs/jobStatusBar.js';
import { aJob, aRun, aShard, devConnection, writeRun } from '../support/builders.js';
import { jobServices, type JobServices } from './support/jobServices.js';
import { scratchFolder } from './support/workbench.js';

const ended = '2026-11-22T12:00:00.000Z';

describe('a run that somebody waits for', () => {
  const two = [aShard(0, 'arn:1'), aShard(1, 'arn:2')];
  const cases: readonly [string, Partial<Run>, readonly Partial<Job>[], boolean, number?][] = [
    ['has lost its job', {}, [], false, 1],
    ['has lost one job of two', { shards: two }, [{ status: 'InProgress' }], true, 1],
    ['is being submitted', { state: 'submitting', shards: [] }, [], true],
    ['has a live job', {}, [{ status: 'Scheduled' }], true],
    ['has a job that nobody has seen yet', {}, [], true],
    ['has one job of two that ended', { shards: two }, [{ status: 'Completed' }], true],
    ['has ended', {}, [{ status: 'Completed' }], false],
    [
      'has ended with each of its jobs',
      { shards: two },
      [{ status: 'Failed' }, { status: 'Stopped' }],
      false,
    ],
    ['was told of, whatever AWS says', { endedAt: ended }, [{ status: 'InProgress' }], false],
    ['was interrupted', { state: 'interrupted' }, [{ status: 'InProgress' }], false],
    ['was cancelled', { state: 'cancelled', shards: [] }, [], false],
    ['could not be submitted', { state: 'failed', shards: [] }, [], false],
  ];
  for (const [what, run, jobs, expected, gone = 0] of cases) {
    it(`${what}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(isRunning({ run: aRun(run), jobs: jobs.map(aJob), gone }), expected);
    });
  }
});

describe('the jobs’ item of the status bar', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let services: JobServices;
  let tracker: JobTracker;
  let model: JobsModel;
  let bar: { dispose: () => void };
  let item: vscode.StatusBarItem;
  let isShown: boolean;
  let jobs: Job[];

  beforeEach(async () => {
    scratch = await scratchFolder();
    services = jobServices(scratch.path);
    jobs = [];
    const never = () => Promise.reject(new Error('not asked'));
    tracker = new JobTracker({
      jobsApi: () =>
        Promise.resolve({
          list: () => Promise.resolve(jobs),
          get: never,
          create: never,
          stop: never,
        }),
      log: silentLog,
      now: Date.now,
      random: () => 0.5,
      schedule: () => onDispose(() => undefined),
    });
    model = new JobsModel({ ...services, tracker });
    isShown = false;
    const create = vscode.window.createStatusBarItem;
    // The item is the editor's own; only whether it shows cannot be read from it.
    Object.assign(vscode.window, {
      createStatusBarItem: (...args: Parameters<typeof create>) => {
        const made = create(...args);
        item = made;
        const [show, hide] = [made.show.bind(made), made.hide.bind(made)];
        made.show = () => {
          isShown = true;
          show();
        };
        made.hide = () => {
          isShown = false;
          hide();
        };
        return made;
      },
    });
    try {
      bar = createJobStatusBar(model);
    } finally {
      Object.assign(vscode.window, { createStatusBarItem: create });
    }
  });

  afterEach(async () => {
    bar.dispose();
    for (const each of [model, tracker, services]) each.dispose();
    await scratch.remove();
  });

  async function look(...seen: Partial<Job>[]): Promise<void> {
    jobs = seen.map(aJob);
    await tracker.refresh(devConnection);
  }

  it('is not there where nothing runs, and leads to the view', () => {
    assert.equal(isShown, false);
    assert.equal(item.command, 'bedrock.jobs.focus');
    assert.equal(item.name, 'Bedrock Batch Jobs');
  });

  const running: readonly [string, Partial<Run>, readonly Partial<Job>[], string][] = [
    ['being submitted', { state: 'submitting' }, [], 'tickets.jsonl: submitting'],
    ['whose job waits', {}, [{ status: 'Scheduled' }], 'tickets.jsonl: waiting for capacity'],
    [
      'that is on its way',
      {},
      [{ counters: { total: 1200, processed: 606 } }],
      'tickets.jsonl: 50 % (606 of 1,200)',
    ],
    [
      'with errors',
      {},
      [{ counters: { total: 1200, processed: 1199, error: 1 } }],
      'tickets.jsonl: 99 % (1,199 of 1,200, 1 error)',
    ],
    [
      'of two jobs, one not counted yet',
      { shards: [aShard(0, 'arn:1'), aShard(1, 'arn:2')] },
      [
        { arn: 'arn:1', counters: { total: 10, processed: 5 } },
        { arn: 'arn:2', status: 'Validating' },
      ],
      'tickets.jsonl: in progress',
    ],
  ];
  for (const [what, run, seen, text] of running) {
    it(`tells of a run ${what}`, async () => {
      await look(...seen);
      await writeRun(services.ledger, aRun(run));
      assert.equal(item.text, `$(sync~spin) ${text}`);
      assert.equal(item.accessibilityInformation?.label, text);
      assert.equal(isShown, true);
      assert.match((item.tooltip as vscode.MarkdownString).value, /^\| Run \| Status \|/);
    });
  }

  it('adds several runs up', async () => {
    await look(
      { arn: 'arn:1', counters: { total: 100, processed: 50 } },
      { arn: 'arn:2', counters: { total: 300, processed: 50 } },
    );
    await writeRun(services.ledger, aRun({ id: 'a', shards: [aShard(0, 'arn:1')] }));
    await writeRun(services.ledger, aRun({ id: 'b', shards: [aShard(0, 'arn:2')] }));
    assert.equal(item.text, '$(sync~spin) 2 runs: 25 % (100 of 400)');
  });

  const outcomes: readonly [Partial<Job>, string][] = [
    [
      { status: 'Completed', counters: { success: 120, error: 0 } },
      '$(pass) tickets.jsonl: completed, 120 answers',
    ],
    [
      { status: 'Completed', counters: { success: 119, error: 1 } },
      '$(warning) tickets.jsonl: completed with errors: 119 answers, 1 error',
    ],
    [{ status: 'Failed' }, '$(error) tickets.jsonl: failed'],
    [
      { status: 'Stopped', counters: { success: 3 } },
      '$(circle-slash) tickets.jsonl: stopped, 3 answers',
    ],
  ];
  for (const [job, text] of outcomes) {
    it(`keeps how a run ended that it had shown: ${text}`, async () => {
      await writeRun(services.ledger, aRun());
      await look({ status: 'InProgress' });
      await look(job);
      assert.equal(item.text, text);
      assert.equal(isShown, true);
      await look(job);
      assert.equal(isShown, true, 'another look does not take it away');
    });
  }

  it('says nothing of a run that had ended before', async () => {
    await look({ status: 'Completed' });
    await writeRun(services.ledger, aRun());
    assert.equal(isShown, false);
  });

  it('goes where the run it showed did not come to a job', async () => {
    await writeRun(services.ledger, aRun({ state: 'submitting', shards: [aShard(0)] }));
    assert.equal(isShown, true);
    await writeRun(services.ledger, aRun({ state: 'cancelled', shards: [aShard(0)] }));
    assert.equal(isShown, false);
  });
});
