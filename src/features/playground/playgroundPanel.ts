import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { CodePlace } from '../../core/code/requests.js';
import { endpointFor } from '../../core/connection.js';
import { checkConversation } from '../../core/converse/checkConversation.js';
import { DisposableStore, Emitter } from '../../core/lifecycle.js';
import { pageIcon, showWebviewPage } from '../../platform/webviewPage.js';
import { webviewPort } from '../../platform/webviewPort.js';
import { serve } from '../../rpc/host.js';
import type { Services } from '../../services.js';
import { playgroundContract, type ConnectionFacts, type PlaygroundPageData } from './contract.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { insertText, openLink, openText, recover } from './editorActions.js';
import { pickFiles, readFiles } from './document/files.js';
import { pickGuardrail } from './settings/guardrails.js';
import type { PlaygroundHistory } from './history/history.js';
import { pickFromHistory } from './history/historyPick.js';
import { showMenu } from './menu.js';
import type { ModelChoice } from '../../resources/models/modelChoice.js';
import { documentTitle } from './document/newDocument.js';
import { Playground } from './playgroundHandlers.js';
import { playgroundStrings } from './strings.js';

/** Also the key of the serializer and of `onWebviewPanel` in package.json. */
export const playgroundViewType = 'bedrock.playground';

export interface PanelServices extends Pick<Services, 'context' | 'session' | 'log'> {
  readonly models: ModelChoice;
  readonly history: PlaygroundHistory;
  /** Opens a playground in a panel of its own. */
  readonly open: (document: PlaygroundDocument) => Promise<void>;
}

export function createPlaygroundPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    playgroundViewType,
    vscode.l10n.t('Playground'),
    vscode.ViewColumn.Active,
    { enableFindWidget: true },
  );
}

/** Shows a playground in a panel. Closing the panel stops what still arrives. */
export function fillPlaygroundPanel(
  services: PanelServices,
  panel: vscode.WebviewPanel,
  document: PlaygroundDocument,
): Playground {
  const { context, log, session, models, history } = services;
  const store = new DisposableStore();
  panel.onDidDispose(() => {
    store.dispose();
  });
  panel.iconPath = pageIcon(context.extensionUri);
  const title = (shown: PlaygroundDocument) => documentTitle(shown) ?? vscode.l10n.t('Playground');
  const connections = store.add(new Emitter<undefined>());
  store.add(
    session.onDidChange(() => {
      connections.fire(undefined);
    }),
  );
  const playground = store.add(
    new Playground(document, {
      runtime: async () => (await session.aws()).runtime,
      check: checkConversation,
      connection: () => connectionFacts(session),
      onDidChangeConnection: connections.event,
      modelFacts: (modelId) => models.facts(modelId),
      pickModel: ({ modelId, isNative }) => models.pick(modelId, isNative),
      pickGuardrail: async (current) => pickGuardrail((await session.aws()).guardrails, current),
      retitle: (changed) => {
        panel.title = title(changed);
      },
      store: (changed) => history.save(changed),
      open: services.open,
      inputs: () => history.inputs(),
      pickFiles,
      readFiles,
      codePlace: () => codePlace(session),
      showHistory: async () => {
        const id = await pickFromHistory(history);
        const chosen = id === undefined ? undefined : await history.load(id);
        if (chosen) await services.open(chosen);
      },
      showMenu: (shown, laneId) =>
        showMenu({ playground: shown, laneId, newId, keep: (kept) => history.save(kept) }),
      copyText: async (text) => {
        await vscode.env.clipboard.writeText(text);
      },
      openText,
      insertText,
      openLink,
      act: (action) => recover(action, log),
      now: Date.now,
      onFailed: (error) => {
        log.error('playground', { error });
      },
    }),
  );
  store.add(
    serve(webviewPort(panel.webview), playgroundContract, playground.handlers(), {
      onError: (method, error) => {
        log.error('playground page', { method, error });
      },
    }),
  );
  panel.title = title(document);
  const data: PlaygroundPageData = {
    lang: vscode.env.language,
    documentId: document.id,
    strings: playgroundStrings(),
  };
  showWebviewPage(panel.webview, context.extensionUri, {
    page: 'playground',
    title: vscode.l10n.t('Playground'),
    lang: vscode.env.language,
    data,
  });
  return playground;
}

/** A new id for documents, lanes and turns. */
export function newId(): string {
  return randomUUID();
}

/** Region, endpoint and profile of the connection, for code. */
async function codePlace(session: Services['session']): Promise<CodePlace> {
  const { connection } = await session.aws();
  const endpoint = endpointFor(connection, 'bedrockRuntime');
  return {
    region: connection.region,
    ...(endpoint && { endpoint }),
    ...(connection.kind === 'profile' && { profile: connection.profile }),
  };
}

function connectionFacts(session: Services['session']): ConnectionFacts {
  const { current } = session;
  if (!current) return { kind: 'none', label: '' };
  if (current.kind === 'sandbox') return { kind: 'sandbox', label: current.region };
  const who = current.kind === 'profile' ? `${current.profile}, ` : '';
  return { kind: 'aws', label: `${who}${current.region}` };
}

/** Where playgrounds are kept: with the workspace, or with the extension where no folder is open. */
export function storageFolder(context: vscode.ExtensionContext): string {
  const uri = context.storageUri ?? context.globalStorageUri;
  return vscode.Uri.joinPath(uri, 'playground').fsPath;
}
