import { JsonScanner } from './jsonScanner.js';
import type { ScanMemory } from './scanMemory.js';

const recordId = Buffer.from('recordId');
const modelInput = Buffer.from('modelInput');
const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;

/** What kind of line it is. */
export type LineVerdict = 'object' | 'notObject' | 'notJson';

/**
 * Scans a record line without building objects. The fields describe the last line scanned; of
 * members given twice the last one counts, as with `JSON.parse`.
 */
export class RecordScanner {
  /** Where the line stops being JSON, for `notJson`. */
  errorAt = 0;
  id: 'missing' | 'text' | 'other' = 'missing';
  idStart = 0;
  idEnd = 0;
  idHasEscape = false;
  input: 'missing' | 'object' | 'other' = 'missing';
  inputStart = 0;
  inputEnd = 0;
  /** Two halves of the shape of `modelInput`. */
  shapeLow = 0;
  shapeHigh = 0;
  private readonly json: JsonScanner;

  constructor(private readonly memory: ScanMemory) {
    this.json = new JsonScanner(memory);
  }

  /** Reads the line; `end` is the index of its newline byte. */
  scan(start: number, end: number): LineVerdict {
    const { json } = this;
    json.refresh();
    const { bytes } = this.memory;
    this.id = 'missing';
    this.input = 'missing';
    let here = json.skipSpace(start);
    if (bytes[here] !== openBrace) {
      const after = json.scanDocument(here, end);
      return after < 0 ? this.fail(after) : 'notObject';
    }
    here = json.skipSpace(here + 1);
    if (bytes[here] === closeBrace) here++;
    else {
      for (;;) {
        here = this.scanMember(here, end);
        if (here < 0) return this.fail(here);
        here = json.skipSpace(here);
        const byte = bytes[here];
        if (byte === closeBrace) break;
        if (byte !== comma) return this.fail(~here);
        here = json.skipSpace(here + 1);
      }
      here++;
    }
    here = json.skipSpace(here);
    return here === end ? 'object' : this.fail(~here);
  }

  /** True for a line of nothing but white space. */
  isBlank(start: number, end: number): boolean {
    this.json.refresh();
    return this.json.skipSpace(start) === end;
  }

  private fail(result: number): LineVerdict {
    this.errorAt = ~result;
    return 'notJson';
  }

  private scanMember(at: number, end: number): number {
    const { json } = this;
    const value = json.scanKey(at, end, false);
    if (value < 0) return value;
    const name = this.nameOf(at, end);
    const after = json.scanValue(value, end);
    if (after < 0) return after;
    const first = this.memory.bytes[value];
    if (name === 'recordId') {
      const isText = first === quote && after - value > 2;
      this.id = isText ? 'text' : 'other';
      this.idStart = value + 1;
      this.idEnd = after - 1;
      this.idHasEscape = isText && json.hasEscape;
    } else if (name === 'modelInput') {
      this.input = first === openBrace ? 'object' : 'other';
      this.inputStart = value;
      this.inputEnd = after;
      this.shapeLow = json.shapeLow;
      this.shapeHigh = json.shapeHigh;
    }
    return after;
  }

  /** The name of the member whose opening quote is at `at`. */
  private nameOf(at: number, end: number): string {
    const { json } = this;
    const hadEscape = json.hasEscape;
    if (!hadEscape) {
      const start = at + 1;
      const { bytes } = this.memory;
      if (bytes[start + 8] === quote && json.isName(recordId, start, start + 8)) return 'recordId';
      if (bytes[start + 10] === quote && json.isName(modelInput, start, start + 10)) {
        return 'modelInput';
      }
      return '';
    }
    const close = json.endOfString(at + 1, end);
    return JSON.parse(this.memory.bytes.toString('utf8', at, close + 1)) as string;
  }
}
