import * as vscode from 'vscode';
import { AppError } from '../../core/errors.js';
import type { Disposable } from '../../core/lifecycle.js';
import { run } from '../../platform/commands.js';
import { pageIcon, showWebviewPage } from '../../platform/webviewPage.js';
import { webviewPort } from '../../platform/webviewPort.js';
import { serve, type Handlers } from '../../rpc/host.js';
import {
  detailsContract,
  type DetailsMissing,
  type DetailsPageData,
  type DetailsRow,
  type DetailsSnapshot,
} from './contract.js';
import { detailsStrings } from './strings.js';

/** Also the key of the serializer and of `onWebviewPanel` in package.json. */
export const detailsViewType = 'bedrock.modelDetails';

/** Where a panel's facts come from. */
export interface DetailsSource {
  readonly modelId: string;
  snapshot(): DetailsSnapshot | DetailsMissing;
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Asks AWS for the list where nothing is known yet. */
  load(): Promise<void>;
  availability(signal: AbortSignal): Promise<DetailsRow[]>;
}

/** An empty panel; `fillDetailsPanel` puts the page into it. */
export function createDetailsPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    detailsViewType,
    vscode.l10n.t('Model'),
    vscode.ViewColumn.Active,
    { enableFindWidget: true },
  );
}

export interface DetailsHost {
  readonly extensionUri: vscode.Uri;
  readonly onError: (error: unknown) => void;
}

/** Shows a model in a panel until the panel is closed. */
export function fillDetailsPanel(
  host: DetailsHost,
  panel: vscode.WebviewPanel,
  source: DetailsSource,
): void {
  panel.iconPath = pageIcon(host.extensionUri);
  const server = serve(webviewPort(panel.webview), detailsContract, handlersOf(source), {
    onError: (_method, error) => {
      host.onError(error);
    },
  });
  const title = () => {
    const now = source.snapshot();
    panel.title = 'name' in now ? now.name : source.modelId;
  };
  const subscription = source.onDidChange(title);
  panel.onDidDispose(() => {
    subscription.dispose();
    server.dispose();
  });
  title();
  const data: DetailsPageData = { modelId: source.modelId, strings: detailsStrings() };
  showWebviewPage(panel.webview, host.extensionUri, {
    page: 'modelDetails',
    title: panel.title,
    lang: vscode.env.language,
    data,
  });
}

/** The extension's side of the page. */
function handlersOf(source: DetailsSource): Handlers<typeof detailsContract> {
  return {
    async *watch(_input, signal) {
      await source.load();
      while (!signal.aborted) {
        // Listening before the snapshot is taken: a change in between is not missed.
        const changed = nextChange(source, signal);
        yield source.snapshot();
        await changed;
      }
    },
    availability: (_input, signal) => source.availability(signal),
    act: async ({ action }) => {
      const id = `bedrock.models.${action}` as const;
      await (action === 'refresh' ? run(id) : run(id, { kind: 'model', modelId: source.modelId }));
      return undefined;
    },
    copy: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return undefined;
    },
    openLink: async ({ url }) => {
      const uri = vscode.Uri.parse(url, true);
      if (uri.scheme !== 'https') {
        throw new AppError('invalidInput', vscode.l10n.t('Only https links can be opened.'));
      }
      await vscode.env.openExternal(uri);
      return undefined;
    },
  };
}

function nextChange(source: DetailsSource, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      subscription.dispose();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const subscription = source.onDidChange(finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
