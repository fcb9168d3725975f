import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../http/body.js';
import { readJson, writeFileAtomic } from '../state/atomicFile.js';
import { KeyedLock } from '../state/keyedLock.js';
import type { JobRecord } from './jobRecord.js';

/** Jobs in memory, each mirrored to `jobs/ID.json`. */
export class JobStore {
  private readonly jobs = new Map<string, JobRecord>();
  private readonly byToken = new Map<string, string>();
  private readonly locks = new KeyedLock();
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'jobs');
  }

  async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const names = (await readdir(this.folder)).filter((name) => /^[a-z0-9]{12}\.json$/.test(name));
    for (const name of names) {
      const job = await readJson(join(this.folder, name));
      if (isObject(job) && typeof job['jobId'] === 'string') this.keep(job as unknown as JobRecord);
    }
  }

  private keep(job: JobRecord): void {
    this.jobs.set(job.jobId, job);
    if (job.clientRequestToken !== undefined) this.byToken.set(job.clientRequestToken, job.jobId);
  }

  async add(job: JobRecord): Promise<void> {
    this.keep(job);
    await this.save(job);
  }

  /** Writes the job's file; writes of one job follow each other. */
  save(job: JobRecord): Promise<void> {
    return this.locks.run(job.jobId, () =>
      writeFileAtomic(
        join(this.folder, `${job.jobId}.json`),
        `${JSON.stringify(job, undefined, 2)}\n`,
      ),
    );
  }

  get(jobId: string): JobRecord | undefined {
    return this.jobs.get(jobId);
  }

  findByToken(token: string): JobRecord | undefined {
    const id = this.byToken.get(token);
    return id === undefined ? undefined : this.jobs.get(id);
  }

  all(): JobRecord[] {
    return [...this.jobs.values()];
  }
}
