/** Where in a front matter a text ends. */
export interface KeyPlace {
  /** The key whose value is being written; undefined where a key itself is. */
  readonly key?: string;
  /** The key above with a smaller indent. */
  readonly parent?: string;
  /** Where the value, or the key that is being written, begins in the text; in UTF-16 units. */
  readonly valueStart: number;
}

/** The place at the end of a piece of YAML that begins with the front matter. Simple keys only. */
export function keyAt(text: string): KeyPlace {
  const lines = text.split(/\r?\n/);
  const last = lines.at(-1) ?? '';
  const lineStart = text.length - last.length;
  const [whole = '', indent = '', key] = /^(\s*)(?:([\w-]+)\s*:\s+)?/.exec(last) ?? [];
  const parent = indent === '' ? undefined : parentOf(lines.slice(0, -1), indent.length);
  return {
    ...(key !== undefined && { key }),
    ...(parent !== undefined && { parent }),
    valueStart: lineStart + whole.length,
  };
}

function parentOf(lines: readonly string[], indent: number): string | undefined {
  for (const line of [...lines].reverse()) {
    const [, space = '', key] = /^(\s*)([\w-]+)\s*:/.exec(line) ?? [];
    if (key !== undefined && space.length < indent) return key;
  }
  return undefined;
}
