import * as z from 'zod/mini';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { resumeRuns } from './resumeRuns.js';
import { carryOnSubmission, discardSubmission } from './submission.js';
import { submitCommand, type SubmitNeeds } from './submitCommand.js';

/** Submitting datasets, and carrying on with what was interrupted. */
export function registerBatch(services: SubmitNeeds & Pick<Services, 'report'>): Disposable {
  const { report } = services;
  const store = new DisposableStore();
  store.add(
    registerCommands(
      {
        'bedrock.batch.submit': (args) => submitCommand(services, args),
        'bedrock.batch.resume': async ([argument]) => {
          await carryOnSubmission(services, runIdOf(argument));
        },
        'bedrock.batch.discard': async ([argument]) => {
          await discardSubmission(services, runIdOf(argument));
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

/** A run's id, given as it is or by a node of the Jobs view. */
function runIdOf(argument: unknown): string {
  const parsed = runReference.parse(argument);
  return typeof parsed === 'string' ? parsed : parsed.runId;
}
