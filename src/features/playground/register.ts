import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands, toUri } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { PlaygroundHistory } from './history/history.js';
import { pickFromHistory } from './history/historyPick.js';
import { askPromptFile, readPromptFile } from './menu.js';
import { ModelChoice } from '../../resources/models/modelChoice.js';
import { maxLanes } from './limits.js';
import { newDocument, openOptions, withPrompt } from './document/newDocument.js';
import { OpenPlaygrounds } from './openPlaygrounds.js';
import {
  createPlaygroundPanel,
  fillPlaygroundPanel,
  newId,
  type PanelServices,
  playgroundViewType,
  storageFolder,
} from './playgroundPanel.js';
import { PlaygroundStore } from './history/playgroundStore.js';

const PanelState = z.object({ documentId: z.string() });

type Needs = Pick<Services, 'context' | 'config' | 'session' | 'log' | 'report' | 'models'>;

/** `bedrock.playground.open` and its panels, which come back after a reload. */
export function registerPlayground(services: Needs): Disposable {
  const { context, log, session, report } = services;
  const store = new DisposableStore();
  const files = new PlaygroundStore(storageFolder(context), log);
  const history = new PlaygroundHistory(files, context.workspaceState, Date.now);
  const models = new ModelChoice(services);
  const opened = new OpenPlaygrounds();
  store.add(
    history.onDidChange((change) => {
      opened.follow(change).catch(report);
    }),
  );
  const open = async (document: PlaygroundDocument, isToSend = false) => {
    if (opened.reveal(document.id)) return;
    const panel = createPlaygroundPanel();
    const playground = fillPlaygroundPanel(panelServices, panel, document);
    if (isToSend) playground.sendOnLoad();
    opened.add(panel, playground);
    await history.save(document);
  };
  const panelServices: PanelServices = { context, log, session, models, history, open };
  store.add(
    registerCommands(
      {
        'bedrock.playground.open': async (argument) => {
          const options = z.parse(openOptions, argument ?? {});
          await open(newDocument(options, newId, history.lastModelId));
        },
        'bedrock.playground.compare': async (argument) => {
          const uri = argument instanceof vscode.Uri ? argument : undefined;
          const options = z.parse(openOptions, uri ? {} : (argument ?? {}));
          const modelIds = options.modelIds ?? (await models.pickSeveral(maxLanes));
          const document = newDocument({ ...options, modelIds }, newId);
          await open(uri ? withPrompt(document, await readPromptFile(uri, newId)) : document);
        },
        'bedrock.playground.history': async () => {
          const id = await pickFromHistory(history);
          const document = id === undefined ? undefined : await history.load(id);
          if (document) await open(document);
        },
        'bedrock.playground.openPrompt': async (...args) => {
          const uri = toUri(args[0]) ?? (await askPromptFile());
          await open(await readPromptFile(uri, newId));
        },
        'bedrock.playground.runPrompt': async (...args) => {
          const uri = toUri(args[0]) ?? (await askPromptFile());
          await open(await readPromptFile(uri, newId), true);
        },
      },
      report,
    ),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(playgroundViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const stored = PanelState.safeParse(state);
        const id = stored.success ? stored.data.documentId : '';
        const document = /^[\w-]{1,64}$/.test(id) ? await history.load(id) : undefined;
        const shown = document ?? newDocument({}, newId);
        // Opened from the history while its tab was waiting behind others.
        if (opened.reveal(shown.id)) panel.dispose();
        else opened.add(panel, fillPlaygroundPanel(panelServices, panel, shown));
      },
    }),
  );
  return store;
}
