import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../http/body.js';
import { atomicWrite } from '../../node/files/atomicWrite.js';
import { readJsonIfValid } from '../../node/files/jsonFile.js';
import { KeyedLock } from '../../node/files/keyedLock.js';

/** A folder of the data with one JSON file a record, `NAME/ID.json`, that a person can open. */
export class RecordFolder<T extends object> {
  private readonly locks = new KeyedLock();
  private readonly folder: string;

  constructor(
    dataDir: string,
    name: string,
    /** The ids whose files are read; other files stay alone. */
    private readonly idPattern: RegExp,
  ) {
    this.folder = join(dataDir, name);
  }

  /** Every record; `isNew` where the folder was made just now. */
  async load(): Promise<{ records: T[]; isNew: boolean }> {
    const made = await mkdir(this.folder, { recursive: true });
    const ids = (await readdir(this.folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => this.idPattern.test(id));
    const records: T[] = [];
    for (const id of ids) {
      const record = await readJsonIfValid(this.file(id));
      if (isObject(record)) records.push(record as T);
    }
    return { records, isNew: made !== undefined };
  }

  /** Writes a record's file; writes of one record follow each other. */
  save(id: string, record: T): Promise<void> {
    return this.locks.run(id, () =>
      atomicWrite(this.file(id), `${JSON.stringify(record, undefined, 2)}\n`, { isSynced: false }),
    );
  }

  remove(id: string): Promise<void> {
    return this.locks.run(id, () => rm(this.file(id), { force: true }));
  }

  private file(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
