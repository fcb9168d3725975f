import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a whole file so that a crash leaves the old or the new content, never a part: temporary file
 * beside it, fsync, rename, fsync of the folder, which is made where it is missing. The file is
 * readable by its owner only. Without `isSynced` it survives a kill of the process, but maybe not of
 * the machine.
 */
export async function atomicWrite(
  path: string,
  data: string | Uint8Array,
  { isSynced = true } = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, { mode: 0o600, isSynced }, (file) => file.writeFile(data));
}

/** As `atomicWrite`, in pieces as they come, with the rights of any new file: it is the person's. */
export async function atomicWriteStream(
  path: string,
  pieces: AsyncIterable<string>,
): Promise<void> {
  await replaceFile(path, { mode: 0o666, isSynced: true }, async (file) => {
    // An open file goes on where it was.
    for await (const piece of pieces) await file.writeFile(piece);
  });
}

async function replaceFile(
  path: string,
  { mode, isSynced }: { readonly mode: number; readonly isSynced: boolean },
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const folder = dirname(path);
  // Hidden and of a fixed length: the name of the file may be as long as names may be.
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await write(file);
      if (isSynced) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (isSynced) await syncFolder(folder);
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
