import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { throwIfAborted } from '../../../core/async.js';
import type { DatasetCheck, Shard } from '../../../core/batch/types.js';
import {
  assertUnchanged,
  changedError,
  fileError,
  fingerprintOf,
} from '../../../node/files/fingerprint.js';
import { ShardNormaliser } from './shardNormaliser.js';

const chunkBytes = 1 << 20;

/** What of a check is needed to open its shards: a run's ledger entry keeps these. */
export type ShardSource = Pick<DatasetCheck, 'rewrite' | 'fingerprint' | 'generatedIdPrefix'>;

/**
 * The bytes of a shard as they are uploaded: the file's own, or normalised (no byte order mark, CR or
 * blank lines; an id in every record; a newline at the end). Takes constant memory.
 *
 * The stream fails with AppError `invalidInput` where the file is not, or no longer, what was checked.
 */
export function openShard(
  path: string,
  check: ShardSource,
  shard: Shard,
  signal?: AbortSignal,
): Readable {
  const bytes = shardBytes({ path, check, shard, ...(signal && { signal }) });
  return Readable.from(bytes, { objectMode: false, highWaterMark: chunkBytes });
}

interface OpenRequest {
  readonly path: string;
  readonly check: ShardSource;
  readonly shard: Shard;
  readonly signal?: AbortSignal;
}

async function* shardBytes(request: OpenRequest): AsyncGenerator<Buffer, void, undefined> {
  const { path, check } = request;
  throwIfAborted(request.signal);
  const file = await openAgain(path);
  try {
    assertUnchanged(check.fingerprint, await fingerprintOf(file, path), path);
    yield* check.rewrite === 'none' ? rawBytes(file, request) : normalisedBytes(file, request);
    assertUnchanged(check.fingerprint, await fingerprintOf(path, path), path);
  } finally {
    await file.close();
  }
}

async function openAgain(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw fileError(error, path);
  }
}

async function* rawBytes(file: FileHandle, request: OpenRequest): AsyncGenerator<Buffer> {
  const { shard, path, signal } = request;
  for (let position = shard.start; position < shard.end;) {
    throwIfAborted(signal);
    const chunk = Buffer.allocUnsafeSlow(Math.min(chunkBytes, shard.end - position));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) throw changedError(path);
    yield chunk.subarray(0, bytesRead);
    position += bytesRead;
  }
}

async function* normalisedBytes(file: FileHandle, request: OpenRequest): AsyncGenerator<Buffer> {
  const { shard, check, path, signal } = request;
  const normaliser = new ShardNormaliser(shard, check.generatedIdPrefix);
  for (let position = shard.start; position < shard.end;) {
    throwIfAborted(signal);
    const room = normaliser.room();
    const wanted = Math.min(room.length, shard.end - position);
    const { bytesRead } = await file.read(room, 0, wanted, position);
    if (bytesRead === 0) throw changedError(path);
    position += bytesRead;
    const chunk = normaliser.take(bytesRead, position >= shard.end);
    if (chunk.length > 0) yield chunk;
  }
}
