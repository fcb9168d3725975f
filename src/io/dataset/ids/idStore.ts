import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idsPerPass, type StoredBlock } from './duplicates.js';
import type { IdBlock } from './idBlock.js';

/** Keeps the ids of a dataset: a pass of them in memory, all of them in a temporary file beyond. */
export class IdStore {
  readonly blocks: StoredBlock[] = [];
  private count = 0;
  private spill: { readonly folder: string; readonly file: FileHandle; bytes: number } | undefined;

  constructor(private readonly inMemory = idsPerPass) {}

  /** The path of the temporary file, where there is one. */
  get spillPath(): string | undefined {
    return this.spill && spillFile(this.spill.folder);
  }

  /** Adds the ids of the next range in file order. */
  async add(block: IdBlock): Promise<void> {
    if (block.count === 0) return;
    this.count += block.count;
    this.blocks.push(block);
    if (this.count <= this.inMemory) return;
    for (let index = 0; index < this.blocks.length; index++) {
      const kept = this.blocks[index];
      if (kept && 'bytes' in kept) this.blocks[index] = await this.write(kept);
    }
  }

  async dispose(): Promise<void> {
    if (!this.spill) return;
    await this.spill.file.close();
    await rm(this.spill.folder, { recursive: true, force: true });
    this.spill = undefined;
  }

  private async write({ count, linesBefore, bytes }: IdBlock): Promise<StoredBlock> {
    this.spill ??= await openSpill();
    const spillOffset = this.spill.bytes;
    await this.spill.file.write(new Uint8Array(bytes), 0, bytes.byteLength, spillOffset);
    this.spill.bytes += bytes.byteLength;
    return { count, linesBefore, spillOffset };
  }
}

const spillFile = (folder: string) => join(folder, 'ids');

async function openSpill() {
  const folder = await mkdtemp(join(tmpdir(), 'bedrock-ids-'));
  return { folder, file: await open(spillFile(folder), 'wx', 0o600), bytes: 0 };
}
