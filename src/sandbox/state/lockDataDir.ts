import { join } from 'node:path';
import { AppError } from '../../core/errors.js';
import { acquireLock, lockHolder, type FileLock } from '../../node/files/fileLock.js';

/** Keeps two sandboxes from running the same jobs; a lock of a dead process is taken over. */
export async function lockDataDir(dataDir: string): Promise<FileLock> {
  const file = join(dataDir, '.lock');
  const lock = await acquireLock(file);
  if (lock) return lock;
  const pid = await lockHolder(file);
  throw new AppError(
    'conflict',
    `The sandbox data folder ${dataDir} is in use by process ${pid ?? 'unknown'}. Stop that sandbox or choose another folder.`,
  );
}
