import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { delay } from '../core/async.js';
import { assertAllowed, type RunAction } from '../core/batch/runActions.js';
import { parseRun, type Run } from '../core/batch/run.js';
import { AppError, isAppError } from '../core/errors.js';
import { Emitter, type Disposable } from '../core/lifecycle.js';
import type { Logger } from '../core/log.js';
import { atomicWrite } from '../node/files/atomicWrite.js';
import { isMissing } from '../node/files/fileErrors.js';
import { acquireLock, type FileLock } from '../node/files/fileLock.js';

/** A run while it is changed: its lock is held, and its content is that of the disk. */
export interface RunEntry {
  readonly run: Run;
  /** Writes the run as it is now; resolves when it is on disk. */
  readonly save: () => Promise<void>;
}

/** An entry was written; without a run it was removed. */
export interface LedgerChange {
  readonly id: string;
  readonly run?: Run;
}

/** How long a short change waits for another window's, milliseconds. */
const patienceMs = 5_000;

/**
 * The runs of this machine, one JSON file each, shared by all windows. An entry is on disk before the
 * effect it announces, so a window that starts later can carry on.
 *
 * There is one gate: whoever changes a run takes its lock, reads it again, and goes on only where its
 * state allows the action (`runActions.ts`). Nothing else writes an entry.
 */
export class Ledger implements Disposable {
  private readonly changes = new Emitter<LedgerChange>();
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly folder: string,
    private readonly log: Logger,
  ) {}

  /** All readable runs, newest first. A file that cannot be read is logged and left alone. */
  async list(): Promise<Run[]> {
    const names = await readdir(this.folder).catch(() => [] as string[]);
    const runs: Run[] = [];
    for (const name of names.filter((entry) => entry.endsWith('.json'))) {
      const run = await this.load(name.slice(0, -'.json'.length));
      if (run) runs.push(run);
    }
    return runs.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  async load(id: string): Promise<Run | undefined> {
    try {
      const run = parseRun(JSON.parse(await readFile(this.file(id), 'utf8')));
      if (!run) this.log.warn('a ledger entry has an unknown form', { id });
      return run;
    } catch (error) {
      if (!isMissing(error)) this.log.warn('a ledger entry cannot be read', { id, error });
      return undefined;
    }
  }

  /** Writes a new run down and does the work on it, in one go. */
  start<T>(run: Run, work: (entry: RunEntry) => Promise<T>): Promise<T> {
    return this.locked(run.id, 0, async () => {
      const entry = this.entryOf(run);
      await entry.save();
      return work(entry);
    });
  }

  /**
   * The gate. `work` changes the run and saves it, as often as it announces an effect.
   * @throws AppError `conflict` where another window works on the run, or its state does not allow the
   * action; `notFound` where it is gone.
   */
  change<T>(
    id: string,
    action: RunAction,
    work: (entry: RunEntry) => Promise<T>,
    { waitMs = action === 'submit' || action === 'discard' ? 0 : patienceMs } = {},
  ): Promise<T> {
    return this.locked(id, waitMs, async () => {
      const run = await this.load(id);
      if (!run) throw gone(id);
      assertAllowed(run, action);
      return work(this.entryOf(run));
    });
  }

  /** Forgets a run: its jobs and results stay where they are. */
  remove(id: string): Promise<void> {
    return this.change(id, 'remove', async () => {
      await rm(this.file(id), { force: true });
      this.changes.fire({ id });
    });
  }

  dispose(): void {
    this.changes.dispose();
  }

  private entryOf(run: Run): RunEntry {
    return {
      run,
      save: async () => {
        await atomicWrite(this.file(run.id), `${JSON.stringify(run, undefined, 2)}\n`);
        this.changes.fire({ id: run.id, run });
      },
    };
  }

  private async locked<T>(id: string, waitMs: number, work: () => Promise<T>): Promise<T> {
    const lock = await this.lock(id, waitMs);
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }

  private async lock(id: string, waitMs: number): Promise<FileLock> {
    await mkdir(this.folder, { recursive: true });
    const path = join(this.folder, `${id}.lock`);
    const end = Date.now() + waitMs;
    for (;;) {
      const lock = await acquireLock(path);
      if (lock) return lock;
      if (Date.now() >= end) throw busy();
      await delay(50);
    }
  }

  private file(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}

function busy(): AppError {
  return new AppError(
    'conflict',
    l10n.t('Another window is working on this run. Follow it there, or try again when it is done.'),
    { action: 'retry', details: { gate: 'locked' } },
  );
}

/** True where the gate was shut: another window works on the run, or has done so meanwhile. */
export function isGateShut(error: unknown): boolean {
  return isAppError(error) && error.details['gate'] !== undefined;
}

function gone(id: string): AppError {
  return new AppError(
    'notFound',
    l10n.t('The run {0} is not in the ledger any more. Refresh the Jobs view.', id),
    { details: { gate: 'gone' } },
  );
}
