import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  access,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mapConcurrent } from '../../core/async.js';
import { awsError } from '../awsError.js';
import { isObject } from '../http/body.js';
import { atomicWrite } from '../../node/files/atomicWrite.js';
import { hasCode, isMissing } from '../../node/files/fileErrors.js';
import { readJsonIfValid } from '../../node/files/jsonFile.js';
import { KeyedLock } from '../../node/files/keyedLock.js';
import type { ChecksumName } from './checksums.js';
import { detachedFolder, detachedPath, keyToPath, pathToKey } from './keyPath.js';

/** What S3 keeps beside the bytes of an object. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** ISO-8601. */
  readonly lastModified: string;
  readonly contentType: string;
  /** Headers given at the put and given back: cache-control, content-disposition … */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
  readonly checksumType?: 'FULL_OBJECT' | 'COMPOSITE';
}

/** An object and the file its bytes are in. */
export interface StoredObject extends ObjectFacts {
  readonly file: string;
}

/**
 * Buckets as folders: the bytes of `key` in `buckets/NAME/key`, its facts in `.facts/NAME/key%.json`.
 * Files a person puts into a bucket's folder are objects as well; their facts come from the file.
 */
export class ObjectStore {
  private readonly locks = new KeyedLock();

  constructor(private readonly dataDir: string) {}

  bucketFolder(bucket: string): string {
    return join(this.dataDir, 'buckets', bucket);
  }

  private factsFile(bucket: string, path: string): string {
    return join(this.dataDir, '.facts', bucket, `${path}%.json`);
  }

  async hasBucket(bucket: string): Promise<boolean> {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) return false;
    try {
      return (await stat(this.bucketFolder(bucket))).isDirectory();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async createBucket(bucket: string): Promise<void> {
    await mkdir(this.bucketFolder(bucket), { recursive: true });
  }

  async listBuckets(): Promise<{ name: string; created: Date }[]> {
    const root = join(this.dataDir, 'buckets');
    const names = (await readdir(root, { withFileTypes: true })).filter((at) => at.isDirectory());
    const buckets = await Promise.all(
      names.map(async ({ name }) => {
        const { birthtimeMs, mtimeMs } = await stat(join(root, name));
        return { name, created: new Date(birthtimeMs || mtimeMs) };
      }),
    );
    return buckets.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Removes an empty bucket; a bucket with objects is a BucketNotEmpty. */
  async deleteBucket(bucket: string): Promise<void> {
    if ((await this.keysBelow(bucket, '')).length > 0) {
      const text = 'The bucket you tried to delete is not empty';
      throw awsError('BucketNotEmpty', text, 409, { BucketName: bucket });
    }
    await rm(this.bucketFolder(bucket), { recursive: true, force: true });
    await rm(join(this.dataDir, '.facts', bucket), { recursive: true, force: true });
  }

  /** A new file outside the buckets to receive bytes into, on the same file system. */
  async temporaryFile(): Promise<{ file: string; handle: FileHandle }> {
    const folder = join(this.dataDir, '.incoming');
    await mkdir(folder, { recursive: true });
    const file = join(folder, randomUUID());
    return { file, handle: await open(file, 'w', 0o600) };
  }

  /** Moves a received file to its key, replacing what was there. */
  commit(bucket: string, facts: ObjectFacts, file: string, onlyNew = false): Promise<void> {
    return this.locks.run(`${bucket}/${facts.key}`, async () => {
      const old = await this.find(bucket, facts.key);
      if (onlyNew && old !== undefined) {
        const text = 'At least one of the pre-conditions you specified did not hold';
        throw awsError('PreconditionFailed', text, 412, { Condition: 'If-None-Match' });
      }
      const path = await this.place(bucket, facts.key, file);
      await atomicWrite(this.factsFile(bucket, path), `${JSON.stringify(facts)}\n`, {
        isSynced: false,
      });
    });
  }

  /** Renames the file to the key's path; one taken by a folder or another key is put aside. */
  private async place(bucket: string, key: string, file: string): Promise<string> {
    const natural = keyToPath(key);
    const owner = await this.factsAt(bucket, natural);
    // File systems that ignore case give `A` and `a` one path: the first owner keeps it.
    if (owner === undefined || owner.key === key) {
      try {
        await this.renameInto(bucket, natural, file);
        return natural;
      } catch (error) {
        if (!isPathTaken(error)) throw error;
      }
    }
    const aside = detachedPath(key);
    await this.renameInto(bucket, aside, file);
    return aside;
  }

  private async renameInto(bucket: string, path: string, file: string): Promise<void> {
    const target = join(this.bucketFolder(bucket), path);
    for (let attempt = 1; ; attempt++) {
      await mkdir(dirname(target), { recursive: true });
      try {
        await rename(file, target);
        return;
      } catch (error) {
        // A delete beside us may take the emptied folder away between the two calls.
        if (attempt === 5 || !hasCode(error, 'ENOENT')) throw error;
      }
    }
  }

  private async factsAt(bucket: string, path: string): Promise<ObjectFacts | undefined> {
    const facts = await readJsonIfValid(this.factsFile(bucket, path));
    return isObject(facts) && typeof facts['key'] === 'string'
      ? (facts as unknown as ObjectFacts)
      : undefined;
  }

  /** The object of a key, or undefined. */
  async find(bucket: string, key: string): Promise<StoredObject | undefined> {
    for (const path of [keyToPath(key), detachedPath(key)]) {
      const found = await this.objectAt(bucket, path, key);
      if (found?.key === key) return found;
    }
    return undefined;
  }

  private async objectAt(
    bucket: string,
    path: string,
    key: string | undefined,
  ): Promise<StoredObject | undefined> {
    const file = join(this.bucketFolder(bucket), path);
    try {
      const info = await stat(file);
      if (!info.isFile()) return undefined;
      const facts = await this.factsAt(bucket, path);
      if (facts?.size === info.size) return { ...facts, file };
      const name = facts?.key ?? pathToKey(path) ?? key;
      return name === undefined ? undefined : { ...factsOfFile(name, info), file };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Deletes a key; true where it was there. */
  delete(bucket: string, key: string): Promise<boolean> {
    return this.locks.run(`${bucket}/${key}`, async () => {
      const found = await this.find(bucket, key);
      if (found === undefined) return false;
      const root = this.bucketFolder(bucket);
      const path = found.file.slice(root.length + 1).replaceAll('\\', '/');
      await rm(found.file, { force: true });
      await rm(this.factsFile(bucket, path), { force: true });
      await removeEmptyFolders(root, dirname(found.file));
      return true;
    });
  }

  /** Every object whose key starts with `prefix`, in the byte order of the keys. */
  async keysBelow(bucket: string, prefix: string): Promise<StoredObject[]> {
    const root = this.bucketFolder(bucket);
    const slash = prefix.lastIndexOf('/');
    const start = slash < 0 ? '' : keyToPath(prefix.slice(0, slash));
    const paths = await walk(root, start);
    if (start !== '') paths.push(...(await walk(root, detachedFolder)));
    const objects = await mapConcurrent(paths, 32, (path) =>
      this.objectAt(bucket, path, undefined),
    );
    return objects
      .filter((object) => object?.key.startsWith(prefix) === true)
      .map((object) => ({ object, order: Buffer.from(object?.key ?? '') }))
      .sort((a, b) => Buffer.compare(a.order, b.order))
      .flatMap(({ object }) => object ?? []);
  }

  /** Removes what a crash left half received. */
  async removeLeftovers(): Promise<void> {
    await rm(join(this.dataDir, '.incoming'), { recursive: true, force: true });
    await mkdir(join(this.dataDir, 'buckets'), { recursive: true });
    await access(join(this.dataDir, 'buckets'), constants.W_OK);
  }
}

/** Paths of the files below a folder, with `/`; our own temporary and hidden system files left out. */
async function walk(root: string, start: string): Promise<string[]> {
  const paths: string[] = [];
  const folders = [start];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of await entriesOf(join(root, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) paths.push(path);
    }
  }
  return paths;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function removeEmptyFolders(root: string, from: string): Promise<void> {
  for (let folder = from; folder.length > root.length; folder = dirname(folder)) {
    try {
      await rmdir(folder);
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return;
      throw error;
    }
  }
}

function isPathTaken(error: unknown): boolean {
  return hasCode(error, 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'ENAMETOOLONG', 'EPERM');
}

/** Facts of a file that came into the folder by hand, or was edited there. */
function factsOfFile(key: string, info: { size: number; mtimeMs: number }): ObjectFacts {
  const mark = `${Math.trunc(info.mtimeMs).toString(16)}${info.size.toString(16)}`;
  return {
    key,
    size: info.size,
    etag: mark.padStart(32, '0').slice(-32),
    lastModified: new Date(info.mtimeMs).toISOString(),
    contentType: 'binary/octet-stream',
    headers: {},
    metadata: {},
    checksums: {},
  };
}
