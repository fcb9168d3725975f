import { stopJob } from '../jobs/stopJob.js';
import type { Run, RunShard } from './run.js';
import { clearObjects, type SubmitPorts } from './submitRun.js';

type Ports = Pick<SubmitPorts, 'storage' | 'jobs' | 'save' | 'log'>;

/**
 * Gives up a run that stopped half-way: jobs that came of it are stopped, also one whose create was
 * never answered, and objects that no job reads are removed. Tokens already processed are billed.
 */
export async function discardRun(run: Run, ports: Ports): Promise<void> {
  for (const part of run.shards) {
    if (part.state === 'creating') await findCreated(part, ports);
    if (part.jobArn) await stopJob(ports.jobs, part.jobArn);
  }
  const withoutJob = run.shards.filter((part) => !part.jobArn);
  await clearObjects({ ...run, shards: withoutJob }, ports);
  run.state = 'cancelled';
  await ports.save();
}

/** A create that was sent but not answered: its job, if there is one, has the name we gave it. */
async function findCreated(part: RunShard, ports: Ports): Promise<void> {
  const named = await ports.jobs.list({ limit: 100, nameContains: part.jobName });
  const uri = `s3://${part.bucket}/${part.key}`;
  const job = named.find((candidate) => candidate.inputS3Uri === uri);
  if (!job) return;
  part.jobArn = job.arn;
  part.state = 'created';
}
