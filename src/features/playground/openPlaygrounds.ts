import type { WebviewPanel } from 'vscode';
import type { HistoryChange } from './history/history.js';
import type { Playground } from './playgroundHandlers.js';

interface OpenPlayground {
  readonly panel: WebviewPanel;
  readonly playground: Playground;
}

/** The playgrounds that are open, each once: two pages of one would overwrite each other. */
export class OpenPlaygrounds {
  private readonly open = new Map<string, OpenPlayground>();

  add(panel: WebviewPanel, playground: Playground): void {
    const { id } = playground.document;
    const entry = { panel, playground };
    this.open.set(id, entry);
    panel.onDidDispose(() => {
      if (this.open.get(id) === entry) this.open.delete(id);
    });
  }

  /** Brings a playground to the front; false where it is not open. */
  reveal(id: string): boolean {
    const found = this.open.get(id);
    found?.panel.reveal();
    return found !== undefined;
  }

  /** Does to the page what was done to its playground in the history. */
  async follow(change: HistoryChange): Promise<void> {
    const found = this.open.get(change.id);
    if (change.kind === 'removed') found?.panel.dispose();
    else await found?.playground.rename(change.title);
  }
}
