import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Run } from '../../core/batch/run.js';
import { AppError } from '../../core/errors.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { resumeRuns } from './resumeRuns.js';
import { discardSubmission, driveSubmission } from './submission.js';
import { submitCommand, type SubmitNeeds } from './submitCommand.js';

/** Submitting datasets, and carrying on with what was interrupted. */
export function registerBatch(services: SubmitNeeds & Pick<Services, 'report'>): Disposable {
  const { report } = services;
  const store = new DisposableStore();
  store.add(
    registerCommands(
      {
        'bedrock.batch.submit': (...args) => submitCommand(services, args),
        'bedrock.batch.resume': async (argument) => {
          await driveSubmission(services, await findRun(services, argument));
        },
        'bedrock.batch.discard': async (argument) => {
          await discardSubmission(services, await findRun(services, argument));
        },
      },
      report,
    ),
  );
  // After the window has settled; costs the reading of one folder.
  const timer = setTimeout(() => void resumeRuns(services, report).catch(report), 500);
  store.add({
    dispose: () => {
      clearTimeout(timer);
    },
  });
  return store;
}

const runReference = z.union([z.string(), z.object({ runId: z.string() })]);

/** A run by its id, or by the node of the Jobs view. */
async function findRun(services: Pick<Services, 'ledger'>, argument: unknown): Promise<Run> {
  const parsed = z.safeParse(runReference, argument);
  const id = parsed.success
    ? typeof parsed.data === 'string'
      ? parsed.data
      : parsed.data.runId
    : '';
  const run = await services.ledger.load(id);
  if (run) return run;
  throw new AppError('notFound', vscode.l10n.t('The run {0} is not in the ledger.', id));
}
