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
    this.pieces.push(Uint8Array.from(bytes.subarray(from, line.end)));
  }

  /** True where the line is of this template; the index `end` is of its newline. */
  matches(json: JsonScanner, bytes: Uint8Array, start: number, end: number): boolean {
    const { pieces, kinds } = this;
    let here = start;
    for (let index = 0; ; index++) {
      const piece = pieces[index] as Uint8Array;
      if (here + piece.length > end) return false;
      for (let at = 0; at < piece.length; at++, here++) {
        if (bytes[here] !== piece[at]) return false;
      }
      if (index === kinds.length) return here === end;
      const close = json.endOfString(here, end);
      if (close <= here) return false;
      const kind = kinds[index];
      if (kind === 'long' && !isLongText(close - here, json.hasEscape)) return false;
      if (kind === 'id') {
        this.idStart = here;
        this.idEnd = close;
        this.idHasEscape = json.hasEscape;
      }
      here = close;
    }
  }
}
