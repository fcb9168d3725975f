import * as vscode from 'vscode';
import { sumCounters, worstOutcome, type Outcome } from '../../core/jobs/summary.js';
import type { Disposable } from '../../core/lifecycle.js';
import { run as runCommand } from '../../platform/commands.js';
import type { ErrorReporter } from '../../platform/notify.js';
import type { Services } from '../../services.js';
import { outcomeText, runLabel } from './jobNodes.js';
import type { JobsModel, RunWithJobs } from './jobsModel.js';

/**
 * Tells the person once when all jobs of a run ended. The ledger remembers it, under the run's lock, so
 * that neither a second window nor a restart tells it again.
 */
export function createRunEndedNotifier(
  services: Pick<Services, 'ledger' | 'log'>,
  model: JobsModel,
  report: ErrorReporter,
): Disposable {
  const inHand = new Set<string>();
  return model.onDidChange(() => {
    for (const entry of model.allRuns()) {
      const { run, jobs } = entry;
      if (run.state !== 'submitted' || run.endedAt || inHand.has(run.id)) continue;
      if (jobs.length < run.shards.length || !worstOutcome(jobs)) continue;
      inHand.add(run.id);
      void tell(services, entry)
        .catch(report)
        .finally(() => inHand.delete(run.id));
    }
  });
}

async function tell(services: Pick<Services, 'ledger' | 'log'>, ended: RunWithJobs): Promise<void> {
  const { ledger } = services;
  const lock = await ledger.lock(ended.run.id);
  if (!lock) return;
  try {
    const run = await ledger.load(ended.run.id);
    if (!run || run.endedAt) return;
    run.endedAt = new Date().toISOString();
    run.outcome = worstOutcome(ended.jobs);
    run.counters = sumCounters(ended.jobs);
    await ledger.save(run);
  } finally {
    await lock.release();
  }
  const outcome = worstOutcome(ended.jobs);
  if (outcome) void notify(ended, outcome);
}

async function notify({ run, jobs }: RunWithJobs, outcome: Outcome): Promise<void> {
  const open = vscode.l10n.t('Open Results');
  const download = vscode.l10n.t('Download Results');
  const text = `${runLabel(run)}: ${outcomeText(outcome, sumCounters(jobs))}`;
  const why = jobs.find((job) => job.message)?.message;
  const message = why ? `${text}. ${why}` : text;
  const hasResults = outcome !== 'failed' && outcome !== 'expired';
  const buttons = hasResults ? [open, download] : [vscode.l10n.t('Show Jobs')];
  const show =
    outcome === 'success'
      ? vscode.window.showInformationMessage
      : outcome === 'failed' || outcome === 'expired'
        ? vscode.window.showErrorMessage
        : vscode.window.showWarningMessage;
  const chosen = await show(message, ...buttons);
  if (chosen === open) await runCommand('bedrock.results.open', { kind: 'run', runId: run.id });
  else if (chosen === download) {
    await runCommand('bedrock.results.download', { kind: 'run', runId: run.id });
  } else if (chosen) await vscode.commands.executeCommand('bedrock.jobs.focus');
}
