const prefixPattern = /^line([1-9]\d{0,2}|)-/;
const tried = 1000;

/**
 * Finds a prefix for generated record ids that no id of the file starts with: `line-`, else `line1-`,
 * `line2-` … Keeps one bit a prefix.
 */
export class GeneratedIds {
  readonly taken = new Uint32Array(Math.ceil(tried / 32));

  /** Notes an id of the file. */
  note(id: string): void {
    const number = prefixPattern.exec(id)?.[1];
    if (number === undefined) return;
    const index = number === '' ? 0 : Number(number);
    this.taken[index >> 5] = (this.taken[index >> 5] ?? 0) | (1 << (index & 31));
  }

  /** Adds what another part of the file has taken. */
  merge(taken: Uint32Array): void {
    for (let index = 0; index < taken.length; index++) {
      this.taken[index] = (this.taken[index] ?? 0) | (taken[index] ?? 0);
    }
  }

  /** A prefix that is free; undefined where all are taken. */
  freePrefix(): string | undefined {
    for (let index = 0; index < tried; index++) {
      const isTaken = ((this.taken[index >> 5] ?? 0) >>> (index & 31)) & 1;
      if (!isTaken) return index === 0 ? 'line-' : `line${index}-`;
    }
    return undefined;
  }
}

/** The record id of a line without one: `line-000012`. */
export function generatedId(prefix: string, line: number): string {
  return prefix + String(line).padStart(6, '0');
}
