import * as vscode from 'vscode';
import { AppError } from '../core/errors.js';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';
import type { Contract } from '../rpc/contract.js';
import { serve, type Handlers } from '../rpc/host.js';
import type { PageData, PageStrings, pageCalls } from '../rpc/pageCalls.js';
import type { ErrorReporter } from './notify.js';
import type { OutputLog } from './outputLog.js';
import { actionLabels, recover } from './recover.js';
import { showWebviewPage } from './webviewPage.js';
import { webviewPort } from './webviewPort.js';

/** The handlers of a page's own calls: those that every page has are the kit's. */
export type OwnHandlers<C extends Contract> = Omit<Handlers<C>, keyof typeof pageCalls>;

/** A page's data without the texts that every page has. */
export interface OwnPageData {
  readonly state: PageData['state'];
  readonly strings: object;
}

/** What a panel shows. */
export interface PanelContent<C extends Contract> {
  readonly title: string;
  readonly data: OwnPageData;
  readonly handlers: OwnHandlers<C>;
}

/** A panel while it is filled. */
export interface PanelFrame {
  /** Ends with the panel. */
  readonly store: DisposableStore;
  /** True once the person has closed it: looked at after every wait. */
  readonly isClosed: () => boolean;
  /** Names the tab; nothing once it is closed. */
  readonly setTitle: (title: string) => void;
}

/** A kind of page: a panel for each thing it shows. */
export interface PanelKind<C extends Contract, Subject> {
  /** Also the name in `onWebviewPanel` of package.json. */
  readonly viewType: string;
  /** Names its files in `dist/webviews`. */
  readonly page: string;
  /** Of the tab until its content is known. */
  readonly title: () => string;
  readonly contract: C;
  /** The editor's own search in the page. */
  readonly enableFindWidget: boolean;
  /** Things with the same key are one panel. */
  readonly keyOf: (subject: Subject) => string;
  /** What a panel of before a reload showed, by the state its page kept; undefined closes it. */
  readonly restore: (state: unknown) => Subject | undefined | Promise<Subject | undefined>;
  /** Fills a panel; undefined where it was closed meanwhile. A failure closes it. */
  readonly fill: (
    subject: Subject,
    frame: PanelFrame,
  ) => PanelContent<C> | undefined | Promise<PanelContent<C> | undefined>;
}

interface Needs {
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
  readonly log: OutputLog;
  readonly report: ErrorReporter;
}

/** The panels of one kind: each thing is open once, and they come back after a reload. */
export class Panels<C extends Contract, Subject> implements Disposable {
  private readonly open = new Map<string, vscode.WebviewPanel>();
  private readonly serializer: Disposable;

  constructor(
    private readonly services: Needs,
    private readonly kind: PanelKind<C, Subject>,
  ) {
    this.serializer = vscode.window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        try {
          const subject = await kind.restore(state);
          // Opened by hand while its tab was waiting behind others.
          if (subject === undefined || this.reveal(kind.keyOf(subject))) panel.dispose();
          else await this.fill(panel, subject);
        } catch (error) {
          services.report(error);
        }
      },
    });
  }

  /** Shows a thing; the panel that already shows it comes to the front. False where there was one. */
  async show(subject: Subject): Promise<boolean> {
    const { viewType, title, enableFindWidget } = this.kind;
    if (this.reveal(this.kind.keyOf(subject))) return false;
    const panel = vscode.window.createWebviewPanel(viewType, title(), vscode.ViewColumn.Active, {
      enableFindWidget,
    });
    await this.fill(panel, subject);
    return true;
  }

  /** Brings a panel to the front; false where the thing is not shown. */
  reveal(key: string): boolean {
    const panel = this.open.get(key);
    panel?.reveal();
    return panel !== undefined;
  }

  close(key: string): void {
    this.open.get(key)?.dispose();
  }

  /** Panels are left to VS Code: one that is closed with its window would not come back. */
  dispose(): void {
    this.serializer.dispose();
    this.open.clear();
  }

  private async fill(panel: vscode.WebviewPanel, subject: Subject): Promise<void> {
    const { kind, services } = this;
    const { log, context } = services;
    const key = kind.keyOf(subject);
    const store = new DisposableStore();
    let isClosed = false;
    this.open.set(key, panel);
    panel.onDidDispose(() => {
      isClosed = true;
      if (this.open.get(key) === panel) this.open.delete(key);
      store.dispose();
    });
    panel.iconPath = pageIcon(context.extensionUri);
    const frame: PanelFrame = {
      store,
      isClosed: () => isClosed,
      setTitle: (title) => {
        if (!isClosed) panel.title = title;
      },
    };
    try {
      const content = await kind.fill(subject, frame);
      // Set by the listener above, while we waited.
      if (!content || frame.isClosed()) return;
      // Own calls and those of every page: together all of the contract's.
      const handlers = { ...content.handlers, ...pageHandlers(log) } as unknown as Handlers<C>;
      store.add(
        serve(webviewPort(panel.webview), kind.contract, handlers, {
          onError: (method, error) => {
            log.error(`page ${kind.page}`, { method, error });
          },
        }),
      );
      panel.title = content.title;
      const { data } = content;
      showWebviewPage(panel.webview, context.extensionUri, {
        page: kind.page,
        title: content.title,
        lang: vscode.env.language,
        data: { ...data, strings: { ...pageStrings(), ...data.strings } },
      });
    } catch (error) {
      panel.dispose();
      throw error;
    }
  }
}

/** The icon of our pages' tabs. */
function pageIcon(extensionUri: vscode.Uri): { dark: vscode.Uri; light: vscode.Uri } {
  const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { dark: icon('page-dark.svg'), light: icon('page-light.svg') };
}

function pageStrings(): PageStrings {
  return {
    retry: vscode.l10n.t('Try Again'),
    close: vscode.l10n.t('Close'),
    copied: vscode.l10n.t('Copied'),
    answerParts: {
      reasoning: vscode.l10n.t('Reasoning'),
      toolCall: vscode.l10n.t('Calls {0}'),
      sources: vscode.l10n.t('Sources'),
      source: vscode.l10n.t('Source {0}'),
      pages: vscode.l10n.t('document {0}, pages {1}–{2}'),
      characters: vscode.l10n.t('document {0}, characters {1}–{2}'),
      chunks: vscode.l10n.t('document {0}, parts {1}–{2}'),
    },
    actions: actionLabels(),
  };
}

function pageHandlers(log: OutputLog): Handlers<typeof pageCalls> {
  return {
    copy: async ({ text }) => {
      await vscode.env.clipboard.writeText(text);
      return undefined;
    },
    openLink: async ({ url }) => {
      await vscode.env.openExternal(parseLink(url));
      return undefined;
    },
    recover: ({ action }) => recover(action, log),
  };
}

/** @throws AppError `invalidInput` for anything but web and mail addresses. */
function parseLink(href: string): vscode.Uri {
  const isKnown = URL.canParse(href) && /^(https?|mailto):/i.test(href);
  if (isKnown) return vscode.Uri.parse(href, true);
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Only web and mail addresses can be opened. This one leads nowhere.'),
  );
}
