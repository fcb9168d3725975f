import * as vscode from 'vscode';
import { AppError } from '../core/errors.js';

/** The chosen or typed value; rejects with `cancelled` where the person leaves. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

export interface InputOptions {
  readonly title: string;
  readonly prompt?: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Says what is wrong with the value, or undefined. */
  readonly validate?: (value: string) => string | undefined;
}

/** Asks for a text. */
export async function askText(options: InputOptions): Promise<string> {
  const value = await vscode.window.showInputBox({
    title: options.title,
    ignoreFocusOut: true,
    ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
    ...(options.value === undefined ? {} : { value: options.value }),
    ...(options.placeholder === undefined ? {} : { placeHolder: options.placeholder }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.validate ? { validateInput: options.validate } : {}),
  });
  if (value === undefined) throw cancelled();
  return value;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly (Choice<T> | vscode.QuickPickItem)[];
  /** The label of the item to start on. */
  readonly active?: string;
  /** Where given, a typed text that no item has becomes a choice of its own. */
  readonly free?: (typed: string) => Choice<T> | undefined;
  /** More items for what is typed; called at most every 200 ms, the newest answer wins. */
  readonly suggest?: (typed: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
}

/** Asks for one of several values, typed values and type-ahead included. */
export function pick<T>(options: PickOptions<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const box = vscode.window.createQuickPick();
    let suggested: readonly Choice<T>[] = [];
    let controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    box.title = options.title;
    box.placeholder = options.placeholder;
    box.ignoreFocusOut = true;
    box.matchOnDescription = true;
    box.matchOnDetail = true;
    const typed = () => (box.value === '' ? undefined : options.free?.(box.value));
    let shownFree: Choice<T> | undefined;
    const render = () => {
      const free = typed();
      const known = [...options.items, ...suggested];
      shownFree = free && !known.some((item) => item.label === free.label) ? free : undefined;
      box.items = shownFree ? [shownFree, ...known] : known;
    };
    const suggest = async () => {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      box.busy = true;
      try {
        const found = (await options.suggest?.(box.value, signal)) ?? [];
        if (signal.aborted) return;
        suggested = found;
        render();
      } finally {
        if (!signal.aborted) box.busy = false;
      }
    };
    const schedule = () => {
      clearTimeout(timer);
      // A failed suggestion leaves the typed value usable: the right to list is never required.
      if (options.suggest) timer = setTimeout(() => void suggest().catch(() => undefined), 200);
    };
    box.onDidChangeValue(() => {
      render();
      schedule();
    });
    box.onDidAccept(() => {
      const chosen = box.selectedItems[0];
      // Who types fast presses Enter before the lines have caught up with the text.
      const isTyped = chosen === undefined || chosen === shownFree || !mentions(chosen, box.value);
      const result = (isTyped ? typed() : undefined) ?? chosen;
      if (!result || !('value' in result)) return;
      resolve((result as Choice<T>).value);
      box.hide();
    });
    box.onDidHide(() => {
      clearTimeout(timer);
      controller.abort();
      box.dispose();
      reject(cancelled());
    });
    render();
    box.activeItems = box.items.filter((item) => item.label === options.active);
    box.show();
    schedule();
  });
}

function mentions({ label, description, detail }: vscode.QuickPickItem, typed: string): boolean {
  const words = [label, description, detail].join(' ').toLowerCase();
  return words.includes(typed.trim().toLowerCase());
}

/** A heading between choices. */
export function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
