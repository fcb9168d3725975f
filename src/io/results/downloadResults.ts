import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as l10n from '@vscode/l10n';
import type { BatchStorage, StoredObject } from '../../core/batch/ports.js';
import { AppError } from '../../core/errors.js';
import { throwIfAborted } from '../../core/async.js';
import { isMissing } from '../../node/files/fileErrors.js';
import { safeNames, type SafeName } from './safeNames.js';

export interface DownloadRequest {
  readonly bucket: string;
  /** `<output prefix>/<job id>/`. */
  readonly prefix: string;
  readonly folder: string;
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
  /** Called for an object whose key cannot be its file's name. */
  readonly onRenamed?: (key: string, file: string) => void;
}

/**
 * Downloads everything below the prefix into the folder and returns the files written. A file appears
 * under its name only when it is complete; one that is already there in full is kept. A key that is no
 * file name gets one of `safeNames`, and all files stay inside the folder.
 */
export async function downloadResults(
  storage: BatchStorage,
  request: DownloadRequest,
  signal?: AbortSignal,
): Promise<string[]> {
  const objects: StoredObject[] = [];
  for await (const object of storage.list(request.bucket, request.prefix, signal)) {
    if (!object.key.endsWith('/')) objects.push(object);
  }
  const total = objects.reduce((sum, object) => sum + object.bytes, 0);
  const files: string[] = [];
  let done = 0;
  const names = safeNames(objects.map(({ key }) => key.slice(request.prefix.length)));
  for (const [index, object] of objects.entries()) {
    throwIfAborted(signal);
    const { path, isChanged } = names[index] as SafeName;
    const file = safeJoin(request.folder, path);
    if (isChanged) request.onRenamed?.(object.key, file);
    const before = done;
    if (!(await isComplete(file, object.bytes))) {
      await downloadOne(
        storage,
        { ...request, object, file },
        {
          signal,
          onBytes: (bytes) => request.onProgress?.(before + bytes, total),
        },
      );
    }
    done = before + object.bytes;
    request.onProgress?.(done, total);
    files.push(file);
  }
  return files;
}

/** The path of a safe name below the folder. */
function safeJoin(folder: string, name: string): string {
  const path = resolve(join(folder, ...name.split('/')));
  if (path.startsWith(resolve(folder) + sep)) return path;
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The object {0} has a name that cannot become a file. Fetch it with the AWS CLI.',
      JSON.stringify(name),
    ),
  );
}

async function isComplete(file: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(file)).size === bytes;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

interface OneDownload {
  readonly bucket: string;
  readonly object: StoredObject;
  readonly file: string;
}

interface OneOptions {
  readonly signal: AbortSignal | undefined;
  readonly onBytes: (bytes: number) => void;
}

async function downloadOne(
  storage: BatchStorage,
  { bucket, object, file }: OneDownload,
  { signal, onBytes }: OneOptions,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.part`;
  try {
    const body = await storage.read(bucket, object.key, signal);
    let bytes = 0;
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          onBytes(bytes);
          yield chunk;
        }
      },
      createWriteStream(partial),
      ...(signal ? [{ signal }] : []),
    );
    if (bytes !== object.bytes) {
      throw new AppError(
        'network',
        l10n.t(
          'The download of {0} ended early ({1} of {2} bytes). Try again.',
          object.key,
          bytes,
          object.bytes,
        ),
        { action: 'retry' },
      );
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
