import type { ComponentChildren } from 'preact';

interface SectionProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Shown beside the title while the section is closed: that something is set. */
  readonly mark?: string | undefined;
  readonly isOpen?: boolean;
}

/** A part of the settings that can be folded. */
export function Section({ title, children, mark, isOpen }: SectionProps) {
  return (
    <details class="section" open={isOpen === true}>
      <summary>
        <span>{title}</span>
        {mark !== undefined && <span class="section-mark">{mark}</span>}
      </summary>
      <div class="section-body">{children}</div>
    </details>
  );
}
