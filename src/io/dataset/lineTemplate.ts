import { isLongText, type JsonScanner } from './jsonScanner.js';

/** A string whose content differs from line to line: indexes of its first byte and closing quote. */
export interface VariableText {
  readonly start: number;
  readonly end: number;
  /** `id`: the record id. `text`: any length but empty. `long`: stays out of the shape while long. */
  readonly kind: 'id' | 'text' | 'long';
}

/** More variable strings than this a line are not worth a template. */
export const templateTexts = 16;

/**
 * The bytes that lines of one shape share: everything but the contents of their texts. A line made of
 * the same pieces with valid string contents between them is valid JSON of the same shape, and that
 * is found by comparing bytes, several times faster than by reading the line as JSON.
 */
export class LineTemplate {
  /** Where the last matched line has its id. */
  idStart = 0;
  idEnd = 0;
  idHasEscape = false;
  private readonly pieces: Uint8Array[] = [];
  private readonly kinds: VariableText['kind'][];

  constructor(
    bytes: Uint8Array,
    line: { readonly start: number; readonly end: number },
    texts: readonly VariableText[],
  ) {
    this.kinds = texts.map(({ kind }) => kind);
    let from = line.start;
    for (const { start, end } of texts) {
      this.pieces.push(Uint8Array.from(bytes.subarray(from, start)));
      from = end;
    }
    // The last piece has the newline, so that a match also finds the end of the line.
    this.pieces.push(Uint8Array.from(bytes.subarray(from, line.end + 1)));
  }

  /**
   * The index of the newline of the line at `start` where it is of this template, else -1. Nothing at
   * or after `limit` is looked at.
   */
  match(json: JsonScanner, bytes: Uint8Array, start: number, limit: number): number {
    const { pieces, kinds } = this;
    const texts = kinds.length;
    let here = start;
    for (let index = 0; ; index++) {
      const piece = pieces[index] as Uint8Array;
      const { length } = piece;
      if (here + length > limit) return -1;
      for (let at = 0; at < length; at++) {
        if (bytes[here + at] !== piece[at]) return -1;
      }
      here += length;
      if (index === texts) return here - 1;
      const close = json.endOfString(here, limit);
      if (close <= here) return -1;
      const kind = kinds[index];
      if (kind === 'long' && !isLongText(close - here, json.hasEscape)) return -1;
      if (kind === 'id') {
        this.idStart = here;
        this.idEnd = close;
        this.idHasEscape = json.hasEscape;
      }
      here = close;
    }
  }
}
