import * as vscode from 'vscode';
import { askText } from '../../platform/quickInput.js';
import type { HistoryEntry, PlaygroundHistory } from './history.js';

interface HistoryItem extends vscode.QuickPickItem {
  readonly entry: HistoryEntry;
}

/** Lists the playgrounds of the workspace; gives the id of the chosen one. Each can be renamed and deleted. */
export function pickFromHistory(history: PlaygroundHistory): Promise<string | undefined> {
  return new Promise((resolve) => {
    const box = vscode.window.createQuickPick<HistoryItem>();
    const rename = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') };
    const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };
    const render = () => {
      box.items = history.list().map((entry) => ({
        entry,
        label: entry.title,
        description: entry.models.join(', '),
        detail: new Date(entry.changed).toLocaleString(vscode.env.language),
        buttons: [rename, remove],
      }));
    };
    box.title = vscode.l10n.t('Playground History');
    box.placeholder = vscode.l10n.t('Search by prompt or model');
    box.matchOnDescription = true;
    box.onDidTriggerItemButton(async ({ item, button }) => {
      if (button === remove) {
        await history.remove(item.entry.id);
        render();
        return;
      }
      box.hide();
      const title = await askText({
        title: vscode.l10n.t('Rename Playground'),
        value: item.entry.title,
      });
      await history.rename(item.entry.id, title.trim());
    });
    box.onDidAccept(() => {
      resolve(box.selectedItems[0]?.entry.id);
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(undefined);
    });
    render();
    box.show();
  });
}
