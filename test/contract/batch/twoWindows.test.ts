import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discardRun } from '../../../src/core/batch/discardRun.js';
import { phaseOf } from '../../../src/core/batch/runActions.js';
import { jobArnsOf, type Run } from '../../../src/core/batch/run.js';
import { submitRun } from '../../../src/core/batch/submitRun.js';
import { isAppError } from '../../../src/core/errors.js';
import { silentLog } from '../../../src/core/log.js';
import { Ledger, type RunEntry } from '../../../src/io/ledger.js';
import { seededRandom } from '../../../src/sandbox/runtime/random.js';
import { datasetText } from '../../support/datasets.js';
import { newRun, portsFor } from '../../support/runs.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';

const modelId = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

const actions = ['submit', 'discard', 'remove', 'recordEnd', 'rememberResults'] as const;
const faults = ['dropBefore', 'dropAfter', 'throttle', 'none', 'none'] as const;

/** What a window does with a run, as the features do it. */
class Window {
  readonly ledger: Ledger;

  constructor(
    private readonly at: TestSandbox,
    folder: string,
  ) {
    this.ledger = new Ledger(folder, silentLog);
  }

  start(run: Run): Promise<unknown> {
    return this.ledger.start(run, (entry) => this.submit(entry));
  }

  act(id: string, action: (typeof actions)[number]): Promise<unknown> {
    const { ledger } = this;
    switch (action) {
      case 'submit':
        return ledger.change(id, action, (entry) => this.submit(entry));
      case 'discard':
        return ledger.change(id, action, ({ run, save }) =>
          discardRun(run, { ...portsFor(this.at, run), save }),
        );
      case 'remove':
        return ledger.remove(id);
      case 'recordEnd':
        return ledger.change(id, action, ({ run, save }) => {
          run.endedAt = new Date().toISOString();
          return save();
        });
      case 'rememberResults':
        return ledger.change(id, action, ({ run, save }) => {
          run.results = { folder: '/results', downloadedAt: new Date().toISOString() };
          return save();
        });
    }
  }

  private submit({ run, save }: RunEntry): Promise<Run> {
    return submitRun(run, { ...portsFor(this.at, run), save });
  }
}

/** Refusals and broken connections are part of the game; anything else is a fault of ours. */
async function tolerate(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    assert.ok(isAppError(error), String(error));
    const expected = ['conflict', 'notFound', 'network', 'throttled', 'timeout'];
    assert.ok(expected.includes(error.kind), `${error.kind}: ${error.message}`);
  }
}

describe('runs of two windows', () => {
  let at: TestSandbox;
  let dataset: string;

  before(async () => {
    at = await startTestSandbox();
    dataset = join(at.folder, 'tickets.jsonl');
    await writeFile(dataset, datasetText('anthropic'));
  });

  after(() => at.close());

  const jobsNamed = async (run: Run) =>
    (await at.aws.jobs.list({ limit: 1000 })).filter(({ name }) => name === run.request.jobName);

  const twoWindows = async () => {
    const folder = await mkdtemp(join(at.folder, 'runs-'));
    return [new Window(at, folder), new Window(at, folder)] as const;
  };

  /** A run whose create was not answered: `interrupted`. */
  async function interrupted(window: Window): Promise<Run> {
    const run = await newRun(at, dataset, { modelId });
    await at.fault({
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'dropBefore' },
    });
    await tolerate(window.start(run));
    await at.clearFaults();
    assert.equal((await window.ledger.load(run.id))?.state, 'interrupted');
    return run;
  }

  it('a Resume that comes after Discard, in another window, starts nothing', async () => {
    const [one, two] = await twoWindows();
    const run = await interrupted(one);
    await two.act(run.id, 'discard');
    await assert.rejects(one.act(run.id, 'submit'), /was discarded: nothing was done/);
    assert.deepEqual(await jobsNamed(run), []);
    assert.equal((await one.ledger.load(run.id))?.state, 'cancelled');
  });

  it('two that resume at once make one job', async () => {
    const [one, two] = await twoWindows();
    const run = await interrupted(one);
    await Promise.all([tolerate(one.act(run.id, 'submit')), tolerate(two.act(run.id, 'submit'))]);
    assert.equal((await jobsNamed(run)).length, 1);
  });

  it('a folder that is written down does not undo an end that another window writes', async () => {
    const [one, two] = await twoWindows();
    const run = await newRun(at, dataset, { modelId });
    await one.start(run);
    await Promise.all([one.act(run.id, 'rememberResults'), two.act(run.id, 'recordEnd')]);
    const saved = await one.ledger.load(run.id);
    assert.equal(saved && phaseOf(saved), 'ended');
    assert.equal(saved?.results?.folder, '/results');
  });

  it('a run that is not submitted yet cannot be removed', async () => {
    const [one, two] = await twoWindows();
    const run = await interrupted(one);
    await assert.rejects(two.act(run.id, 'remove'), /Resume or discard it first/);
    assert.ok(await one.ledger.load(run.id));
  });

  for (let seed = 1; seed <= 12; seed++) {
    it(`random sequence ${seed}: at most one job, none after a discard`, async () => {
      const random = seededRandom(seed);
      const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)] as T;
      const windows = await twoWindows();
      const run = await newRun(at, dataset, { modelId });
      let afterDiscard: number | undefined;
      const noteFault = async () => {
        await at.clearFaults();
        const kind = pick(faults);
        if (kind === 'none') return;
        const match = { operation: 'CreateModelInvocationJob' };
        await at.fault({ match, fault: { kind }, times: 1 });
      };
      await noteFault();
      await tolerate(pick(windows).start(run));
      for (let step = 0; step < 8; step++) {
        await noteFault();
        // Both at once: who comes second is refused or waits.
        const pair = [pick(actions), pick(actions)] as const;
        await Promise.all(
          windows.map((window, index) => tolerate(window.act(run.id, pair[index] ?? 'recordEnd'))),
        );
        const saved = await windows[0].ledger.load(run.id);
        const jobs = await jobsNamed(run);
        assert.ok(jobs.length <= 1, `${jobs.length} jobs after ${pair.join(' and ')}`);
        if (afterDiscard !== undefined) assert.equal(jobs.length, afterDiscard, pair.join(' and '));
        if (saved?.state === 'cancelled') afterDiscard ??= jobs.length;
        if (saved?.state === 'submitted') {
          assert.deepEqual(
            jobArnsOf(saved),
            jobs.map(({ arn }) => arn),
          );
        }
      }
    });
  }
});
