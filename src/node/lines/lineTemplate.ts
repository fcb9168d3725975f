import { isBlankText } from './blankText.js';
import type { JsonScanner } from './jsonScanner.js';
import type { ScanMemory } from './scanMemory.js';
import { isLongText, type VariableText } from './variableText.js';

const space = 0x20;
const backslash = 0x5c;

/** The bytes between two variable strings: a place in the memory's piece area. */
interface Piece {
  readonly at: number;
  readonly length: number;
}

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
  private readonly kinds: VariableText['kind'][];

  private constructor(
    private readonly memory: ScanMemory,
    private readonly pieces: readonly Piece[],
    texts: readonly VariableText[],
  ) {
    this.kinds = texts.map(({ kind }) => kind);
  }

  /** The template of a line, its pieces kept at `at` in the piece area; undefined where they do not fit. */
  static of(
    memory: ScanMemory,
    line: { readonly start: number; readonly end: number },
    texts: readonly VariableText[],
    at: number,
  ): LineTemplate | undefined {
    const textBytes = texts.reduce((sum, { start, end }) => sum + end - start, 0);
    // Asked first: a piece area half overwritten would spoil the templates in it.
    if (at + line.end + 1 - line.start - textBytes > memory.pieces.length) return undefined;
    const pieces: Piece[] = [];
    let from = line.start;
    let free = at;
    // The last piece has the newline, so that a match also finds the end of the line.
    for (const stop of [...texts.map(({ start }) => start), line.end + 1]) {
      const length = stop - from;
      memory.bytes.copy(memory.pieces, free, from, stop);
      pieces.push({ at: free, length });
      free += length;
      from = texts[pieces.length - 1]?.end ?? stop;
    }
    return new LineTemplate(memory, pieces, texts);
  }

  /** Bytes its pieces take in the piece area. */
  get size(): number {
    return this.pieces.reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * The index of the newline of the line at `start` where it is of this template, else -1. Nothing at
   * or after `limit` counts.
   */
  match(json: JsonScanner, start: number, limit: number): number {
    const { pieces, kinds } = this;
    const { bytes, equalBytes } = this.memory;
    let here = start;
    for (let index = 0; ; index++) {
      const { at, length } = pieces[index] as Piece;
      if (here + length > limit || equalBytes(here, at, length) < length) return -1;
      here += length;
      const kind = kinds[index];
      if (kind === undefined) return here - 1;
      const close = json.endOfString(here, limit);
      if (close <= here) return -1;
      // Nearly all texts start with a letter, and are done here.
      const first = bytes[here] as number;
      const mayBeBlank = first <= space || first === backslash;
      if (mayBeBlank && kind !== 'id' && isBlankText(bytes, here, close)) return -1;
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
