import * as vscode from 'vscode';
import { type Run } from '../../core/batch/run.js';
import { discardRun } from '../../core/batch/discardRun.js';
import { submitRun, type SubmitPorts } from '../../core/batch/submitRun.js';
import { AppError } from '../../core/errors.js';
import { formatBytes } from '../../core/format.js';
import { signalFrom } from '../../platform/signal.js';
import type { Services } from '../../services.js';

type Needs = Pick<Services, 'ledger' | 'session' | 'tracker' | 'log'>;

/**
 * Carries a run on to its end under a progress notification, holding its lock so that no other window
 * does the same. Resolves with the submitted run.
 */
export async function driveSubmission(services: Needs, run: Run): Promise<Run> {
  const lock = await services.ledger.lock(run.id);
  if (!lock) {
    throw new AppError(
      'conflict',
      vscode.l10n.t('Another window is submitting this run. Follow it there.'),
    );
  }
  try {
    const submitted = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Submitting {0}', run.request.jobName),
        cancellable: true,
      },
      async (progress, token) => {
        // Another window may have carried it on before the lock was ours.
        const entry = (await services.ledger.load(run.id)) ?? run;
        const ports = await submitPorts(services, entry, progress);
        return submitRun(entry, ports, signalFrom(token));
      },
    );
    services.tracker.follow(
      submitted.connection,
      submitted.shards.flatMap((part) => part.jobArn ?? []),
    );
    return submitted;
  } finally {
    await lock.release();
  }
}

/** Gives up a run that stopped half-way: its jobs are stopped and its objects removed. */
export async function discardSubmission(services: Needs, run: Run): Promise<void> {
  const lock = await services.ledger.lock(run.id);
  if (!lock) {
    throw new AppError(
      'conflict',
      vscode.l10n.t('Another window is submitting this run. Cancel it there.'),
    );
  }
  try {
    const { storage, jobs } = await services.session.awsFor(run.connection);
    const save = (entry: Run) => services.ledger.save(entry);
    await discardRun(run, { storage, jobs, save, log: services.log });
  } finally {
    await lock.release();
  }
}

type Report = vscode.Progress<{ message?: string; increment?: number }>;

async function submitPorts(services: Needs, run: Run, progress: Report): Promise<SubmitPorts> {
  const { storage, jobs } = await services.session.awsFor(run.connection);
  const { openShard } = await import('../../io/dataset/shards/openShard.js');
  let shown = 0;
  return {
    storage,
    jobs,
    save: (entry) => services.ledger.save(entry),
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
