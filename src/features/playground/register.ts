import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import { Panels } from '../../platform/panels.js';
import { ModelChoice } from '../../resources/models/modelChoice.js';
import type { Services } from '../../services.js';
import { maxLanes, type PlaygroundDocument } from './document/documentSchema.js';
import { newDocument, withPrompt } from './document/newDocument.js';
import { PlaygroundHistory } from './history/history.js';
import { pickFromHistory } from './history/historyPick.js';
import { PlaygroundStore } from './history/playgroundStore.js';
import { askPromptFile, readPromptFile } from './menu.js';
import type { Playground } from './playground.js';
import { playgroundPanels } from './playgroundPanel.js';

type Needs = Pick<
  Services,
  'context' | 'config' | 'session' | 'log' | 'report' | 'models' | 'modelPreferences'
>;

/** `bedrock.playground.open` and its panels, which come back after a reload. */
export function registerPlayground(services: Needs): Disposable {
  const { context, config, log, session, report } = services;
  const store = new DisposableStore();
  const files = new PlaygroundStore(storageFolder(context), log);
  const history = new PlaygroundHistory(files, context.workspaceState, Date.now);
  const models = new ModelChoice(services);
  const opened = new Map<string, Playground>();
  const open = async (document: PlaygroundDocument, isToSend = false) => {
    const isNew = await panels.show({ document, isToSend });
    if (isNew) await history.save(document);
  };
  const panels = store.add(
    new Panels(services, playgroundPanels({ config, log, session, models, history, open, opened })),
  );
  store.add(
    history.onDidChange((change) => {
      if (change.kind === 'removed') panels.close(change.id);
      else opened.get(change.id)?.rename(change.title).catch(report);
    }),
  );
  const openFile = async (given: vscode.Uri | undefined, isToSend: boolean) => {
    const uri = given ?? (await askPromptFile());
    await open(await readPromptFile(uri, randomUUID), isToSend);
  };
  store.add(
    registerCommands(
      {
        'bedrock.playground.open': async ([options = {}]) => {
          await open(newDocument(options, randomUUID, history.lastModelId));
        },
        'bedrock.playground.compare': async ([given = {}]) => {
          const uri = given instanceof vscode.Uri ? given : undefined;
          const options = given instanceof vscode.Uri ? {} : given;
          const modelIds = options.modelIds ?? (await models.pickSeveral(maxLanes));
          const document = newDocument({ ...options, modelIds }, randomUUID);
          await open(uri ? withPrompt(document, await readPromptFile(uri, randomUUID)) : document);
        },
        'bedrock.playground.history': async () => {
          const id = await pickFromHistory(history);
          const document = id === undefined ? undefined : await history.load(id);
          if (document) await open(document);
        },
        'bedrock.playground.openPrompt': ([uri]) => openFile(uri, false),
        'bedrock.playground.runPrompt': ([uri]) => openFile(uri, true),
      },
      report,
    ),
  );
  return store;
}

/** Where playgrounds are kept: with the workspace, or with the extension where no folder is open. */
function storageFolder(context: vscode.ExtensionContext): string {
  const uri = context.storageUri ?? context.globalStorageUri;
  return vscode.Uri.joinPath(uri, 'playground').fsPath;
}
