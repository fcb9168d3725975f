import './codeField.css';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { applySuggestion, type Suggestion, useSuggestions } from './suggestions.js';

/** A finding in the text; offsets count UTF-16 units, `end` exclusive. */
export interface CodeMark {
  readonly start: number;
  readonly end: number;
  readonly severity: 'error' | 'warning';
  /** With its place, for the list below the text. */
  readonly message: string;
}

interface CodeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly marks: readonly CodeMark[];
  /** Shown where nothing is wrong. */
  readonly hint: string;
  /** What the list of suggestions is called. */
  readonly suggestionsLabel: string;
  /** What can be written at an offset, and what stands there. */
  readonly help: (value: string, offset: number) => Promise<CodeHelp>;
}

/** What is known of a place in the text. */
export interface CodeHelp {
  readonly suggestions: readonly Suggestion[];
  readonly about?: string | undefined;
}

/** Marks are drawn on a copy of the text; for larger texts the list below has to do. */
const mostDrawn = 200_000;

/**
 * Code with findings underlined in place, help for the place of the cursor, and suggestions
 * (Ctrl+Space, or while a name is typed). The text area stays native: undo, selection and input methods
 * are the browser's.
 */
export function CodeField(props: CodeFieldProps) {
  const { label, value, onInput, marks, hint } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const list = useSuggestions(area, props.help);
  const isDrawn = value.length <= mostDrawn;
  return (
    <div class="field code-field">
      <label for={id}>{label}</label>
      <div class={marks.length > 0 ? 'code-box invalid' : 'code-box'}>
        {isDrawn && <Drawing value={value} marks={marks} caret={list.isOpen ? caret : undefined} />}
        <textarea
          ref={area}
          id={id}
          wrap="off"
          spellcheck={false}
          value={value}
          aria-invalid={marks.length > 0}
          aria-describedby={`${id}-about`}
          aria-autocomplete="list"
          aria-controls={list.isOpen ? `${id}-list` : undefined}
          aria-activedescendant={list.isOpen ? `${id}-${list.active}` : undefined}
          onKeyDown={list.onKeyDown}
          onBlur={list.close}
          onInput={(event) => {
            onInput(event.currentTarget.value);
            list.onTyped(event);
          }}
          onSelect={(event) => {
            setCaret(event.currentTarget.selectionStart);
            list.onMoved();
          }}
        />
        {list.isOpen && (
          <ul
            id={`${id}-list`}
            class="suggestions"
            role="listbox"
            aria-label={props.suggestionsLabel}
            // It scrolls with the arrow keys of the text area, where Tab takes a suggestion.
            tabIndex={0}
            onMouseDown={keepFocus}
          >
            {list.suggestions.map((suggestion, index) => (
              <Option
                key={suggestion.label}
                id={`${id}-${index}`}
                suggestion={suggestion}
                isActive={index === list.active}
                onChoose={() => {
                  if (area.current) applySuggestion(area.current, suggestion);
                  list.close();
                }}
              />
            ))}
          </ul>
        )}
      </div>
      <span id={`${id}-about`} class="field-hint" role="status">
        {list.about ?? (marks.length === 0 ? hint : '')}
      </span>
      <Findings marks={marks} area={area.current} />
    </div>
  );
}

/** The text area has the focus while its list is open. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}

interface OptionProps {
  readonly id: string;
  readonly suggestion: Suggestion;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}

function Option({ id, suggestion, isActive, onChoose }: OptionProps) {
  const item = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (isActive) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <li
      ref={item}
      id={id}
      role="option"
      aria-selected={isActive}
      // Not `click`: it would come after the text area lost the focus.
      onMouseDown={onChoose}
    >
      <span class="suggestion-name">{suggestion.label}</span>
      <span class="suggestion-about">{suggestion.about}</span>
    </li>
  );
}

interface DrawingProps {
  readonly value: string;
  readonly marks: readonly CodeMark[];
  /** Where the list of suggestions hangs. */
  readonly caret: number | undefined;
}

/** The text once more, unseen, with its findings underlined. */
function Drawing({ value, marks, caret }: DrawingProps) {
  // Where an error and a warning meet, the error is drawn.
  const drawn = marks.toSorted((a, b) => a.severity.localeCompare(b.severity));
  const cuts = new Set([0, value.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  if (caret !== undefined) cuts.add(caret);
  const places = [...cuts].filter((place) => place <= value.length).sort((a, b) => a - b);
  return (
    <pre class="code-drawing" aria-hidden="true">
      {places.map((start, index) => {
        const end = places[index + 1] ?? start;
        const mark = drawn.find((each) => each.start <= start && each.end >= end);
        return (
          <>
            {start === caret && <span class="code-caret" />}
            {end > start && (
              <span class={mark && `mark-${mark.severity}`}>{value.slice(start, end)}</span>
            )}
          </>
        );
      })}
      {'\n'}
    </pre>
  );
}

/** All findings in words; each leads to its place. */
function Findings(props: { marks: readonly CodeMark[]; area: HTMLTextAreaElement | null }) {
  const { marks, area } = props;
  if (marks.length === 0) return null;
  return (
    <ul class="findings">
      {marks.map(({ start, end, message, severity }) => (
        <li key={`${start} ${message}`}>
          <button
            type="button"
            class={`finding says-${severity}`}
            onClick={() => {
              area?.focus();
              area?.setSelectionRange(start, end);
            }}
          >
            {message}
          </button>
        </li>
      ))}
    </ul>
  );
}
