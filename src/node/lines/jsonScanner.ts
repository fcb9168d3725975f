import { isBlankText } from './blankText.js';
import type { ScanMemory } from './scanMemory.js';
import { isLongText, templateTexts, type VariableText } from './variableText.js';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const letterD = 0x64;

/** Bytes that may follow a backslash, except `u`. */
const escapes = new Uint8Array(256);
for (const letter of '"\\/bfnrt') escapes[letter.charCodeAt(0)] = 1;

const hexDigits = new Uint8Array(256);
for (const digit of '0123456789abcdefABCDEF') hexDigits[digit.charCodeAt(0)] = 1;

const highHalf = 1;
const lowHalf = 2;
/** By the digit after D: D8 to DB begin a pair of surrogates, DC to DF end one. */
const surrogateHalves = new Uint8Array(256);
for (const digit of '89abAB') surrogateHalves[digit.charCodeAt(0)] = highHalf;
for (const digit of 'cdefCDEF') surrogateHalves[digit.charCodeAt(0)] = lowHalf;

const literals = {
  true: Buffer.from('true'),
  false: Buffer.from('false'),
  null: Buffer.from('null'),
};

/** Marks mixed into a shape for what has no bytes of its own there. */
const mark = {
  ...{ open: 1, close: 2, list: 3, listEnd: 4, text: 5, emptyText: 6, key: 7, string: 8 },
  blankText: 9,
};

/**
 * Members whose strings are never part of a shape, by length of their name. They carry what records
 * differ in.
 */
const textKeys = ['text', 'prompt', 'content', 'inputText', 'message', 'data', 'bytes'].map((key) =>
  Buffer.from(key),
);

const textKeyLetters = new Uint8Array(256);
for (const key of textKeys) textKeyLetters[key[0] as number] = 1;

/**
 * A JSON validator over bytes that says yes exactly where `JSON.parse` does, and keeps a hash of the
 * *shape*: member names, types, literals, numbers and short strings in order, without the texts.
 *
 * Every line must be followed by a newline byte: it is the sentinel that stops all loops, and a line
 * has none inside. Bytes must be valid UTF-8 (checked natively elsewhere). Functions return the index
 * after what they read, or `~index` of the byte that cannot be there.
 */
export class JsonScanner {
  shapeLow = 0;
  shapeHigh = 0;
  /** True where the last string had an escape. */
  hasEscape = false;
  /** The first escape that is half of a surrogate pair, since the caller last set it to -1. */
  loneSurrogateAt = -1;
  /** Strings left out of the shape, since the caller last emptied the list; at most one too many. */
  readonly texts: VariableText[] = [];
  /** The last member name read: says whether a short string is text. */
  private keyStart = 0;
  private keyEnd = 0;
  private readonly nesting = new Nesting();

  private bytes: Uint8Array;
  private readonly skipPlain: (at: number, end: number) => number;

  constructor(private readonly memory: ScanMemory) {
    this.bytes = memory.bytes;
    this.skipPlain = memory.skipPlain;
  }

  /** To be called after the memory may have grown. */
  refresh(): void {
    this.bytes = this.memory.bytes;
  }

  /** One whole value with nothing after it. `end` is the index of the newline. */
  scanDocument(start: number, end: number): number {
    const after = this.scanValue(this.skipSpace(start), end);
    if (after < 0) return after;
    const last = this.skipSpace(after);
    return last === end ? end : ~last;
  }

  /** One value; `at` is its first byte. Starts a new shape. */
  scanValue(at: number, end: number): number {
    const { bytes } = this;
    this.shapeLow = 0x811c9dc5 | 0;
    this.shapeHigh = 0x1b873593;
    this.keyStart = 0;
    this.keyEnd = 0;
    this.nesting.clear();
    let here = at;
    for (;;) {
      const first = bytes[here] as number;
      if (first === openBrace) {
        this.mix(mark.open);
        here = this.skipSpace(here + 1);
        if (bytes[here] !== closeBrace) {
          this.nesting.push(1);
          here = this.scanKey(here, end, true);
          if (here < 0) return here;
          continue;
        }
        this.mix(mark.close);
        here++;
      } else if (first === openBracket) {
        this.mix(mark.list);
        here = this.skipSpace(here + 1);
        if (bytes[here] !== closeBracket) {
          this.nesting.push(0);
          continue;
        }
        this.mix(mark.listEnd);
        here++;
      } else {
        here = this.scanScalar(here, end);
        if (here < 0) return here;
      }
      here = this.scanAfterValue(here, end);
      if (here < 0) return here;
      if (this.nesting.depth === 0) return here;
    }
  }

  /** Closes what ends here; stops at the next value, or at depth 0. */
  private scanAfterValue(at: number, end: number): number {
    const { bytes } = this;
    let here = at;
    while (this.nesting.depth > 0) {
      here = this.skipSpace(here);
      const byte = bytes[here] as number;
      const inObject = this.nesting.top === 1;
      if (byte === comma) {
        here = this.skipSpace(here + 1);
        return inObject ? this.scanKey(here, end, true) : here;
      }
      if (byte !== (inObject ? closeBrace : closeBracket)) return ~here;
      this.mix(inObject ? mark.close : mark.listEnd);
      this.nesting.pop();
      here++;
    }
    return here;
  }

  private scanScalar(at: number, end: number): number {
    const { bytes } = this;
    const first = bytes[at] as number;
    let after: number;
    if (first === quote) {
      const close = this.endOfString(at + 1, end);
      if (close < 0) return close;
      this.mixString(at + 1, close);
      return close + 1;
    }
    if (first === 0x74) after = this.scanLiteral(at, literals.true);
    else if (first === 0x66) after = this.scanLiteral(at, literals.false);
    else if (first === 0x6e) after = this.scanLiteral(at, literals.null);
    else after = this.scanNumber(at);
    if (after > 0) this.mixBytes(at, after);
    return after;
  }

  /** A member's name and its colon; the result is the first byte of the value. */
  scanKey(at: number, end: number, isShape: boolean): number {
    const { bytes } = this;
    if (bytes[at] !== quote) return ~at;
    const close = this.endOfString(at + 1, end);
    if (close < 0) return close;
    if (isShape) this.mixKey(at + 1, close);
    const here = this.skipSpace(close + 1);
    if (bytes[here] !== colon) return ~here;
    return this.skipSpace(here + 1);
  }

  /** The index of the closing quote; `at` is the first byte inside. */
  endOfString(at: number, end: number): number {
    const { bytes, skipPlain } = this;
    this.hasEscape = false;
    let here = skipPlain(at, end);
    while (here < end) {
      const byte = bytes[here] as number;
      if (byte === quote) return here;
      if (byte !== backslash) return ~here;
      this.hasEscape = true;
      const letter = bytes[here + 1] as number;
      if (escapes[letter] === 1) here += 2;
      else if (letter === 0x75) {
        here = this.endOfUnicode(here, false);
        if (here < 0) return here;
      } else return ~(here + 1);
      here = skipPlain(here, end);
    }
    return ~end;
  }

  /** The index after the escape at `at`, and after the other half of a pair of surrogates. */
  private endOfUnicode(at: number, isSecondHalf: boolean): number {
    const { bytes } = this;
    for (let digit = at + 2; digit < at + 6; digit++) {
      if (hexDigits[bytes[digit] as number] !== 1) return ~digit;
    }
    if (isSecondHalf || ((bytes[at + 2] as number) | 0x20) !== letterD) return at + 6;
    const half = surrogateHalves[bytes[at + 3] as number];
    if (half === highHalf && this.isLowEscape(at + 6)) return this.endOfUnicode(at + 6, true);
    if (half !== 0 && this.loneSurrogateAt < 0) this.loneSurrogateAt = at;
    return at + 6;
  }

  private isLowEscape(at: number): boolean {
    const { bytes } = this;
    return (
      bytes[at] === backslash &&
      bytes[at + 1] === 0x75 &&
      ((bytes[at + 2] as number) | 0x20) === letterD &&
      surrogateHalves[bytes[at + 3] as number] === lowHalf
    );
  }

  /** JSON's white space; a line has no newline inside. */
  skipSpace(at: number): number {
    const { bytes } = this;
    let here = at;
    for (;;) {
      const byte = bytes[here];
      if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return here;
      here++;
    }
  }

  private scanLiteral(at: number, literal: Uint8Array): number {
    const { bytes } = this;
    for (let index = 0; index < literal.length; index++) {
      if (bytes[at + index] !== literal[index]) return ~(at + index);
    }
    return at + literal.length;
  }

  private scanNumber(at: number): number {
    const { bytes } = this;
    let here = at;
    if (bytes[here] === 0x2d) here++;
    if (bytes[here] === 0x30) here++;
    else {
      const digits = this.skipDigits(here);
      if (digits === here) return ~here;
      here = digits;
    }
    if (bytes[here] === 0x2e) {
      const digits = this.skipDigits(here + 1);
      if (digits === here + 1) return ~digits;
      here = digits;
    }
    if (bytes[here] === 0x65 || bytes[here] === 0x45) {
      here++;
      if (bytes[here] === 0x2b || bytes[here] === 0x2d) here++;
      const digits = this.skipDigits(here);
      if (digits === here) return ~here;
      here = digits;
    }
    return here;
  }

  private skipDigits(at: number): number {
    const { bytes } = this;
    let here = at;
    for (;;) {
      const byte = bytes[here] as number;
      if (byte < 0x30 || byte > 0x39) return here;
      here++;
    }
  }

  private mixKey(start: number, end: number): void {
    this.mix(mark.key);
    this.mixBytes(start, end);
    this.keyStart = start;
    this.keyEnd = end;
  }

  private mixString(start: number, end: number): void {
    const isLong = isLongText(end - start, this.hasEscape);
    if (isLong || this.isTextKey()) {
      if (end === start) this.mix(mark.emptyText);
      else if (isBlankText(this.bytes, start, end)) this.mix(mark.blankText);
      else {
        this.noteText(start, end);
        this.mix(mark.text);
      }
      return;
    }
    this.mix(mark.string);
    this.mixBytes(start, end);
  }

  private noteText(start: number, end: number): void {
    if (this.texts.length > templateTexts) return;
    this.texts.push({ start, end, kind: this.isTextKey() ? 'text' : 'long' });
  }

  private mix(byte: number): void {
    this.shapeLow = Math.imul(this.shapeLow ^ byte, 0x01000193);
    this.shapeHigh = Math.imul((this.shapeHigh ^ byte) + 0x5bd1, 0x85ebca6b);
  }

  private mixBytes(start: number, end: number): void {
    const { bytes } = this;
    let low = this.shapeLow;
    let high = this.shapeHigh;
    for (let here = start; here < end; here++) {
      const byte = bytes[here] as number;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul((high ^ byte) + 0x5bd1, 0x85ebca6b);
    }
    this.shapeLow = low;
    this.shapeHigh = high;
  }

  /** True where the bytes are exactly those of a name. */
  isName(name: Uint8Array, start: number, end: number): boolean {
    if (end - start !== name.length) return false;
    const { bytes } = this;
    for (let index = 0; index < name.length; index++) {
      if (bytes[start + index] !== name[index]) return false;
    }
    return true;
  }

  private isTextKey(): boolean {
    if (textKeyLetters[this.bytes[this.keyStart] as number] !== 1) return false;
    for (const name of textKeys) if (this.isName(name, this.keyStart, this.keyEnd)) return true;
    return false;
  }
}

/** A stack of bits: 1 inside an object, 0 inside an array. Any depth, as `JSON.parse` has none. */
class Nesting {
  depth = 0;
  top = 0;
  private kinds = new Uint8Array(256);

  push(kind: 0 | 1): void {
    if (this.depth === this.kinds.length) {
      const larger = new Uint8Array(this.kinds.length * 2);
      larger.set(this.kinds);
      this.kinds = larger;
    }
    this.kinds[this.depth++] = kind;
    this.top = kind;
  }

  pop(): void {
    this.depth--;
    this.top = this.depth > 0 ? (this.kinds[this.depth - 1] as number) : 0;
  }

  clear(): void {
    this.depth = 0;
  }
}
