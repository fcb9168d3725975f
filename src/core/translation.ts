import { config } from '@vscode/l10n';

/** English text → text in the person's language, as VS Code keeps it. */
export type Translations = Readonly<Record<string, string>>;

let current: Translations | undefined;

/**
 * Sets what `t` of `@vscode/l10n` gives in this thread; undefined means English. Called once, at
 * activation or at the start of a worker thread: modules are loaded before, so no text may be made while
 * a module loads.
 */
export function useTranslations(translations: Translations | undefined): void {
  current = translations;
  config({ contents: translations ?? {} });
}

/** What a worker thread needs for `useTranslations`: it has its own copy of all modules. */
export function currentTranslations(): Translations | undefined {
  return current;
}
