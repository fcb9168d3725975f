import { jobArnsOf, type Run } from '../../core/batch/run.js';
import type { JobReference } from '../../platform/commandArguments.js';
import type { Services } from '../../services.js';

/** The ledger's run of a reference: the one named, or the one the job belongs to. */
export async function findRun(
  services: Pick<Services, 'ledger'>,
  reference: JobReference,
): Promise<Run | undefined> {
  const runs = await services.ledger.list();
  return runs.find((run) =>
    'runId' in reference ? run.id === reference.runId : jobArnsOf(run).includes(reference.jobArn),
  );
}
