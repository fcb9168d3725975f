import { join } from 'node:path';
import * as vscode from 'vscode';
import { parseS3Uri } from '../../core/batch/names.js';
import { jobArnsOf, type Run } from '../../core/batch/run.js';
import type { Connection } from '../../core/connection.js';
import { AppError } from '../../core/errors.js';
import { isTerminal, type Job } from '../../core/jobs/types.js';
import { formatBytes } from '../../core/format.js';
import type { JobReference } from '../../platform/commandArguments.js';
import type { Caller } from '../../platform/commands.js';
import type { Downloaded } from '../../platform/commandTable.js';
import { signalFrom } from '../../platform/signal.js';
import type { Services } from '../../services.js';
import { findRun } from './jobReference.js';
import { askFolder, defaultFolder } from './resultsFolder.js';

type Needs = Pick<Services, 'config' | 'session' | 'ledger' | 'log' | 'distFile'>;

interface Source {
  readonly name: string;
  readonly connection: Connection;
  readonly run?: Run;
  readonly jobArns: readonly string[];
}

/** `bedrock.results.download`: the output of a run or a job, into a folder, with counts. */
export async function downloadCommand(
  services: Needs,
  reference: JobReference,
  { folder: given }: { readonly folder?: string | undefined },
  { isPerson }: Caller,
): Promise<Downloaded> {
  const source = await findSource(services, reference);
  const suggested = defaultFolder(services, source.name, source.run?.dataset.path);
  const folder = given ?? (isPerson ? await askFolder(suggested) : suggested);
  const files = await download(services, source, folder);
  if (source.run) await rememberFolder(services, source.run, folder);
  const counts = await countResults(services, files, source.run);
  services.log.info('results downloaded', { folder, files: files.length });
  return { folder, files, ...counts };
}

async function findSource(services: Needs, reference: JobReference): Promise<Source> {
  const run = await findRun(services, reference);
  if (run) {
    const jobArns = 'jobArn' in reference ? [reference.jobArn] : jobArnsOf(run);
    return { name: run.request.jobName, connection: run.connection, run, jobArns };
  }
  const { current } = services.session;
  if (!('jobArn' in reference) || !current) {
    throw new AppError(
      'notFound',
      vscode.l10n.t('There is no such run or job. Refresh the Jobs view.'),
    );
  }
  const name = reference.jobArn.slice(reference.jobArn.lastIndexOf('/') + 1);
  return { name, connection: current, jobArns: [reference.jobArn] };
}

async function download(services: Needs, source: Source, folder: string): Promise<string[]> {
  const { storage, jobs } = await services.session.awsFor(source.connection);
  const { downloadResults } = await import('../../io/results/downloadResults.js');
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Downloading the results of {0}', source.name),
      cancellable: true,
    },
    async (progress, token) => {
      const signal = signalFrom(token);
      const files: string[] = [];
      for (const arn of source.jobArns) {
        const job = await jobs.get(arn, signal);
        const place = outputPlace(job);
        const target = source.jobArns.length > 1 ? join(folder, job.id) : folder;
        const found = await downloadResults(
          storage,
          {
            ...place,
            folder: target,
            onRenamed: (key, file) => {
              services.log.warn('an object is saved under another name', { key, file });
            },
            onProgress: (done, total) => {
              progress.report({
                message: vscode.l10n.t('{0} of {1}', formatBytes(done), formatBytes(total)),
              });
            },
          },
          signal,
        );
        files.push(...found);
      }
      if (files.length === 0) throw nothingThere(source);
      return files;
    },
  );
}

/** Results are in a folder named after the job id below the output location, whatever Get returns. */
function outputPlace(job: Job): { readonly bucket: string; readonly prefix: string } {
  if (!isTerminal(job.status)) {
    throw new AppError(
      'conflict',
      vscode.l10n.t('{0} has not ended yet. Wait for it, or stop it first.', job.name),
    );
  }
  const place = parseS3Uri(job.outputS3Uri);
  if (!place) {
    throw new AppError('invalidInput', vscode.l10n.t('The job has no output location in S3.'));
  }
  const prefix = place.key === '' ? '' : `${place.key.replace(/\/$/, '')}/`;
  return { bucket: place.bucket, prefix: `${prefix}${job.id}/` };
}

function nothingThere(source: Source): AppError {
  return new AppError(
    'notFound',
    vscode.l10n.t(
      '{0} has left no results. A job that failed its validation or expired writes none.',
      source.name,
    ),
  );
}

function rememberFolder(services: Needs, run: Run, folder: string): Promise<void> {
  return services.ledger.change(run.id, 'rememberResults', ({ run: entry, save }) => {
    entry.results = { folder, downloadedAt: new Date().toISOString() };
    return save();
  });
}

async function countResults(
  services: Needs,
  files: readonly string[],
  run: Run | undefined,
): Promise<Pick<Downloaded, 'success' | 'errors' | 'missing'>> {
  const { countOutputs } = await import('../../io/results/countOutputs.js');
  return countOutputs(files, run?.dataset, services.distFile('resultIndexWorker.js'));
}
