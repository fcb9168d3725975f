/** A codicon. Decoration only: the meaning is always in a text beside it or in a label. */
export function Icon({ name, className }: { name: string; className?: string }) {
  return (
    <span class={`codicon codicon-${name}${className ? ` ${className}` : ''}`} aria-hidden="true" />
  );
}
