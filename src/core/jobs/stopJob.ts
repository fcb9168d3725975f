import type { JobsApi } from '../batch/ports.js';
import { isAppError } from '../errors.js';
import { isTerminal } from './types.js';

/** Stops a job. One that ended meanwhile is what was wanted: no error. */
export async function stopJob(jobs: JobsApi, jobArn: string): Promise<void> {
  try {
    await jobs.stop(jobArn);
  } catch (error) {
    if (!isAppError(error) || !['conflict', 'invalidInput'].includes(error.kind)) throw error;
    if (!isTerminal((await jobs.get(jobArn)).status)) throw error;
  }
}
