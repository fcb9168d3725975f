import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { outputReaderFor } from '../../core/results/readOutput.js';
import { showWebviewPage } from '../../platform/webviewPage.js';
import { webviewPort } from '../../platform/webviewPort.js';
import { serve } from '../../rpc/host.js';
import type { Services } from '../../services.js';
import { resultsContract, type ResultsPageData } from './contract.js';
import { createResultsHandlers } from './resultsHandlers.js';
import { locateResults } from './resultsSource.js';
import { resultsStrings } from './strings.js';

type Needs = Pick<Services, 'context' | 'ledger' | 'log' | 'distFile'>;

/** Also the key of the serializer and of `onWebviewPanel` in package.json. */
export const resultsViewType = 'bedrock.results';

/** An empty panel for results; `fillResultsPanel` puts the page into it. */
export function createResultsPanel(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    resultsViewType,
    vscode.l10n.t('Results'),
    vscode.ViewColumn.Active,
    { enableFindWidget: false },
  );
}

/**
 * Shows the results of a run or a path in a panel. Disposing the panel stops indexing and closes the
 * files. Rejects where there are no results; the panel is then left to the caller.
 */
export async function fillResultsPanel(
  services: Needs,
  panel: vscode.WebviewPanel,
  source: string,
): Promise<void> {
  const { context, log, distFile } = services;
  const store = new DisposableStore();
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
    store.dispose();
  });
  const location = await locateResults(services, source);
  // Loaded on first use: opening the editor must not pay for it.
  const [{ ResultIndex }, { findResultFiles, sameDataset }] = await Promise.all([
    import('../../io/results/resultIndex.js'),
    import('../../io/results/outputFiles.js'),
  ]);
  const { folder, outputs, manifest } = await findResultFiles(location.path);
  const input = location.input && (await sameDataset(location.input.path, location.input.bytes));
  // Set by the listener above, while we waited.
  if (isClosed as boolean) return;
  const index = store.add(
    new ResultIndex({
      outputs,
      input,
      generatedIdPrefix: location.generatedIdPrefix,
      readOutput: outputReaderFor(location),
      worker: pathToFileURL(distFile('resultIndexWorker.js')),
    }),
  );
  const handlers = createResultsHandlers({
    index,
    manifest,
    source: location,
    copyText: async (text) => {
      await vscode.env.clipboard.writeText(text);
    },
    openJson,
    messages: { gone: vscode.l10n.t('This record is not there any more. Open the results again.') },
  });
  store.add(
    serve(webviewPort(panel.webview), resultsContract, handlers, {
      onError: (method, error) => {
        log.error('results page', { method, error });
      },
    }),
  );
  panel.title = vscode.l10n.t('Results: {0}', location.jobName);
  const data: ResultsPageData = {
    source,
    lang: vscode.env.language,
    jobName: location.jobName,
    ...(location.modelId !== undefined && { modelId: location.modelId }),
    folder,
    strings: resultsStrings(),
  };
  showWebviewPage(panel.webview, context.extensionUri, {
    page: 'results',
    title: panel.title,
    lang: vscode.env.language,
    data,
  });
}

/** Panels by what they show, so that opening the same again reveals it. */
export class OpenPanels implements Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  get(source: string): vscode.WebviewPanel | undefined {
    return this.panels.get(source);
  }

  add(source: string, panel: vscode.WebviewPanel): void {
    this.panels.set(source, panel);
    panel.onDidDispose(() => {
      if (this.panels.get(source) === panel) this.panels.delete(source);
    });
  }

  /** Only forgets them: a panel that is closed at the end of a window does not come back after a reload. */
  dispose(): void {
    this.panels.clear();
  }
}

async function openJson(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document, { preview: false });
}
