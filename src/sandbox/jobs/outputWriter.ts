import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, rename, rm, stat, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../../node/files/fileErrors.js';
import type { ObjectStore } from '../s3/objectStore.js';

/** Puts a file of the job's work folder into S3 under `key`. */
export async function publishFile(
  objects: ObjectStore,
  target: { bucket: string; key: string },
  file: string,
): Promise<void> {
  const { size } = await stat(file);
  const { file: incoming, handle } = await objects.temporaryFile();
  await handle.close();
  // Work folder and buckets share a data folder, so a rename does; a copy where somebody split them.
  try {
    await rename(file, incoming);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    await copyFile(file, incoming);
    await rm(file);
  }
  const lastModified = new Date().toISOString();
  const etag = createHash('md5').update(`${target.key} ${size} ${lastModified}`).digest('hex');
  const facts = {
    key: target.key,
    size,
    etag,
    lastModified,
    contentType: 'application/octet-stream',
    headers: {},
    metadata: {},
    checksums: {},
  };
  await objects.commit(target.bucket, facts, incoming);
}

/** Appends lines to one output file, from the last checkpoint on. */
export class OutputFile {
  private held: string[] = [];
  private heldLength = 0;

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    public bytes: number,
  ) {}

  /** Opens the file and cuts what was written after the checkpoint. */
  static async open(folder: string, name: string, bytes: number): Promise<OutputFile> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, name);
    const handle = await open(file, bytes === 0 ? 'w' : 'r+');
    if (bytes > 0) await truncate(file, bytes);
    return new OutputFile(file, handle, bytes);
  }

  async add(line: string): Promise<void> {
    this.held.push(line);
    this.heldLength += line.length;
    if (this.heldLength > 1 << 20) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.held.length === 0) return;
    const block = Buffer.from(`${this.held.join('\n')}\n`);
    this.held = [];
    this.heldLength = 0;
    await this.handle.write(block, 0, block.length, this.bytes);
    this.bytes += block.length;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.handle.close();
  }
}
