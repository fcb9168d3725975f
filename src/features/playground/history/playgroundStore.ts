import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Logger } from '../../../core/log.js';
import { atomicWrite, isThere } from '../../../node/files/atomicWrite.js';
import { readJsonFile } from '../../../node/files/jsonFile.js';
import { DocumentSchema, type PlaygroundDocument } from '../document/documentSchema.js';
import { searchTextOf } from './searchText.js';

/**
 * The playgrounds of a workspace on disk, one file each, with pictures and all; its words in a file
 * beside it, so that a search reads no pictures.
 */
export class PlaygroundStore {
  private writing: Promise<void> = Promise.resolve();
  /** The words as they are on disk, of those that were saved or searched since the start. */
  private readonly texts = new Map<string, string>();

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

  /** The words of a playground, for a search; empty where it cannot be read. */
  async text(id: string): Promise<string> {
    const known = this.texts.get(id);
    if (known !== undefined) return known;
    const path = this.textPath(id);
    const text = (await isThere(path)) ? await readFile(path, 'utf8') : await this.readText(id);
    this.texts.set(id, text);
    return text;
  }

  /** Writes the document, one after the other. */
  save(document: PlaygroundDocument): Promise<void> {
    const write = async () => {
      await atomicWrite(this.path(document.id), JSON.stringify(document));
      const text = searchTextOf(document);
      if (this.texts.get(document.id) === text) return;
      await atomicWrite(this.textPath(document.id), text);
      this.texts.set(document.id, text);
    };
    this.writing = this.writing.then(write, write);
    return this.writing;
  }

  async remove(id: string): Promise<void> {
    await this.writing.catch(() => undefined);
    this.texts.delete(id);
    await rm(this.path(id), { force: true });
    await rm(this.textPath(id), { force: true });
  }

  /** Of a playground that an older version wrote, or where a kill came between the two files. */
  private async readText(id: string): Promise<string> {
    const document = await this.load(id).catch((error: unknown) => {
      this.log.warn('a playground could not be searched', { id, error });
      return undefined;
    });
    return document ? searchTextOf(document) : '';
  }

  private path(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  private textPath(id: string): string {
    return join(this.folder, `${id}.txt`);
  }
}
