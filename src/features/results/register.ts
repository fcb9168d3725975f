import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import { Panels } from '../../platform/panels.js';
import type { Services } from '../../services.js';
import { resultsPanels } from './resultsPanel.js';
import { askSource } from './resultsSource.js';

/** `bedrock.results.open` and the panels it opens, which come back after a reload. */
export function registerResults(
  services: Pick<
    Services,
    'context' | 'documents' | 'ledger' | 'log' | 'models' | 'report' | 'distFile'
  >,
): Disposable {
  const store = new DisposableStore();
  const panels = store.add(new Panels(services, resultsPanels(services)));
  store.add(
    registerCommands(
      {
        'bedrock.results.open': async ([source]) => {
          await panels.show(source ?? (await askSource(services)));
        },
      },
      services.report,
    ),
  );
  return store;
}
