import { l10n } from 'vscode';
import { jobArnsOf, type Run } from '../../core/batch/run.js';
import { actionsOf, phaseOf } from '../../core/batch/runActions.js';
import { isSandboxArn } from '../../core/consolePage.js';
import { connectionLabel } from '../../core/connection.js';
import {
  hasResults,
  percentDone,
  sumCounters,
  worstOutcome,
  type Outcome,
} from '../../core/jobs/summary.js';
import { isTerminal, type Job, type JobCounters } from '../../core/jobs/types.js';
import { toFailure, type Failure } from '../../core/errors.js';
import { formatDuration } from '../../core/duration.js';
import { formatCount, formatTime } from '../../core/format.js';
import { plainMarkdown } from '../../core/markdown.js';
import { failureRow } from '../../platform/failureRow.js';
import { contextWords, type TreeItemData } from '../../platform/tree.js';
import type { JobsState, RunWithJobs } from './jobsModel.js';

/** What the Jobs view shows: plain data. */
export type JobNode =
  | {
      readonly kind: 'run';
      readonly runId: string;
      readonly run: Run;
      readonly jobs: readonly Job[];
      readonly gone: number;
      /** Set where the run's connection is not the one in use. */
      readonly isElsewhere?: boolean;
    }
  | { readonly kind: 'elsewhere'; readonly runs: readonly RunWithJobs[] }
  | { readonly kind: 'job'; readonly jobArn: string; readonly job: Job; readonly runId?: string }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** The view's top level: our runs, the connection's other jobs, and runs over other connections. */
export function rootNodes(state: JobsState): JobNode[] {
  const runs = state.runs.map((entry) => runNode(entry));
  const others = state.otherJobs.map((job): JobNode => ({ kind: 'job', jobArn: job.arn, job }));
  const error: JobNode[] = state.error
    ? [{ kind: 'failure', failure: toFailure(state.error) }]
    : [];
  const { elsewhere } = state;
  const more: JobNode[] = elsewhere.length > 0 ? [{ kind: 'elsewhere', runs: elsewhere }] : [];
  return [...error, ...runs, ...others, ...more];
}

function runNode({ run, jobs, gone }: RunWithJobs, isElsewhere = false): RunNode {
  return { kind: 'run', runId: run.id, run, jobs, gone, ...(isElsewhere && { isElsewhere }) };
}

/** What is below a run of several jobs, and below the runs of other connections. */
export function childNodes(node: JobNode): JobNode[] {
  if (node.kind === 'elsewhere') return node.runs.map((entry) => runNode(entry, true));
  if (node.kind !== 'run' || node.run.shards.length < 2) return [];
  return node.jobs.map((job) => ({ kind: 'job', jobArn: job.arn, job, runId: node.runId }));
}

/** What people call a model. */
type NameOf = (modelId: string) => string;

/** How a node looks. `now` is in milliseconds since the epoch. */
export function nodeItem(
  node: JobNode,
  now: number,
  nameOf: NameOf = (modelId) => modelId,
): TreeItemData {
  switch (node.kind) {
    case 'run':
      return runItem(node, now, nameOf);
    case 'job':
      return jobItem(node, now, nameOf);
    case 'elsewhere':
      return {
        id: 'elsewhere',
        label: l10n.t('Other connections'),
        description: runCount(node.runs.length),
        icon: 'folder',
        collapsible: 'collapsed',
        contextValue: contextWords('elsewhere', []),
      };
    case 'failure':
      return failureRow({
        id: 'failure',
        failure: node.failure,
        retry: 'bedrock.jobs.refresh',
      });
  }
}

type RunNode = Extract<JobNode, { kind: 'run' }>;
type JobOnly = Extract<JobNode, { kind: 'job' }>;

function runItem(node: RunNode, now: number, nameOf: NameOf): TreeItemData {
  const { run, jobs, gone } = node;
  const isKnown = jobs.length > 0;
  const facts = isKnown ? jobFacts(jobs, now, gone) : rememberedFacts(run, now);
  const isReadable = isKnown ? jobs.some(hasResults) : mayHaveResults(run);
  const isLive = run.state === 'submitted' && jobs.some((job) => !isTerminal(job.status));
  return {
    id: `run/${run.id}`,
    label: runLabel(run),
    description: node.isElsewhere
      ? `${connectionLabel(run.connection)} · ${facts.description}`
      : facts.description,
    tooltip: tooltip(runLabel(run), jobs, run, nameOf),
    icon: facts.icon,
    ...(facts.color ? { iconColor: facts.color } : {}),
    collapsible: run.shards.length > 1 ? 'collapsed' : 'none',
    contextValue: contextWords('run', [
      isLive ? 'live' : 'ended',
      isReadable ? 'results' : '',
      run.results ? 'downloaded' : '',
      phaseOf(run),
      ...(jobArnsOf(run).length > 0 ? ['jobs'] : []),
      run.connection.kind === 'sandbox' ? '' : 'console',
      ...actionsOf(run),
    ]),
    accessibilityLabel: `${runLabel(run)}, ${facts.description}`,
    ...(isReadable && !isLive
      ? { command: { id: 'bedrock.results.open', title: l10n.t('Open Results') } }
      : {}),
  };
}

/** What the ledger knows of a run that AWS was not asked for in this window. */
function mayHaveResults({ outcome, counters = {} }: Run): boolean {
  if (outcome === undefined || ['failed', 'expired', 'gone'].includes(outcome)) return false;
  return counters.success !== 0 || counters.error !== 0;
}

function jobItem({ job, runId }: JobOnly, now: number, nameOf: NameOf): TreeItemData {
  const facts = jobFacts([job], now);
  const isLive = !isTerminal(job.status);
  return {
    id: `job/${job.arn}`,
    label: job.name || job.id,
    description: facts.description,
    tooltip: tooltip(job.name || job.id, [job], undefined, nameOf),
    icon: facts.icon,
    ...(facts.color ? { iconColor: facts.color } : {}),
    contextValue: contextWords('job', [
      isLive ? 'live' : 'ended',
      hasResults(job) ? 'results' : '',
      'jobs',
      isSandboxArn(job.arn) ? '' : 'console',
      runId ? 'own' : 'other',
    ]),
    accessibilityLabel: `${job.name || job.id}, ${facts.description}`,
  };
}

/** A run is known by its dataset: job names are long and end in a time. */
export function runLabel(run: Run): string {
  const { path, table } = run.dataset;
  return (table?.path ?? path).split(/[\\/]/).at(-1) ?? run.request.jobName;
}

interface Facts {
  readonly description: string;
  readonly icon: string;
  readonly color?: string;
}

/** What the ledger knows, where AWS has not been asked in this window. */
function rememberedFacts(run: Run, now: number): Facts {
  const { outcome, endedAt, counters = {} } = run;
  if (!outcome || !endedAt) return submissionFacts(run);
  const age = l10n.t('{0} ago', formatDuration(now - Date.parse(endedAt)));
  return {
    description: `${shortOutcome(outcome, counters)} · ${age}`,
    ...outcomeIcon(outcome),
  };
}

function submissionFacts(run: Run): Facts {
  switch (run.state) {
    case 'submitting':
      return { description: l10n.t('submitting'), icon: 'sync~spin' };
    case 'submitted':
      return { description: l10n.t('submitted'), icon: 'clock' };
    case 'interrupted':
      return {
        description: l10n.t('interrupted: {0}', run.error ?? ''),
        icon: 'debug-disconnect',
        color: 'list.warningForeground',
      };
    case 'cancelled':
      return { description: l10n.t('cancelled'), icon: 'circle-slash' };
    case 'failed':
      return {
        description: l10n.t('not submitted: {0}', run.error ?? ''),
        icon: 'error',
        color: 'list.errorForeground',
      };
  }
}

function jobFacts(jobs: readonly Job[], now: number, gone = 0): Facts {
  const outcome = worstOutcome(jobs, gone);
  const counters = sumCounters(jobs);
  const age = ageOf(jobs, now);
  if (outcome) {
    return {
      description: [shortOutcome(outcome, counters), age].filter(Boolean).join(' · '),
      ...outcomeIcon(outcome),
    };
  }
  const status = jobs.find((job) => !isTerminal(job.status))?.status ?? '';
  const percent = percentDone(counters);
  // The side bar is narrow: what changes comes first, and the icon says the rest.
  const parts =
    percent === undefined || status !== 'InProgress'
      ? [statusText(status), countersText(counters), expiryText(jobs, now)]
      : [`${percent} %`, countersText(counters)];
  return {
    description: parts.filter(Boolean).join(' · '),
    icon: status === 'Submitted' || status === 'Scheduled' ? 'clock' : 'sync~spin',
  };
}

function runCount(count: number): string {
  return count === 1 ? l10n.t('1 run') : l10n.t('{0} runs', formatCount(count));
}

function countersText(counters: JobCounters): string {
  const { total, processed, error } = counters;
  if (!total || processed === undefined) return '';
  const done = l10n.t('{0} of {1}', formatCount(processed), formatCount(total));
  return error ? `${done}, ${errorCount(error)}` : done;
}

/** `1 error`, `12 errors`, `? errors` where the number is not known. */
export function errorCount(count: number | undefined): string {
  if (count === 1) return l10n.t('1 error');
  return l10n.t('{0} errors', count === undefined ? '?' : formatCount(count));
}

function answerCount(count: number | undefined): string {
  if (count === 1) return l10n.t('1 answer');
  return l10n.t('{0} answers', count === undefined ? '?' : formatCount(count));
}

/** What the tree shows beside the outcome's icon. */
function shortOutcome(outcome: Outcome, counters: JobCounters): string {
  if (outcome !== 'success' && outcome !== 'withErrors') return outcomeText(outcome, counters);
  const counts = answerCount(counters.success);
  return counters.error ? `${counts}, ${errorCount(counters.error)}` : counts;
}

function ageOf(jobs: readonly Job[], now: number): string {
  const end = jobs
    .map((job) => job.endTime ?? job.lastModifiedTime ?? job.submitTime)
    .sort()
    .at(-1);
  return end ? l10n.t('{0} ago', formatDuration(now - Date.parse(end))) : '';
}

/** A job that has not begun by its expiration is lost: say how long that is. */
function expiryText(jobs: readonly Job[], now: number): string {
  const waiting = jobs.find((job) => job.status === 'Scheduled' || job.status === 'Submitted');
  if (!waiting?.expirationTime) return '';
  return l10n.t('expires in {0}', formatDuration(Date.parse(waiting.expirationTime) - now));
}

/** AWS's status in words. */
export function statusText(status: string): string {
  switch (status) {
    case 'Submitted':
      return l10n.t('submitted');
    case 'Validating':
      return l10n.t('validating');
    case 'Scheduled':
      return l10n.t('waiting for capacity');
    case 'InProgress':
      return l10n.t('in progress');
    case 'Stopping':
      return l10n.t('stopping');
    default:
      return status;
  }
}

/** How something ended, in words, with its counts. */
export function outcomeText(outcome: Outcome, counters: JobCounters): string {
  const answers = answerCount(counters.success);
  const errors = errorCount(counters.error);
  switch (outcome) {
    case 'success':
      return l10n.t('completed, {0}', answers);
    case 'withErrors':
      return l10n.t('completed with errors: {0}, {1}', answers, errors);
    case 'partial':
      return l10n.t('partially completed: {0}, {1}', answers, errors);
    case 'failed':
      return l10n.t('failed');
    case 'stopped':
      return l10n.t('stopped, {0}', answers);
    case 'expired':
      return l10n.t('expired before it began');
    case 'gone':
      return l10n.t('AWS does not know the job any more');
  }
}

/** Icon and colour of an outcome. Completed with errors does not look like success. */
export function outcomeIcon(outcome: Outcome): { icon: string; color: string } {
  switch (outcome) {
    case 'success':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'withErrors':
    case 'partial':
      return { icon: 'warning', color: 'list.warningForeground' };
    case 'failed':
    case 'expired':
    case 'gone':
      return { icon: 'error', color: 'list.errorForeground' };
    case 'stopped':
      return { icon: 'circle-slash', color: 'disabledForeground' };
  }
}

function tooltip(name: string, jobs: readonly Job[], run: Run | undefined, nameOf: NameOf): string {
  const rows: [string, string][] = [];
  const add = (label: string, value: string | undefined) => {
    if (value) rows.push([label, plainMarkdown(value)]);
  };
  const job = jobs[0];
  const counters = sumCounters(jobs);
  add(l10n.t('Connection'), run && connectionLabel(run.connection));
  add(l10n.t('Job name'), run?.request.jobName);
  const modelId = run?.request.modelId ?? job?.modelId;
  add(l10n.t('Model'), modelId && nameOf(modelId));
  add(l10n.t('Status'), jobs.map(({ status }) => status).join(', '));
  add(l10n.t('Records'), countOrUnknown(counters.total));
  add(l10n.t('Processed'), countOrUnknown(counters.processed));
  add(l10n.t('Answers'), countOrUnknown(counters.success));
  add(l10n.t('Errors'), countOrUnknown(counters.error));
  add(l10n.t('Submitted'), timeOf(job?.submitTime ?? run?.createdAt));
  add(l10n.t('Ended'), timeOf(job?.endTime));
  if (job && !isTerminal(job.status)) add(l10n.t('Expires'), timeOf(job.expirationTime));
  add(l10n.t('Output'), run?.request.outputS3Uri ?? job?.outputS3Uri);
  add(l10n.t('Table'), run?.dataset.table?.path);
  add(l10n.t('Dataset'), run?.dataset.path);
  add(l10n.t('Message'), job?.message ?? run?.error);
  const table = rows.map(([label, value]) => `| ${label} | ${value} |`).join('\n');
  return `**${plainMarkdown(name)}**\n\n| | |\n|:--|:--|\n${table}`;
}

function timeOf(iso: string | undefined): string | undefined {
  return iso ? formatTime(iso) : undefined;
}

function countOrUnknown(count: number | undefined): string {
  return count === undefined ? l10n.t('unknown') : formatCount(count);
}

/** The status bar's tooltip: a table of what is running. */
export function runsTable(runs: readonly RunWithJobs[], now: number): string {
  const rows = runs.map(({ run, jobs }) => {
    const facts = jobs.length > 0 ? jobFacts(jobs, now) : submissionFacts(run);
    return `| ${plainMarkdown(runLabel(run))} | ${plainMarkdown(facts.description)} |`;
  });
  return [`| ${l10n.t('Run')} | ${l10n.t('Status')} |`, '|:--|:--|', ...rows].join('\n');
}
