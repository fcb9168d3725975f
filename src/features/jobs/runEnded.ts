import * as vscode from 'vscode';
import { actionsOf } from '../../core/batch/runActions.js';
import { isGateShut } from '../../io/ledger.js';
import { connectionKey, connectionLabel } from '../../core/connection.js';
import { hasResults, sumCounters, worstOutcome, type Outcome } from '../../core/jobs/summary.js';
import type { Disposable } from '../../core/lifecycle.js';
import { runForPerson } from '../../platform/commands.js';
import type { ErrorReporter } from '../../platform/notify.js';
import type { Services } from '../../services.js';
import { outcomeText, runLabel } from './jobNodes.js';
import type { JobsModel, RunWithJobs } from './jobsModel.js';

type Needs = Pick<Services, 'ledger' | 'log' | 'session'>;

/**
 * Tells the person once when all jobs of a run ended. The ledger remembers it, under the run's lock, so
 * that neither a second window nor a restart tells it again.
 */
export function createRunEndedNotifier(
  services: Needs,
  model: JobsModel,
  report: ErrorReporter,
): Disposable {
  const inHand = new Set<string>();
  return model.onDidChange(() => {
    for (const entry of model.allRuns()) {
      const { run } = entry;
      if (inHand.has(run.id) || !actionsOf(run).includes('recordEnd') || !endOf(entry)) continue;
      inHand.add(run.id);
      void tell(services, entry)
        .catch(report)
        .finally(() => inHand.delete(run.id));
    }
  });
}

/** How a run ended; undefined while a job lives or was not looked at yet. */
function endOf({ run, jobs, gone }: RunWithJobs): Outcome | undefined {
  return jobs.length + gone < run.shards.length ? undefined : worstOutcome(jobs, gone);
}

async function tell(services: Needs, ended: RunWithJobs): Promise<void> {
  const outcome = endOf(ended);
  if (!outcome) return;
  try {
    await services.ledger.change(
      ended.run.id,
      'recordEnd',
      async ({ run, save }) => {
        run.endedAt = new Date().toISOString();
        run.outcome = outcome;
        run.counters = sumCounters(ended.jobs);
        await save();
      },
      { waitMs: 0 },
    );
  } catch (error) {
    // Another window was first, and tells it.
    if (isGateShut(error)) return;
    throw error;
  }
  const { current } = services.session;
  const isElsewhere = !current || connectionKey(current) !== connectionKey(ended.run.connection);
  void notify(ended, outcome, isElsewhere);
}

async function notify(
  { run, jobs }: RunWithJobs,
  outcome: Outcome,
  isElsewhere: boolean,
): Promise<void> {
  const open = vscode.l10n.t('Open Results');
  const download = vscode.l10n.t('Download Results');
  // Who works over another connection by now is told over which this one ran.
  const where = isElsewhere ? ` (${connectionLabel(run.connection)})` : '';
  const text = `${runLabel(run)}${where}: ${outcomeText(outcome, sumCounters(jobs))}`;
  const why = jobs.find((job) => job.message)?.message;
  const message = why ? `${text}. ${why}` : text;
  const isReadable = jobs.some(hasResults);
  const buttons = isReadable ? [open, download] : [vscode.l10n.t('Show Jobs')];
  const show =
    outcome === 'success'
      ? vscode.window.showInformationMessage
      : ['failed', 'expired', 'gone'].includes(outcome)
        ? vscode.window.showErrorMessage
        : vscode.window.showWarningMessage;
  const chosen = await show(message, ...buttons);
  if (chosen === open) await runForPerson('bedrock.results.open', run.id);
  else if (chosen === download) {
    await runForPerson('bedrock.results.download', run.id);
  } else if (chosen) await vscode.commands.executeCommand('bedrock.jobs.focus');
}
