import { isAscii } from 'node:buffer';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { keptLineBytes } from '../../node/lines/rangeReader.js';

/** The cells of a row, and the line it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a mark comes next; looked for once, however many cells end before it. */
interface NextMark {
  readonly mark: string;
  at: number;
}

/**
 * Cuts CSV text into rows as it comes (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180; lines may end
 * in CR LF or LF). It is here and not a library for its pace: bytes are looked at as Latin-1, in which
 * all marks of CSV are themselves, from mark to mark; only rows that are not plain ASCII are decoded.
 */
export class CsvReader {
  private bytes: Buffer = Buffer.alloc(0);
  /** The bytes as Latin-1: a character each. */
  private text = '';
  private at = 0;
  private line = 1;
  private readonly quote: NextMark = { mark: '"', at: -1 };
  private readonly newline: NextMark = { mark: '\n', at: -1 };
  private readonly separator: NextMark;

  constructor(separator: string) {
    this.separator = { mark: separator, at: -1 };
  }

  /** @throws AppError `invalidInput` with the line of a quote that is where none can be. */
  read(piece: Buffer): CsvRow[] {
    const isRest = this.at < this.bytes.length;
    this.bytes = isRest ? Buffer.concat([this.bytes.subarray(this.at), piece]) : piece;
    this.text = this.bytes.toString('latin1');
    this.at = 0;
    for (const next of [this.quote, this.newline, this.separator]) next.at = -1;
    const rows: CsvRow[] = [];
    for (let row = this.row(); row; row = this.row()) rows.push(row);
    if (this.text.length - this.at > keptLineBytes) throw neverClosed(this.line);
    return rows;
  }

  /** The last row, where no newline ends it. */
  end(): CsvRow[] {
    if (this.at >= this.text.length) return [];
    const rows = this.read(Buffer.from('\n'));
    if (this.at < this.text.length) throw neverClosed(this.line);
    return rows;
  }

  /** The next row; undefined, and nothing read, where its end has not come yet. */
  private row(): CsvRow | undefined {
    const { text, separator, newline, line } = this;
    // Beginning and end of each cell.
    const places: number[] = [];
    let at = this.at;
    for (;;) {
      const isQuoted = text.charCodeAt(at) === 0x22;
      const start = isQuoted ? at + 1 : at;
      let end = isQuoted ? this.closing(start) : this.find(separator, at);
      if (!isQuoted) end = Math.min(end, this.find(newline, at));
      if (end >= text.length) return undefined;
      if (!isQuoted && this.find(this.quote, at) < end) throw misplaced(this.lineAt(at));
      at = isQuoted ? end + 1 : end;
      if (isQuoted && text[at] === '\r') at++;
      if (at >= text.length) return undefined;
      const mark = text[at];
      const isCut = mark === '\n' && !isQuoted && text[end - 1] === '\r' && end > start;
      places.push(start, isCut ? end - 1 : end);
      at++;
      if (mark === '\n') break;
      if (mark !== separator.mark) throw misplaced(this.lineAt(at));
    }
    const cells = this.cells(places, at);
    this.line = this.lineAt(at);
    this.at = at;
    return { line, cells };
  }

  private cells(places: readonly number[], end: number): string[] {
    const { bytes, text } = this;
    const isPlain = isAscii(bytes.subarray(this.at, end));
    const cells: string[] = [];
    for (let index = 0; index < places.length; index += 2) {
      const [from = 0, to = 0] = [places[index], places[index + 1]];
      const cell = isPlain ? text.slice(from, to) : bytes.toString('utf8', from, to);
      const isQuoted = from > 0 && text.charCodeAt(from - 1) === 0x22;
      cells.push(isQuoted && cell.includes('"') ? cell.replaceAll('""', '"') : cell);
    }
    return cells;
  }

  /** The line of a place in the row that is read. */
  private lineAt(at: number): number {
    let { line } = this;
    for (let end = this.text.indexOf('\n', this.at); end >= 0 && end < at; line++) {
      end = this.text.indexOf('\n', end + 1);
    }
    return line;
  }

  /** Where the quoted cell ends whose text begins there; a doubled quote is one of its own. */
  private closing(from: number): number {
    for (let at = from; ; at += 2) {
      at = this.find(this.quote, at);
      if (this.text[at + 1] !== '"') return at;
    }
  }

  /** Where a mark comes next from there; the length of the text where it does not. */
  private find(next: NextMark, from: number): number {
    if (next.at >= from) return next.at;
    const found = this.text.indexOf(next.mark, from);
    next.at = found < 0 ? this.text.length : found;
    return next.at;
  }
}

function neverClosed(line: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t('A quote in the row that begins on line {0} is never closed. Close it.', line),
  );
}

function misplaced(line: number): AppError {
  return new AppError(
    'invalidInput',
    l10n.t(
      'Line {0}: a quote stands inside a cell. Put the cell in quotes and double the quote.',
      line,
    ),
  );
}
