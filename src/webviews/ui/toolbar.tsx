import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface ToolbarProps {
  /** Name for assistive technology. */
  readonly label: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/**
 * Buttons in a row that are one stop for Tab; arrow keys lead from one to the next.
 * https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export function Toolbar({ label, class: name, children }: ToolbarProps) {
  const row = useRef<HTMLDivElement>(null);
  const buttons = () => [...(row.current?.querySelectorAll<HTMLElement>('button') ?? [])];
  const makeStop = (stop: HTMLElement | undefined) => {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1;
  };
  useLayoutEffect(() => {
    const all = buttons();
    makeStop(all.find((button) => button === document.activeElement) ?? all[0]);
  });
  return (
    <div
      ref={row}
      role="toolbar"
      aria-label={label}
      class={name}
      onFocusIn={({ target }) => {
        if (target instanceof HTMLElement) makeStop(target);
      }}
      onKeyDown={(event) => {
        const next = nextOf(event.key, buttons());
        if (!next) return;
        event.preventDefault();
        next.focus();
      }}
    >
      {children}
    </div>
  );
}

function nextOf(key: string, all: readonly HTMLElement[]): HTMLElement | undefined {
  const at = all.findIndex((button) => button === document.activeElement);
  switch (key) {
    case 'ArrowRight':
      return all[(at + 1) % all.length];
    case 'ArrowLeft':
      return all.at(at - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return undefined;
  }
}
