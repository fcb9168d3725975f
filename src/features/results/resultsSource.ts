import * as vscode from 'vscode';
import type { Run } from '../../core/batch/run.js';
import type { Connection } from '../../core/connection.js';
import { formatTime } from '../../core/format.js';
import type { ResultSource } from '../../core/results/readOutput.js';
import { isThere } from '../../node/files/atomicWrite.js';
import { run as runCommand } from '../../platform/commands.js';
import { cancelled, pick } from '../../platform/quickInput.js';
import type { Services } from '../../services.js';

/** What a results view shows: a run of the ledger, or a folder or file on disk. */
export interface ResultsLocation extends ResultSource {
  /** The run's id or the path; enough to find the rest again after a reload. */
  readonly source: string;
  /** Folder or output file. */
  readonly path: string;
  readonly jobName: string;
  /** Absent where no run of the ledger is known. */
  readonly runId?: string;
  readonly connection?: Connection;
  /** The dataset, where the run is known: says which records are missing, and their order. */
  readonly input?: { readonly path: string; readonly bytes: number };
  /** What ids the run gave to records without one. */
  readonly generatedIdPrefix?: string | undefined;
}

/** Finds the files of a run id or path; downloads a run's results where that was not done. */
export async function locateResults(
  services: Pick<Services, 'ledger'>,
  source: string,
): Promise<ResultsLocation> {
  const runs = await services.ledger.list();
  const run =
    runs.find((candidate) => candidate.id === source) ??
    runs.find(({ results }) => results !== undefined && isWithin(source, results.folder));
  if (!run) return { source, path: source, jobName: basename(source) };
  return {
    source,
    path: run.id === source ? await folderOf(run) : source,
    jobName: run.request.jobName,
    runId: run.id,
    connection: run.connection,
    modelId: run.request.modelId,
    invocationType: run.request.invocationType,
    input: { path: run.dataset.path, bytes: run.dataset.fingerprint.bytes },
    generatedIdPrefix: run.dataset.generatedIdPrefix,
  };
}

async function folderOf(run: Run): Promise<string> {
  // A folder that was deleted since is downloaded again.
  if (run.results && (await isThere(run.results.folder))) return run.results.folder;
  return (await runCommand('bedrock.results.download', run.id)).folder;
}

/** Asks for a run with results, or for a folder. */
export async function askSource(services: Pick<Services, 'ledger'>): Promise<string> {
  const runs = (await services.ledger.list()).filter(({ results }) => results !== undefined);
  const chosen = await pick<string | undefined>({
    title: vscode.l10n.t('Open Results'),
    placeholder: vscode.l10n.t('The run whose results to open'),
    items: [
      ...runs.map((run) => ({
        label: run.request.jobName,
        description: formatTime(run.createdAt),
        value: run.id,
      })),
      { label: vscode.l10n.t('$(folder-opened) Another folder…'), value: undefined },
    ],
  });
  if (chosen !== undefined) return chosen;
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: true,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Open Results'),
  });
  if (!picked?.[0]) throw cancelled();
  return picked[0].fsPath;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`);
}

function basename(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}
