import './field.css';
import { useId, useState } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  /** What is wrong with the value; shown below it and read out with it. */
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
}

interface TextboxProps extends FieldProps {
  /** `number` shows no steppers: parameters are typed. */
  readonly kind?: 'text' | 'decimal' | 'numeric';
}

/** One line of text with a visible label. */
export function Textbox(props: TextboxProps) {
  const { label, value, onInput, placeholder, error, hint, kind = 'text' } = props;
  const id = useId();
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        inputMode={kind}
        value={value}
        placeholder={placeholder ?? ''}
        spellcheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={id}
        onInput={(event) => {
          onInput(event.currentTarget.value);
        }}
      />
      <Below id={id} error={error} hint={hint} />
    </label>
  );
}

interface NumberFieldProps {
  readonly label: string;
  /** Undefined where nothing is set. */
  readonly value: number | undefined;
  readonly onInput: (value: number | undefined) => void;
  readonly placeholder?: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** A number that may be left out; keeps what is typed (`0.`) while it is not a number yet. */
export function NumberField({ value, onInput, ...rest }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const isStale = typed === undefined || toNumber(typed) !== value;
  const shown = isStale ? (value === undefined ? '' : String(value)) : typed;
  return (
    <Textbox
      {...rest}
      kind="decimal"
      value={shown}
      onInput={(text) => {
        setTyped(text);
        onInput(toNumber(text));
      }}
    />
  );
}

function toNumber(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || Number.isNaN(value) ? undefined : value;
}

interface TextareaProps extends FieldProps {
  readonly rows?: number;
  readonly isCode?: boolean;
}

/** Several lines of text with a visible label; grows with its content. */
export function Textarea(props: TextareaProps) {
  const { label, value, onInput, placeholder, error, hint, rows = 3, isCode } = props;
  const id = useId();
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class={isCode === true ? 'code' : ''}
        rows={rows}
        value={value}
        placeholder={placeholder ?? ''}
        spellcheck={isCode !== true}
        aria-invalid={error !== undefined}
        aria-describedby={id}
        onInput={(event) => {
          onInput(event.currentTarget.value);
        }}
      />
      <Below id={id} error={error} hint={hint} />
    </label>
  );
}

function Below(props: { id: string; error: string | undefined; hint: string | undefined }) {
  const { id, error, hint } = props;
  return (
    <span id={id} class={error === undefined ? 'field-hint' : 'field-error says-error'}>
      {error ?? hint}
    </span>
  );
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

/** A native select with a visible label. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CheckboxProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A native checkbox with its label beside it. */
export function Checkbox({ label, isOn, onChange }: CheckboxProps) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <span>{label}</span>
    </label>
  );
}
