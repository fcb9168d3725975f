import * as vscode from 'vscode';
import { liveJobs, percentDone, sumCounters, worstOutcome } from '../../core/jobs/summary.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { formatCount } from '../../core/format.js';
import {
  errorCount,
  outcomeIcon,
  outcomeText,
  runLabel,
  runsTable,
  statusText,
} from './jobNodes.js';
import type { JobsModel, RunWithJobs } from './jobsModel.js';

/** How long an outcome stays in the status bar, milliseconds. */
const outcomeMs = 20_000;

/** One item: spinner with percent and counts while jobs run, the outcome for a while, then hidden. */
export function createJobStatusBar(model: JobsModel): Disposable {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem('bedrock.jobs', vscode.StatusBarAlignment.Left, 9),
  );
  item.name = vscode.l10n.t('Bedrock Batch Jobs');
  item.command = 'bedrock.jobs.focus';
  let shownRuns = new Set<string>();
  let hideTimer: NodeJS.Timeout | undefined;
  const render = () => {
    const running = model.allRuns().filter(isRunning);
    if (running.length > 0) {
      clearTimeout(hideTimer);
      hideTimer = undefined;
      shownRuns = new Set(running.map(({ run }) => run.id));
      show(runningText(running), runsTable(running, Date.now()));
    } else if (shownRuns.size > 0) {
      const ended = model.allRuns().filter(({ run }) => shownRuns.has(run.id));
      shownRuns = new Set();
      const text = endedText(ended);
      if (!text) {
        item.hide();
        return;
      }
      show(text, runsTable(ended, Date.now()));
      hideTimer = setTimeout(() => {
        item.hide();
      }, outcomeMs);
    } else if (!hideTimer) item.hide();
  };
  const show = (text: string, table: string) => {
    item.text = text;
    item.tooltip = new vscode.MarkdownString(table, true);
    item.accessibilityInformation = { label: text.replace(/\$\([^)]*\)\s*/g, '') };
    item.show();
  };
  store.add(model.onDidChange(render));
  store.add({
    dispose: () => {
      clearTimeout(hideTimer);
    },
  });
  render();
  return store;
}

/** A run that somebody waits for: being submitted, or with a live job, or not looked at yet. */
export function isRunning({ run, jobs, gone }: RunWithJobs): boolean {
  if (run.state === 'submitting') return true;
  if (run.state !== 'submitted' || run.endedAt) return false;
  return jobs.length + gone < run.shards.length || liveJobs(jobs).length > 0;
}

function runningText(running: readonly RunWithJobs[]): string {
  const jobs = running.flatMap((entry) => entry.jobs);
  const counters = sumCounters(jobs);
  const percent = percentDone(counters);
  const name =
    running.length === 1 && running[0]
      ? runLabel(running[0].run)
      : vscode.l10n.t('{0} runs', running.length);
  const status = liveJobs(jobs)[0]?.status;
  if (percent === undefined || counters.total === undefined) {
    return `$(sync~spin) ${name}: ${status ? statusText(status) : vscode.l10n.t('submitting')}`;
  }
  const done = vscode.l10n.t(
    '{0} of {1}',
    formatCount(counters.processed ?? 0),
    formatCount(counters.total),
  );
  const errors = counters.error ? `, ${errorCount(counters.error)}` : '';
  return `$(sync~spin) ${name}: ${percent} % (${done}${errors})`;
}

function endedText(ended: readonly RunWithJobs[]): string | undefined {
  const jobs = ended.flatMap((entry) => entry.jobs);
  const outcome = worstOutcome(
    jobs,
    ended.reduce((sum, { gone }) => sum + gone, 0),
  );
  if (!outcome) return undefined;
  const name =
    ended.length === 1 && ended[0]
      ? runLabel(ended[0].run)
      : vscode.l10n.t('{0} runs', ended.length);
  return `$(${outcomeIcon(outcome).icon}) ${name}: ${outcomeText(outcome, sumCounters(jobs))}`;
}
