import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { registerCommands } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import {
  createResultsPanel,
  fillResultsPanel,
  OpenPanels,
  resultsViewType,
} from './resultsPanel.js';
import { askSource, parseSource } from './resultsSource.js';

const PanelState = z.object({ source: z.string() });

/** `bedrock.results.open` and the panels it opens, which come back after a reload. */
export function registerResults(
  services: Pick<Services, 'context' | 'ledger' | 'log' | 'report' | 'distFile'>,
): Disposable {
  const store = new DisposableStore();
  const panels = store.add(new OpenPanels());
  const fill = async (panel: vscode.WebviewPanel, source: string) => {
    panels.add(source, panel);
    try {
      await fillResultsPanel(services, panel, source);
    } catch (error) {
      panel.dispose();
      throw error;
    }
  };
  store.add(
    registerCommands(
      {
        'bedrock.results.open': async (argument) => {
          const source = parseSource(argument) ?? (await askSource(services));
          const open = panels.get(source);
          if (open) open.reveal();
          else await fill(createResultsPanel(), source);
        },
      },
      services.report,
    ),
  );
  store.add(
    vscode.window.registerWebviewPanelSerializer(resultsViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        const stored = PanelState.safeParse(state);
        if (!stored.success) {
          panel.dispose();
          return;
        }
        await fill(panel, stored.data.source).catch((error: unknown) => {
          services.report(error);
        });
      },
    }),
  );
  return store;
}
