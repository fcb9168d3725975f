import { stat, type FileHandle } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { AppError, isAppError } from '../../core/errors.js';
import type { Fingerprint } from '../../core/batch/types.js';

/**
 * The fingerprint of a regular file.
 * @throws AppError `notFound` where there is none, `invalidInput` for a folder or a device.
 */
export async function fingerprintOf(
  source: string | FileHandle,
  path: string,
): Promise<Fingerprint> {
  try {
    const found = await (typeof source === 'string'
      ? stat(source, { bigint: true })
      : source.stat({ bigint: true }));
    if (found.isDirectory()) {
      throw new AppError('invalidInput', l10n.t('{0} is a folder. Choose a file.', path));
    }
    if (!found.isFile()) {
      throw new AppError(
        'invalidInput',
        l10n.t('{0} is not a regular file. Copy its content to a file.', path),
      );
    }
    return {
      bytes: Number(found.size),
      modifiedMs: Number(found.mtimeNs) / 1e6,
      inode: String(found.ino),
    };
  } catch (error) {
    throw fileError(error, path);
  }
}

/** A file system error in the person's words. */
export function fileError(error: unknown, path: string): unknown {
  if (isAppError(error) || !(error instanceof Error) || !('code' in error)) return error;
  const options = { cause: error };
  if (error.code === 'ENOENT') {
    return new AppError(
      'notFound',
      l10n.t('{0} does not exist. Choose another file.', path),
      options,
    );
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new AppError(
      'accessDenied',
      l10n.t('{0} cannot be read. Give yourself permission to read it.', path),
      options,
    );
  }
  if (error.code === 'EISDIR') {
    return new AppError('invalidInput', l10n.t('{0} is a folder. Choose a file.', path), options);
  }
  return error;
}

/** Refuses a file that is not what it was. */
export function assertUnchanged(before: Fingerprint, now: Fingerprint, path: string): void {
  const isSame =
    before.bytes === now.bytes &&
    before.modifiedMs === now.modifiedMs &&
    before.inode === now.inode;
  if (!isSame) throw changedError(path);
}

/** The error for a file that changed while, or after, it was read. */
export function changedError(path?: string): AppError {
  const message =
    path === undefined
      ? l10n.t('The file changed after it was read. Check it again.')
      : l10n.t('{0} changed after it was read. Check it again.', path);
  return new AppError('invalidInput', message);
}
