import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { keptLineBytes } from '../../node/lines/rangeReader.js';
import type { TextPiecesOptions } from '../../node/lines/textPieces.js';
import { notRow } from './jsonRow.js';

/** The text of one element of an array, and the line it begins on. */
export interface ArrayElement {
  readonly text: string;
  readonly line: number;
}

/**
 * The elements of a file that is one JSON array, pretty-printed or on one line, some at a time and in
 * constant memory.
 * What an element holds is for the caller to judge; what stands between them is judged here.
 * @throws AppError `invalidInput` with the line.
 */
export async function* arrayElements(
  file: FileHandle,
  { signal, onRead }: TextPiecesOptions = {},
): AsyncGenerator<readonly ArrayElement[], void, undefined> {
  const splitter = new ArraySplitter();
  const stream = file.createReadStream({ start: 0, highWaterMark: 1 << 18, autoClose: false });
  let read = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal?.throwIfAborted();
    const isFirst = read === 0;
    read += chunk.length;
    onRead?.(read);
    yield splitter.split(isFirst ? withoutMark(chunk) : chunk);
  }
  splitter.finish();
}

function withoutMark(chunk: Buffer): Buffer {
  const hasMark = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
  return hasMark ? chunk.subarray(3) : chunk;
}

const code = (character: string) => character.charCodeAt(0);
const [newline, quote, backslash, comma] = [code('\n'), code('"'), code('\\'), code(',')];
const [open, close] = [
  [code('['), code('{')],
  [code(']'), code('}')],
];
const [arrayStart, arrayEnd] = [code('['), code(']')];
const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Where the reader is: before the array, before its first element or another, in one, behind it. */
type Place = 'start' | 'first' | 'next' | 'element' | 'end';

/** Cuts an array into its elements, byte by byte: no structural byte is part of another character. */
class ArraySplitter {
  private place: Place = 'start';
  private line = 1;
  private elementLine = 1;
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** What earlier chunks had of the element. */
  private parts: Buffer[] = [];
  private length = 0;

  split(chunk: Buffer): ArrayElement[] {
    const elements: ArrayElement[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.place !== 'element') {
        this.between(byte);
        from = at;
      } else if (this.isOver(byte)) {
        elements.push(this.element(chunk.subarray(from, at)));
        this.place = byte === comma ? 'next' : 'end';
      } else this.inside(byte);
      if (byte === newline) this.line++;
    }
    if (this.place === 'element') this.keep(chunk.subarray(from));
    return elements;
  }

  /** @throws AppError where the array is not whole. */
  finish(): void {
    if (this.place === 'end') return;
    if (this.place === 'element') throw unended(this.elementLine);
    throw notRow(
      l10n.t(
        'Line {0}: the file ends before its array does. It may have been cut off: copy it again.',
        this.line,
      ),
    );
  }

  /** A byte that is part of no element. */
  private between(byte: number): void {
    if (isSpace(byte)) return;
    const { place } = this;
    if (place === 'start' && byte === arrayStart) this.place = 'first';
    else if (place === 'first' && byte === arrayEnd) this.place = 'end';
    else if ((place === 'first' || place === 'next') && byte !== comma && byte !== arrayEnd) {
      this.place = 'element';
      this.elementLine = this.line;
      this.depth = 0;
      this.isText = false;
      this.isEscaped = false;
      this.inside(byte);
    } else throw misplaced(place, this.line);
  }

  private inside(byte: number): void {
    if (this.isText) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === backslash) this.isEscaped = true;
      else if (byte === quote) this.isText = false;
    } else if (byte === quote) this.isText = true;
    else if (open.includes(byte)) this.depth++;
    else if (close.includes(byte)) this.depth--;
  }

  /** True for the comma or bracket that ends the element. */
  private isOver(byte: number): boolean {
    return !this.isText && this.depth <= 0 && (byte === comma || byte === arrayEnd);
  }

  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.length > keptLineBytes) throw tooLong(this.elementLine);
    this.parts.push(Buffer.from(part));
  }

  private element(last: Buffer): ArrayElement {
    const bytes = this.parts.length === 0 ? last : Buffer.concat([...this.parts, last]);
    this.parts = [];
    this.length = 0;
    if (!isUtf8(bytes)) throw notUtf8(this.elementLine);
    return { text: bytes.toString('utf8'), line: this.elementLine };
  }
}

function misplaced(place: Place, line: number) {
  if (place === 'end') {
    return notRow(l10n.t('Line {0}: something follows the array. Remove it.', line));
  }
  if (place === 'start') return notRow(l10n.t('Line {0}: this is no JSON array.', line));
  return notRow(l10n.t('Line {0}: there is a comma without a row. Remove it.', line));
}

function unended(line: number) {
  return notRow(
    l10n.t('The row that begins on line {0} never ends. Close its brackets and quotes.', line),
  );
}

function tooLong(line: number) {
  return notRow(
    l10n.t(
      'The row on line {0} is longer than {1} MB. Shorten it and try again.',
      line,
      keptLineBytes / 1e6,
    ),
  );
}

function notUtf8(line: number) {
  return notRow(
    l10n.t('The row on line {0} is not UTF-8 text. Save the file as UTF-8 and try again.', line),
  );
}
