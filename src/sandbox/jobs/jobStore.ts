import { RecordFolder } from '../state/recordFolder.js';
import type { JobRecord } from './jobRecord.js';

/** Jobs in memory, each mirrored to `jobs/ID.json`. */
export class JobStore {
  private readonly jobs = new Map<string, JobRecord>();
  private readonly byToken = new Map<string, string>();
  private readonly folder: RecordFolder<JobRecord>;

  constructor(dataDir: string) {
    this.folder = new RecordFolder(dataDir, 'jobs', /^[a-z0-9]{12}$/);
  }

  async load(): Promise<void> {
    const { records } = await this.folder.load();
    for (const job of records) if (typeof job.jobId === 'string') this.keep(job);
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
    return this.folder.save(job.jobId, job);
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
