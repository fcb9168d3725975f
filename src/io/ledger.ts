import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRun, type Run } from '../core/batch/run.js';
import { Emitter, type Disposable } from '../core/lifecycle.js';
import type { Logger } from '../core/log.js';
import { atomicWrite } from '../node/files/atomicWrite.js';
import { isMissing } from '../node/files/fileErrors.js';
import { acquireLock, type FileLock } from '../node/files/fileLock.js';

/**
 * The runs of this machine, one JSON file each, shared by all windows. An entry is on disk before the
 * effect it announces, so a window that starts later can carry on.
 */
export class Ledger implements Disposable {
  private readonly changes = new Emitter<Run>();
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

  /** Writes the entry; resolves when it is on disk. */
  async save(run: Run): Promise<void> {
    await atomicWrite(this.file(run.id), `${JSON.stringify(run, undefined, 2)}\n`);
    this.changes.fire(run);
  }

  /** Forgets a run: its jobs and results stay where they are. */
  async remove(run: Run): Promise<void> {
    await rm(this.file(run.id), { force: true });
    this.changes.fire(run);
  }

  /** The right to drive a run; undefined while another window has it. */
  async lock(id: string): Promise<FileLock | undefined> {
    await mkdir(this.folder, { recursive: true });
    return acquireLock(join(this.folder, `${id}.lock`));
  }

  dispose(): void {
    this.changes.dispose();
  }

  private file(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
