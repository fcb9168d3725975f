import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { isEmptyFilter } from '../../core/models/filter.js';
import { childNodes, countShown, rootNodes, type ModelNode } from '../../core/models/tree.js';
import { registerCommands } from '../../platform/commands.js';
import { setContextKey } from '../../platform/contextKeys.js';
import { Tree } from '../../platform/tree.js';
import type { Services } from '../../services.js';
import { ModelDetails } from './modelDetails.js';
import { modelCommands } from './modelCommands.js';
import { nodeItem } from './modelNodes.js';
import { ModelsController } from './modelsController.js';
import { filterWords } from './words.js';

const viewId = 'bedrock.models';

/** The Models view, the page of a model, and the commands on models. */
export function registerModels(
  services: Pick<
    Services,
    'session' | 'report' | 'context' | 'config' | 'log' | 'models' | 'modelPreferences'
  >,
): Disposable {
  const { report } = services;
  const store = new DisposableStore();
  const models = store.add(new ModelsController(services));
  const details = store.add(new ModelDetails(services, models));
  const tree = store.add(
    new Tree<ModelNode>({
      children: async (node) => {
        if (node) return childNodes(node);
        const state = await models.treeState();
        return state ? rootNodes(state) : [];
      },
      toItem: (node) => nodeItem(node, models.wordsContext()),
    }),
  );
  const view = store.add(
    vscode.window.createTreeView(viewId, {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
  );
  const showFilter = () => {
    const { filter } = models.preferences;
    const known = models.knownState();
    const isFiltered = !isEmptyFilter(filter);
    setContextKey('bedrock.modelsFiltered', isFiltered);
    const { shown, total } = known ? countShown(known) : { shown: 0, total: 0 };
    view.description = isFiltered && known ? vscode.l10n.t('{0} of {1}', shown, total) : '';
    // With a message an empty view shows no welcome, and that is the way out of the filter.
    const hasMessage = isFiltered && shown > 0;
    view.message = hasMessage ? vscode.l10n.t('Filter: {0}', filterWords(filter).join(', ')) : '';
  };
  store.add(
    models.onDidChange(() => {
      showFilter();
      tree.refresh();
    }),
  );
  const refreshInView = () => {
    if (!view.visible) return;
    void vscode.window
      .withProgress({ location: { viewId } }, () => models.refreshIfOld())
      .then(undefined, report);
    void findPlayground();
  };
  store.add(view.onDidChangeVisibility(refreshInView));
  store.add(services.session.onDidChange(refreshInView));
  store.add(
    registerCommands(
      modelCommands({
        preferences: models.preferences,
        region: () => models.region(),
        listed: () => models.listed(),
        fresh: (refresh) => models.fresh(refresh),
        openDetails: (modelId) => details.open(modelId),
      }),
      report,
    ),
  );
  return store;
}

/** The playground is another feature: its buttons show where it is there. */
async function findPlayground(): Promise<void> {
  const ids = await vscode.commands.getCommands(true);
  setContextKey('bedrock.hasPlayground', ids.includes('bedrock.playground.open'));
  setContextKey('bedrock.hasCompare', ids.includes('bedrock.playground.compare'));
}
