import './button.css';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick: (event: MouseEvent) => void;
  readonly icon?: string;
  readonly kind?: 'primary' | 'secondary';
  readonly isDisabled?: boolean;
}

/** A button with a text, after VS Code's own. */
export function Button({ children, onClick, icon, kind = 'secondary', isDisabled }: ButtonProps) {
  return (
    <button type="button" class={`button ${kind}`} disabled={isDisabled === true} onClick={onClick}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** For a button that takes the place of the one just pressed: the rest of a double click is not for it. */
export function unlessDouble(action: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) action();
  };
}

interface IconButtonProps {
  readonly icon: string;
  /** Name for assistive technology and the tooltip. */
  readonly label: string;
  readonly onClick: () => void;
  /** For a button that stays pressed. */
  readonly isPressed?: boolean;
}

/** A toolbar button that shows only an icon. */
export function IconButton({ icon, label, onClick, isPressed }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

interface ToggleProps {
  readonly children: ComponentChildren;
  readonly icon: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A button that stays pressed. */
export function Toggle({ children, icon, isOn, onChange }: ToggleProps) {
  return (
    <button
      type="button"
      class="toggle"
      aria-pressed={isOn}
      onClick={() => {
        onChange(!isOn);
      }}
    >
      <Icon name={isOn ? 'check' : icon} />
      {children}
    </button>
  );
}
