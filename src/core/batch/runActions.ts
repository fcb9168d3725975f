import * as l10n from '@vscode/l10n';
import { AppError } from '../errors.js';
import { jobArnsOf, type Run } from './run.js';

/** Where a run stands, as far as it decides what may be done with it. */
export type RunPhase = 'submitting' | 'interrupted' | 'running' | 'ended' | 'cancelled' | 'failed';

export const runPhases: readonly RunPhase[] = [
  'submitting',
  'interrupted',
  'running',
  'ended',
  'cancelled',
  'failed',
];

/** What changes a run's entry in the ledger. */
export const runActions = [
  /** Upload and create what is missing: the first time, after a kill, or resumed by hand. */
  'submit',
  /** Give it up: stop its jobs, remove its objects. */
  'discard',
  /** Write down how all its jobs ended. */
  'recordEnd',
  /** Write down where its results were put. */
  'rememberResults',
  /** Forget it: jobs and results stay where they are. */
  'remove',
] as const;
export type RunAction = (typeof runActions)[number];

/**
 * Which action each phase allows. Submitting is paid for, so it is possible only where the person has not
 * given the run up; a run that still has work of its own in S3 is discarded before it is removed.
 */
const allowed: Readonly<Record<RunPhase, readonly RunAction[]>> = {
  submitting: ['submit', 'discard'],
  interrupted: ['submit', 'discard'],
  running: ['recordEnd', 'rememberResults', 'remove'],
  ended: ['rememberResults', 'remove'],
  // A discarded run may have stopped jobs, with answers that were paid for.
  cancelled: ['rememberResults', 'remove'],
  failed: ['remove'],
};

export function phaseOf(run: Run): RunPhase {
  if (run.state !== 'submitted') return run.state;
  return run.endedAt === undefined ? 'running' : 'ended';
}

/** What may be done with a run now. */
export function actionsOf(run: Run): readonly RunAction[] {
  const actions = allowed[phaseOf(run)];
  return jobArnsOf(run).length > 0
    ? actions
    : actions.filter((action) => action !== 'rememberResults');
}

/** @throws AppError `conflict` where the run's phase does not allow the action, with what to do instead. */
export function assertAllowed(run: Run, action: RunAction): void {
  if (actionsOf(run).includes(action)) return;
  throw new AppError('conflict', refusal(run, action), { details: { gate: 'refused' } });
}

function refusal(run: Run, action: RunAction): string {
  const name = run.request.jobName;
  switch (phaseOf(run)) {
    case 'submitting':
    case 'interrupted':
      return action === 'remove'
        ? l10n.t('{0} is not submitted yet. Resume or discard it first.', name)
        : l10n.t('{0} has no results yet. Resume or discard its submission first.', name);
    case 'running':
    case 'ended':
      return l10n.t('{0} is submitted already: nothing was done. Stop its job instead.', name);
    case 'cancelled':
      return l10n.t('{0} was discarded: nothing was done. Submit its file again.', name);
    case 'failed':
      return l10n.t('{0} was not submitted: nothing was done. Submit its file again.', name);
  }
}
