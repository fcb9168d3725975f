import { JsonScanner } from '../../../node/lines/jsonScanner.js';
import { LineTemplate } from '../../../node/lines/lineTemplate.js';
import type { ScanMemory } from '../../../node/lines/scanMemory.js';
import { templateTexts, type VariableText } from '../../../node/lines/variableText.js';

const recordId = Buffer.from('recordId');
const modelInput = Buffer.from('modelInput');
const quote = 0x22;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const comma = 0x2c;

/** Templates kept; conversations of different lengths have one each. */
const templatesKept = 64;

/** What kind of line it is. */
export type LineVerdict = 'object' | 'notObject' | 'notJson';

/**
 * Scans a record line without building objects. The fields describe the last line scanned; of
 * members given twice the last one counts, as with `JSON.parse`.
 */
export class RecordScanner {
  /** Where the line stops being JSON, for `notJson`. */
  errorAt = 0;
  lineStart = 0;
  id: 'missing' | 'text' | 'other' = 'missing';
  idStart = 0;
  idEnd = 0;
  idHasEscape = false;
  input: 'missing' | 'object' | 'other' = 'missing';
  inputStart = 0;
  inputEnd = 0;
  private readonly json: JsonScanner;
  private readonly templates = new Map<number, LineTemplate>();
  private template: LineTemplate | undefined;
  /** Bytes of the piece area in use. */
  private pieceBytes = 0;
  private templateShape = 0;
  private lineEnd = 0;
  private hasRepeatedMember = false;

  constructor(private readonly memory: ScanMemory) {
    this.json = new JsonScanner(memory);
  }

  /** The first escape of the line that is half a character; -1 where there is none. */
  get loneSurrogateAt(): number {
    return this.json.loneSurrogateAt;
  }

  /** A number that stands for the shape of `modelInput`: as many bits as a number holds exactly. */
  shape = 0;

  /**
   * Tries the line at `start` as one like the last: the index of its newline, or -1 where it has to be
   * found and scanned. No byte at or after `limit` belongs to a whole line.
   */
  scanLikeLast(start: number, limit: number): number {
    const { template } = this;
    if (!template) return -1;
    this.json.refresh();
    this.json.loneSurrogateAt = -1;
    const end = template.match(this.json, start, limit);
    if (end < 0) return -1;
    this.lineStart = start;
    this.lineEnd = end;
    this.id = 'text';
    this.idStart = template.idStart;
    this.idEnd = template.idEnd;
    this.idHasEscape = template.idHasEscape;
    this.input = 'object';
    this.shape = this.templateShape;
    return end;
  }

  /** Reads the line; `end` is the index of its newline byte. */
  scan(start: number, end: number): LineVerdict {
    this.json.refresh();
    this.lineStart = start;
    this.lineEnd = end;
    const verdict = this.scanFully(start, end);
    if (verdict === 'object') this.keepTemplate();
    return verdict;
  }

  /** Fills in `inputStart` and `inputEnd`, which a line read by its template has not. */
  locateInput(): void {
    this.scanFully(this.lineStart, this.lineEnd);
  }

  /** Makes the line just read the template for the next one. */
  private keepTemplate(): void {
    const { texts } = this.json;
    if (this.id !== 'text' || this.input !== 'object') return;
    if (texts.length > templateTexts || this.hasRepeatedMember) return;
    // Lines like it are matched by their bytes: an escape outside of the texts would not be looked at.
    if (this.json.loneSurrogateAt >= 0) return;
    const template = this.templates.get(this.shape) ?? this.newTemplate(texts);
    if (!template) return;
    this.template = template;
    this.templateShape = this.shape;
  }

  private newTemplate(texts: readonly VariableText[]): LineTemplate | undefined {
    if (this.templates.size >= templatesKept || this.pieceBytes > this.memory.pieces.length / 2) {
      this.templates.clear();
      this.template = undefined;
      this.pieceBytes = 0;
    }
    const line = { start: this.lineStart, end: this.lineEnd };
    const template = LineTemplate.of(this.memory, line, texts, this.pieceBytes);
    if (!template) return undefined;
    this.pieceBytes += template.size;
    this.templates.set(this.shape, template);
    return template;
  }

  private scanFully(start: number, end: number): LineVerdict {
    const { json } = this;
    const { bytes } = this.memory;
    json.texts.length = 0;
    json.loneSurrogateAt = -1;
    this.hasRepeatedMember = false;
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
    const textsBefore = json.texts.length;
    const after = json.scanValue(value, end);
    if (after < 0) return after;
    const first = this.memory.bytes[value];
    if (name === 'recordId') {
      this.hasRepeatedMember ||= this.id !== 'missing';
      const isText = first === quote && after - value > 2;
      this.id = isText ? 'text' : 'other';
      this.idStart = value + 1;
      this.idEnd = after - 1;
      this.idHasEscape = isText && json.hasEscape;
      json.texts.length = textsBefore;
      json.texts.push({ start: this.idStart, end: this.idEnd, kind: 'id' });
    } else if (name === 'modelInput') {
      this.hasRepeatedMember ||= this.input !== 'missing';
      this.input = first === openBrace ? 'object' : 'other';
      this.inputStart = value;
      this.inputEnd = after;
      this.shape = (json.shapeHigh >>> 11) * 2 ** 32 + (json.shapeLow >>> 0);
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
