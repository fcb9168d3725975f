import * as vscode from 'vscode';
import { jobArnsOf, type Run } from '../../core/batch/run.js';
import { phaseOf } from '../../core/batch/runActions.js';
import { jobConsoleUrl } from '../../core/consolePage.js';
import { AppError } from '../../core/errors.js';
import { formatTime } from '../../core/format.js';
import { stopJob } from '../../core/jobs/stopJob.js';
import { isTerminal } from '../../core/jobs/types.js';
import { nameWithId } from '../../core/models/modelFacts.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import type { JobReference } from '../../platform/commandArguments.js';
import { registerCommands, type CommandHandlers } from '../../platform/commands.js';
import type { ListedJob } from '../../platform/commandTable.js';
import { setContextKey } from '../../platform/contextKeys.js';
import { cancelled, pick } from '../../platform/quickInput.js';
import { Tree } from '../../platform/tree.js';
import type { Services } from '../../services.js';
import { downloadCommand } from './downloadCommand.js';
import { childNodes, nodeItem, rootNodes, type JobNode } from './jobNodes.js';
import { findRun } from './jobReference.js';
import { createJobStatusBar } from './jobStatusBar.js';
import { JobsModel } from './jobsModel.js';
import { createRunEndedNotifier } from './runEnded.js';

type Needs = Pick<
  Services,
  'session' | 'ledger' | 'tracker' | 'log' | 'report' | 'config' | 'distFile' | 'models'
>;

/** The Jobs view, the status bar item, the notification at the end, and the commands on jobs. */
export function registerJobs(services: Needs): Disposable {
  const { session, tracker, models, report } = services;
  const known = () => session.current && models.known(session.current)?.catalogue;
  const store = new DisposableStore();
  const model = store.add(new JobsModel(services));
  store.add(createJobStatusBar(model));
  store.add(createRunEndedNotifier(services, model, report));
  const tree = store.add(
    new Tree<JobNode>({
      children: (node) => {
        if (node) return childNodes(node);
        return session.current ? rootNodes(model.state(session.current)) : [];
      },
      toItem: (node) => nodeItem(node, Date.now(), (modelId) => nameWithId(modelId, known())),
    }),
  );
  const view = store.add(
    vscode.window.createTreeView('bedrock.jobs', {
      treeDataProvider: tree,
      showCollapseAll: false,
    }),
  );
  store.add(
    model.onDidChange(() => {
      const nodes = session.current ? rootNodes(model.state(session.current)) : [];
      setContextKey('bedrock.hasJobs', nodes.length > 0);
      tree.refresh();
    }),
  );
  // A person who looks at the view wants the connection's jobs; nobody looks, nothing is asked.
  store.add(
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && session.current) void tracker.refresh(session.current);
    }),
  );
  store.add(
    session.onDidChange((connection) => {
      if (view.visible && connection) void tracker.refresh(connection);
    }),
  );
  // Another window may have started or ended runs meanwhile.
  store.add(
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void model.load().catch(report);
    }),
  );
  store.add(registerCommands(jobCommands(services, model), report));
  const timer = setTimeout(() => void model.load().catch(report), 200);
  store.add({
    dispose: () => {
      clearTimeout(timer);
    },
  });
  return store;
}

function jobCommands(services: Needs, model: JobsModel): CommandHandlers {
  const { session, tracker } = services;
  return {
    'bedrock.jobs.list': async ([{ refresh = false } = {}]) => {
      const connection = await session.require();
      const known = tracker.snapshot(connection);
      const snapshot =
        refresh || known.seenAt === undefined ? await tracker.refresh(connection) : known;
      if (snapshot.error) throw snapshot.error;
      await model.load();
      return snapshot.jobs.map((job): ListedJob => {
        const runId = model.runOfJob(job.arn)?.id;
        return runId ? { ...job, runId } : job;
      });
    },
    'bedrock.jobs.refresh': async () => {
      await model.load();
      const connection = await session.require();
      const { error } = await tracker.refresh(connection);
      if (error) throw error;
    },
    'bedrock.jobs.stop': async ([given], { isPerson }) => {
      await stopJobs(services, given ?? { runId: await pickLiveRun(model) }, isPerson);
    },
    'bedrock.jobs.copyArn': async ([reference]) => {
      const arns = await arnsOf(services, reference);
      await vscode.env.clipboard.writeText(arns.join('\n'));
    },
    'bedrock.jobs.openInConsole': async ([reference]) => {
      const [arn] = await arnsOf(services, reference);
      if (arn) await vscode.env.openExternal(vscode.Uri.parse(jobConsoleUrl(arn)));
    },
    'bedrock.jobs.remove': async ([reference], caller) => {
      const run = await findRun(services, reference);
      if (!run) throw noSuchRun();
      const isRunning = phaseOf(run) === 'running';
      if (isRunning && caller.isPerson && !(await confirmRemove(run.request.jobName))) return;
      await services.ledger.remove(run.id);
      tracker.forget(jobArnsOf(run));
    },
    'bedrock.results.download': async ([given, options = {}], caller) => {
      const reference = given ?? { runId: await pickEndedRun(model) };
      return downloadCommand(services, reference, options, caller);
    },
  };
}

async function arnsOf(services: Needs, reference: JobReference): Promise<string[]> {
  if ('jobArn' in reference) return [reference.jobArn];
  const run = await findRun(services, reference);
  if (!run) throw noSuchRun();
  const arns = jobArnsOf(run);
  if (arns.length > 0) return arns;
  throw new AppError(
    'conflict',
    vscode.l10n.t('{0} has no job: its submission did not come that far.', run.request.jobName),
  );
}

function noSuchRun(): AppError {
  return new AppError('notFound', vscode.l10n.t('There is no such run. Refresh the Jobs view.'));
}

async function confirmRemove(name: string): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove {0} from the list?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Its job goes on and is billed, and nobody is told of its end. Stop it first if it should not.',
      ),
    },
    remove,
  );
  return chosen === remove;
}

/** Stops what still runs. A job that ended meanwhile is what the person wanted: no error. */
async function stopJobs(
  services: Needs,
  reference: JobReference,
  isPerson: boolean,
): Promise<void> {
  const run = await findRun(services, reference);
  const connection = run ? run.connection : await services.session.require();
  const { jobs } = await services.session.awsFor(connection);
  const arns = await arnsOf(services, reference);
  if (isPerson && !(await confirmStop(run?.request.jobName ?? arns[0] ?? ''))) return;
  for (const arn of arns) {
    const known = services.tracker.find(arn);
    if (known && isTerminal(known.status)) continue;
    await stopJob(jobs, arn);
  }
  services.tracker.follow(connection, arns);
  await services.tracker.refresh(connection);
}

async function confirmStop(name: string): Promise<boolean> {
  const stop = vscode.l10n.t('Stop');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Stop {0}?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Records that are already processed stay and are billed. The others are not processed.',
      ),
    },
    stop,
  );
  return chosen === stop;
}

function pickLiveRun(model: JobsModel): Promise<string> {
  const runs = model.allRuns().filter(({ jobs }) => jobs.some((job) => !isTerminal(job.status)));
  return pickRun(
    runs.map(({ run }) => run),
    vscode.l10n.t('No job is running.'),
  );
}

function pickEndedRun(model: JobsModel): Promise<string> {
  const runs = model.allRuns().filter(({ run }) => run.state === 'submitted');
  return pickRun(
    runs.map(({ run }) => run),
    vscode.l10n.t('There is no run with results yet.'),
  );
}

async function pickRun(runs: readonly Run[], none: string): Promise<string> {
  if (runs.length === 0) {
    // Nothing went wrong: there is nothing to do.
    void vscode.window.showInformationMessage(none);
    throw cancelled();
  }
  return pick<string>({
    title: vscode.l10n.t('Choose a Run'),
    items: runs.map((run) => ({
      label: run.request.jobName,
      description: formatTime(run.createdAt),
      value: run.id,
    })),
  });
}
