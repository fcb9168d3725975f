import * as vscode from 'vscode';
import { isCancelled } from '../../../core/errors.js';
import { formatTime } from '../../../core/format.js';
import { askText } from '../../../platform/quickInput.js';
import type { HistoryEntry, PlaygroundHistory } from './history.js';
import { excerptAround, hasWords, searchWords } from './searchText.js';

interface HistoryItem extends vscode.QuickPickItem {
  readonly entry: HistoryEntry;
}

interface Chosen {
  readonly action: 'open' | 'rename' | 'remove';
  readonly entry: HistoryEntry;
  /** What was searched for. */
  readonly query: string;
}

/** Lists the playgrounds of the workspace; gives the id of the chosen one. Each can be renamed and deleted. */
export async function pickFromHistory(history: PlaygroundHistory): Promise<string | undefined> {
  let query = '';
  for (;;) {
    const chosen = await showList(history, query);
    if (!chosen) return undefined;
    if (chosen.action === 'open') return chosen.entry.id;
    query = chosen.query;
    try {
      await (chosen.action === 'rename'
        ? rename(history, chosen.entry)
        : remove(history, chosen.entry));
    } catch (error) {
      // Who thinks better of it is back at the list.
      if (!isCancelled(error)) throw error;
    }
  }
}

function showList(history: PlaygroundHistory, query: string): Promise<Chosen | undefined> {
  return new Promise((resolve) => {
    const box = vscode.window.createQuickPick<HistoryItem>();
    const renameButton = {
      iconPath: new vscode.ThemeIcon('edit'),
      tooltip: vscode.l10n.t('Rename'),
    };
    const removeButton = {
      iconPath: new vscode.ThemeIcon('trash'),
      tooltip: vscode.l10n.t('Delete'),
    };
    let texts: ReadonlyMap<string, string> = new Map();
    const render = () => {
      const words = searchWords(box.value);
      box.items = history.list().map((entry) => ({
        ...toItem(entry, words, texts.get(entry.id) ?? ''),
        buttons: [renameButton, removeButton],
      }));
    };
    const choose = (action: Chosen['action'], entry: HistoryEntry) => {
      resolve({ action, entry, query: box.value });
      box.hide();
    };
    box.title = vscode.l10n.t('Playground History');
    box.placeholder = vscode.l10n.t('Search by title, model, or words of prompts and answers');
    box.matchOnDescription = true;
    box.value = query;
    box.onDidChangeValue(render);
    box.onDidTriggerItemButton(({ item, button }) => {
      choose(button === removeButton ? 'remove' : 'rename', item.entry);
    });
    box.onDidAccept(() => {
      const [chosen] = box.selectedItems;
      if (chosen) choose('open', chosen.entry);
    });
    box.onDidHide(() => {
      box.dispose();
      resolve(undefined);
    });
    render();
    box.show();
    box.busy = true;
    const show = (found: typeof texts) => {
      texts = found;
      box.busy = false;
      render();
    };
    // Words that cannot be read are not searched; titles and models still are.
    history.texts().then(show, () => {
      show(texts);
    });
  });
}

/** A line of the list. One whose texts have the words shows, and says where, whatever its title is. */
function toItem(entry: HistoryEntry, words: readonly string[], text: string): HistoryItem {
  const { title, models, changed } = entry;
  const time = formatTime(changed);
  const isFound = words.length > 0 && hasWords(words, title, text, ...models);
  const excerpt = isFound ? excerptAround(words, text) : undefined;
  return {
    entry,
    label: title,
    description: models.join(', '),
    detail: excerpt === undefined ? time : `${time} · ${excerpt}`,
    alwaysShow: isFound,
  };
}

async function rename(history: PlaygroundHistory, { id, title }: HistoryEntry): Promise<void> {
  const changed = await askText({ title: vscode.l10n.t('Rename Playground'), value: title });
  await history.rename(id, changed.trim());
}

async function remove(history: PlaygroundHistory, { id, title }: HistoryEntry): Promise<void> {
  const label = vscode.l10n.t('Delete');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the playground "{0}"?', title),
    { modal: true, detail: vscode.l10n.t('Its prompts and answers cannot be brought back.') },
    label,
  );
  if (chosen === label) await history.remove(id);
}
