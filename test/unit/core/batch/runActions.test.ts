import assert from 'node:assert/strict';
import {
  actionsOf,
  assertAllowed,
  phaseOf,
  type RunAction,
  runActions,
  type RunPhase,
  runPhases,
} from '../../../../src/core/batch/runActions.js';
import { isAppError } from '../../../../src/core/errors.js';
import type { Run } from '../../../../src/core/batch/run.js';
import { aRun } from './support.js';

/** A run of each phase, with a job where the phase can have one. */
const runs: Record<RunPhase, Run> = {
  submitting: aRun({ state: 'submitting' }),
  interrupted: aRun({ state: 'interrupted' }),
  running: aRun({ state: 'submitted', jobArn: 'arn:job' }),
  ended: aRun({ state: 'submitted', jobArn: 'arn:job', endedAt: '2026-11-25T00:00:00Z' }),
  cancelled: aRun({ state: 'cancelled', jobArn: 'arn:job' }),
  failed: aRun({ state: 'failed' }),
};

const allowed: Record<RunPhase, readonly RunAction[]> = {
  submitting: ['submit', 'discard'],
  interrupted: ['submit', 'discard'],
  running: ['recordEnd', 'rememberResults', 'remove'],
  ended: ['rememberResults', 'remove'],
  cancelled: ['rememberResults', 'remove'],
  failed: ['remove'],
};

describe('what may be done with a run', () => {
  for (const phase of runPhases) {
    for (const action of runActions) {
      const isAllowed = allowed[phase].includes(action);
      it(`${action} is ${isAllowed ? 'allowed' : 'refused'} for a run that is ${phase}`, () => {
        const run = runs[phase];
        assert.equal(phaseOf(run), phase);
        assert.equal(actionsOf(run).includes(action), isAllowed);
        if (isAllowed) assertAllowed(run, action);
        else {
          assert.throws(
            () => {
              assertAllowed(run, action);
            },
            (error) =>
              isAppError(error) && error.kind === 'conflict' && /\. .*\.$/.test(error.message),
          );
        }
      });
    }
  }

  it('a discarded run is never submitted again, whatever a toast still offers', () => {
    assert.throws(() => {
      assertAllowed(runs.cancelled, 'submit');
    }, /was discarded: nothing was done\. Submit its file again\./);
  });

  it('a run without a job has no results to remember', () => {
    assert.deepEqual(actionsOf(aRun({ state: 'cancelled' })), ['remove']);
  });
});
