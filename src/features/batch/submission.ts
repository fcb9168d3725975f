import * as vscode from 'vscode';
import { jobArnsOf, type Run } from '../../core/batch/run.js';
import { discardRun } from '../../core/batch/discardRun.js';
import { submitRun, type SubmitPorts } from '../../core/batch/submitRun.js';
import { formatBytes } from '../../core/format.js';
import { signalFrom } from '../../platform/signal.js';
import type { RunEntry } from '../../io/ledger.js';
import type { Services } from '../../services.js';

type Needs = Pick<Services, 'ledger' | 'session' | 'tracker' | 'log'>;

/** Submits a new run: uploads it and creates its jobs, under a progress notification. */
export function startSubmission(services: Needs, run: Run): Promise<Run> {
  return services.ledger.start(run, (entry) => drive(services, entry));
}

/** Carries a run on that a kill or the network has stopped. Resolves with the submitted run. */
export function carryOnSubmission(services: Needs, runId: string): Promise<Run> {
  return services.ledger.change(runId, 'submit', (entry) => drive(services, entry));
}

/** Gives up a run that stopped half-way: its jobs are stopped and its objects removed. */
export function discardSubmission(services: Needs, runId: string): Promise<void> {
  return services.ledger.change(runId, 'discard', async ({ run, save }) => {
    const { storage, jobs } = await services.session.awsFor(run.connection);
    await discardRun(run, { storage, jobs, save, log: services.log });
  });
}

async function drive(services: Needs, entry: RunEntry): Promise<Run> {
  const { run } = entry;
  const submitted = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Submitting {0}', run.request.jobName),
      cancellable: true,
    },
    async (progress, token) =>
      submitRun(run, await submitPorts(services, entry, progress), signalFrom(token)),
  );
  services.tracker.follow(submitted.connection, jobArnsOf(submitted));
  return submitted;
}

type Report = vscode.Progress<{ message?: string; increment?: number }>;

async function submitPorts(
  services: Needs,
  { run, save }: RunEntry,
  progress: Report,
): Promise<SubmitPorts> {
  const { storage, jobs } = await services.session.awsFor(run.connection);
  const { openShard } = await import('../../io/dataset/shards/openShard.js');
  let shown = 0;
  return {
    storage,
    jobs,
    save,
    openShard: (entry, part) => openShard(entry.dataset.path, entry.dataset, part.shard),
    log: services.log,
    onProgress: ({ phase, bytesSent, bytesTotal }) => {
      const percent = bytesTotal === 0 ? 100 : (bytesSent / bytesTotal) * 100;
      progress.report({
        increment: percent - shown,
        message:
          phase === 'create'
            ? vscode.l10n.t('creating the job')
            : vscode.l10n.t(
                'uploading {0} of {1}',
                formatBytes(bytesSent),
                formatBytes(bytesTotal),
              ),
      });
      shown = percent;
    },
  };
}
