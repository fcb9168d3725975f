import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../core/errors.js';
import { isMissing } from './atomicFile.js';

export interface FolderLock {
  release(): Promise<void>;
}

/** Folders this process holds: its own pid in the file would not tell two sandboxes apart. */
const held = new Set<string>();

/** Keeps two sandboxes from running the same jobs; a lock of a dead process is taken over. */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  const file = join(dataDir, '.lock');
  for (let attempt = 1; ; attempt++) {
    try {
      if (held.has(file)) throw inUse(dataDir, process.pid);
      await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      held.add(file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await ownerOf(file);
    if (owner !== undefined && (attempt > 3 || (owner !== process.pid && isAlive(owner)))) {
      throw inUse(dataDir, owner);
    }
    await rm(file, { force: true });
  }
  return {
    async release() {
      held.delete(file);
      await rm(file, { force: true });
    },
  };
}

async function ownerOf(file: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(dataDir: string, pid: number): AppError {
  const text = `The sandbox data folder ${dataDir} is in use by process ${pid}. Stop that sandbox or choose another folder.`;
  return new AppError('conflict', text);
}
