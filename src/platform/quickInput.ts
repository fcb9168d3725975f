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
  /** Shows a Back button: what asked is shown again where the person leaves. */
  readonly leadsBack?: boolean;
}

/** Asks for a text. */
export function askText(options: InputOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const box = vscode.window.createInputBox();
    box.title = options.title;
    box.ignoreFocusOut = true;
    box.prompt = options.prompt;
    box.value = options.value ?? '';
    box.valueSelection = [0, box.value.length];
    box.placeholder = options.placeholder;
    box.password = options.password ?? false;
    offerBack(box, options);
    const check = () => (box.validationMessage = options.validate?.(box.value));
    box.onDidChangeValue(check);
    box.onDidAccept(() => {
      if (check() !== undefined) return;
      resolve(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      reject(cancelled());
    });
    box.show();
  });
}

function offerBack(
  box: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { leadsBack }: { readonly leadsBack?: boolean },
): void {
  if (leadsBack !== true) return;
  box.buttons = [vscode.QuickInputButtons.Back];
  box.onDidTriggerButton(() => {
    box.hide();
  });
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder?: string;
  readonly items: readonly (Choice<T> | vscode.QuickPickItem)[];
  /** True for the value that is set now: its item is marked and the one to start on. */
  readonly isCurrent?: (value: T) => boolean;
  /** Where given, a typed text that no item has becomes a choice of its own. */
  readonly free?: (typed: string) => Choice<T> | undefined;
  /** More items for what is typed; called at most every 200 ms, the newest answer wins. */
  readonly suggest?: (typed: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;
  /** Shows a Back button: what asked is shown again where the person leaves. */
  readonly leadsBack?: boolean;
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
    offerBack(box, options);
    const items = options.items.map((item) => marked(item, options.isCurrent));
    const typed = () => (box.value === '' ? undefined : options.free?.(box.value));
    let shownFree: Choice<T> | undefined;
    const render = () => {
      const free = typed();
      const isNew = ({ label }: Choice<T>) => items.every((item) => item.label !== label);
      const known = [...items, ...suggested.filter(isNew)];
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
        if (signal.aborted || hasLabelsOf(found, suggested)) return;
        suggested = found;
        // What the person is about to choose stays the one that is chosen.
        const [active] = box.activeItems;
        render();
        const again = box.items.find(({ label }) => label === active?.label);
        if (again) box.activeItems = [again];
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
    const start = items.find((item) => isSet(item, options.isCurrent));
    if (start) box.activeItems = [start];
    box.show();
    schedule();
  });
}

function hasLabelsOf<T>(some: readonly Choice<T>[], others: readonly Choice<T>[]): boolean {
  return (
    some.length === others.length && some.every(({ label }, at) => label === others[at]?.label)
  );
}

function isSet<T>(
  item: Choice<T> | vscode.QuickPickItem,
  isCurrent: PickOptions<T>['isCurrent'],
): boolean {
  return 'value' in item && isCurrent?.(item.value) === true;
}

/** The item of the value that is set now says so. */
function marked<T>(
  item: Choice<T> | vscode.QuickPickItem,
  isCurrent: PickOptions<T>['isCurrent'],
): Choice<T> | vscode.QuickPickItem {
  if (!isSet(item, isCurrent)) return item;
  const word = vscode.l10n.t('set now');
  return { ...item, description: item.description ? `${item.description} · ${word}` : word };
}

function mentions({ label, description, detail }: vscode.QuickPickItem, typed: string): boolean {
  const words = [label, description, detail].join(' ').toLowerCase();
  return words.includes(typed.trim().toLowerCase());
}

/** A heading between choices. */
export function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
