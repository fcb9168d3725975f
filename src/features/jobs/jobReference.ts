import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { jobArnsOf, type Run } from '../../core/batch/run.js';
import { AppError } from '../../core/errors.js';
import type { Services } from '../../services.js';

/** A run or a job, as callers and tree nodes name it. */
export interface JobReference {
  readonly runId?: string;
  readonly jobArn?: string;
}

const nodeSchema = z.object({ runId: z.optional(z.string()), jobArn: z.optional(z.string()) });

/** Reads a run id, a job ARN, or a node of the Jobs view. Rejects anything else. */
export function parseReference(argument: unknown): JobReference {
  if (typeof argument === 'string') {
    return argument.startsWith('arn:') ? { jobArn: argument } : { runId: argument };
  }
  const parsed = z.safeParse(nodeSchema, argument);
  if (parsed.success) {
    const { runId, jobArn } = parsed.data;
    if (jobArn) return { jobArn };
    if (runId) return { runId };
  }
  throw new AppError(
    'invalidInput',
    l10n.t('Name a run by its id or a job by its ARN, or choose it in the Jobs view.'),
  );
}

/** The ledger's run of a reference: the one named, or the one the job belongs to. */
export async function findRun(
  services: Pick<Services, 'ledger'>,
  reference: JobReference,
): Promise<Run | undefined> {
  const runs = await services.ledger.list();
  return runs.find(
    (run) =>
      run.id === reference.runId ||
      (reference.jobArn !== undefined && jobArnsOf(run).includes(reference.jobArn)),
  );
}
