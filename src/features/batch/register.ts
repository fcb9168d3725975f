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
        'bedrock.batch.submit': ([uri, options = {}]) => submitCommand(services, uri, options),
        'bedrock.batch.resume': async ([id]) => {
          await carryOnSubmission(services, id);
        },
        'bedrock.batch.discard': async ([id]) => {
          await discardSubmission(services, id);
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
