import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Logger } from '../../core/log.js';
import { atomicWrite, readJsonFile } from '../../io/atomicWrite.js';
import { DocumentSchema, type PlaygroundDocument } from './documentSchema.js';

/** The playgrounds of a workspace on disk, one file each, with pictures and all. */
export class PlaygroundStore {
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly log: Logger,
  ) {}

  /** The document; undefined where there is none or a newer version wrote it. */
  async load(id: string): Promise<PlaygroundDocument | undefined> {
    const stored = await readJsonFile(this.path(id));
    const parsed = z.safeParse(DocumentSchema, stored);
    if (parsed.success) return parsed.data;
    if (stored !== undefined) this.log.warn('a playground could not be read', { id });
    return undefined;
  }

  /** Writes the document, one after the other. */
  save(document: PlaygroundDocument): Promise<void> {
    const write = async () => {
      await mkdir(this.folder, { recursive: true });
      await atomicWrite(this.path(document.id), JSON.stringify(document));
    };
    this.writing = this.writing.then(write, write);
    return this.writing;
  }

  async remove(id: string): Promise<void> {
    await this.writing.catch(() => undefined);
    await rm(this.path(id), { force: true });
  }

  /** Ids of all that is stored. */
  async ids(): Promise<string[]> {
    await mkdir(this.folder, { recursive: true });
    const names = await readdir(this.folder);
    return names.flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
  }

  private path(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
