import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { AppError, errorMessage } from '../../core/errors.js';

/**
 * Writes a whole file so that a crash leaves the old or the new content, never a part: temporary file
 * beside it, fsync, rename, fsync of the folder. The file is readable by its owner only.
 */
export async function atomicWrite(path: string, data: string | Uint8Array): Promise<void> {
  await replaceFile(path, 0o600, (file) => file.writeFile(data));
}

/** As `atomicWrite`, in pieces as they come, with the rights of any new file: it is the person's. */
export async function atomicWriteStream(
  path: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  await replaceFile(path, 0o666, async (file) => {
    // An open file goes on where it was.
    for await (const piece of pieces) await file.writeFile(piece);
  });
}

async function replaceFile(
  path: string,
  mode: number,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** True where a file or folder is at the path. */
export function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Makes the rename durable; Windows cannot open folders and needs no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The parsed content of a JSON file; undefined where there is no such file.
 * @throws AppError `invalidInput` where the content is not JSON.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError(
      'invalidInput',
      l10n.t(
        '{0} is not valid JSON ({1}). Repair the file or delete it.',
        path,
        errorMessage(error),
      ),
      { cause: error },
    );
  }
}
