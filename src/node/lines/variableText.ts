/** A string whose content differs from line to line: indexes of its first byte and closing quote. */
export interface VariableText {
  readonly start: number;
  readonly end: number;
  /** `id`: the record id. `text`: any length, not blank. `long`: stays out of the shape while long. */
  readonly kind: 'id' | 'text' | 'long';
}

/** More variable strings than this a line are not worth a template. */
export const templateTexts = 16;

/**
 * True for a string too long to be part of a shape. 24 bytes hold every role, type and version there
 * is; written in escapes they are six times as long.
 */
export function isLongText(length: number, hasEscape: boolean): boolean {
  return length > (hasEscape ? 144 : 24);
}
