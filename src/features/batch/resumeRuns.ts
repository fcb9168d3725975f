import * as vscode from 'vscode';
import type { Run } from '../../core/batch/run.js';
import type { ErrorReporter } from '../../platform/notify.js';
import { runForPerson } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { isGateShut } from '../../io/ledger.js';
import { carryOnSubmission } from './submission.js';

type Needs = Pick<Services, 'ledger' | 'session' | 'tracker' | 'log'>;

/**
 * Carries on what an ended window left: runs that were being submitted go on by themselves, the person
 * agreed to them; runs that the network stopped are offered. Only reads a folder where there is none.
 */
export async function resumeRuns(services: Needs, report: ErrorReporter): Promise<void> {
  for (const run of await services.ledger.list()) {
    if (run.state === 'submitting') await carryOn(services, run, report);
    else if (run.state === 'interrupted') void offer(run);
  }
}

async function carryOn(services: Needs, run: Run, report: ErrorReporter): Promise<void> {
  services.log.info('carrying on a submission', { run: run.id });
  try {
    await carryOnSubmission(services, run.id);
  } catch (error) {
    // Somebody else is at it, or was: a window that is still open.
    if (!isGateShut(error)) report(error);
  }
}

async function offer(run: Run): Promise<void> {
  const resume = vscode.l10n.t('Resume');
  const discard = vscode.l10n.t('Discard');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The submission of {0} was interrupted: {1}',
      run.request.jobName,
      run.error ?? '',
    ),
    resume,
    discard,
  );
  if (chosen === resume) await runForPerson('bedrock.batch.resume', run.id);
  if (chosen === discard) await runForPerson('bedrock.batch.discard', run.id);
}
