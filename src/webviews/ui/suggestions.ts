import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';

/** A text to put between two offsets. */
export interface Suggestion {
  readonly label: string;
  readonly insert: string;
  /** What of `insert` is selected afterwards. */
  readonly selection: readonly [start: number, end: number];
  readonly start: number;
  readonly end: number;
  readonly about: string;
}

interface Help {
  readonly suggestions: readonly Suggestion[];
  readonly about?: string | undefined;
}

interface Shown extends Help {
  readonly isOpen: boolean;
  readonly active: number;
}

const nothing: Shown = { suggestions: [], isOpen: false, active: 0 };

/** Puts a suggestion into the text, as typing would: it can be undone. */
export function applySuggestion(
  area: HTMLTextAreaElement,
  { insert, selection, start, end }: Suggestion,
): void {
  area.focus();
  area.setSelectionRange(start, end);
  // Deprecated, yet the only way to write into a text area that keeps its undo history.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('insertText', false, insert);
  area.setSelectionRange(start + selection[0], start + selection[1]);
}

/** The list of suggestions of a text area: what is in it, which is active, and the keys that lead it. */
export function useSuggestions(
  area: RefObject<HTMLTextAreaElement | null>,
  help: (value: string, offset: number) => Promise<Help>,
) {
  const [shown, setShown] = useState(nothing);
  const asked = useRef(0);
  /** True from the moment the list is wanted, before there is anything to show. */
  const isWanted = useRef(false);
  const ask = () => {
    const { current } = area;
    if (!current) return;
    const own = ++asked.current;
    const { value, selectionStart } = current;
    const isCurrent = () => own === asked.current && current.value === value;
    help(value, selectionStart).then(
      ({ suggestions, about }) => {
        if (!isCurrent()) return;
        const fitting = suggestions.filter((each) => fits(each, value, selectionStart));
        isWanted.current &&= fitting.length > 0;
        setShown({ suggestions: fitting, about, isOpen: isWanted.current, active: 0 });
      },
      () => {
        // Help is an extra: the findings say what is wrong.
        if (isCurrent()) setShown(nothing);
      },
    );
  };
  const close = () => {
    isWanted.current = false;
    setShown((now) => ({ ...now, isOpen: false }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      isWanted.current = true;
      ask();
      return;
    }
    if (!shown.isOpen) return;
    const count = shown.suggestions.length;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    const chosen = shown.suggestions[shown.active];
    if (step !== undefined) setShown({ ...shown, active: (shown.active + step + count) % count });
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen && area.current) {
      applySuggestion(area.current, chosen);
      close();
    } else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    ...shown,
    close,
    onKeyDown,
    /** A quotation mark begins a name or a value; a list that is open follows what is typed. */
    onTyped: (event: InputEvent) => {
      isWanted.current ||= event.data === '"';
      ask();
    },
    /** Help follows the cursor; keys that move within the list do not come here. */
    onMoved: ask,
  };
}

/** True where what stands before the cursor is how the suggestion begins. */
function fits({ label, start, end }: Suggestion, value: string, caret: number): boolean {
  const typed = value.slice(start, Math.min(caret, end)).replaceAll('"', '').toLowerCase();
  return label.toLowerCase().startsWith(typed);
}
