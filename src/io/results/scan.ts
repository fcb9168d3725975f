import { parseOutputLine, recordIdText } from '../../core/results/outputLine.js';
import { hashBytes, type Hash } from '../../node/lines/hash.js';
import { JsonScanner } from '../../node/lines/jsonScanner.js';
import type { ScanMemory } from '../../node/lines/scanMemory.js';

/** What a line is, as stored in one byte a row. `broken`: an error of the file, not of the record. */
export const lineStatus = { success: 0, error: 1, missing: 2, broken: 3 } as const;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const letterN = 0x6e;
const recordId = Buffer.from('recordId');
const modelOutput = Buffer.from('modelOutput');
const error = Buffer.from('error');

/** Where a member's value is. */
interface Place {
  start: number;
  end: number;
}

/**
 * Finds `recordId`, `modelOutput` and `error` at the top level of a line's JSON object without building
 * it. The fields describe the last line scanned. The answer is the one JSON.parse would lead to for
 * every line that is valid JSON; nested values are passed over and not checked.
 */
export class ResultScanner {
  /** One of `lineStatus`. */
  status: number = lineStatus.missing;
  /** -1 where there is none. */
  errorCode = -1;
  /** True for a line that is no JSON object. */
  isBroken = false;
  /** Of the record id's UTF-8 bytes; both halves 0 where it has none. */
  readonly hash: Hash = { low: 0, high: 0 };
  private readonly json: JsonScanner;
  private readonly id: Place = { start: -1, end: -1 };
  private idHasEscape = false;
  private readonly error: Place = { start: -1, end: -1 };
  private hasOutput = false;
  /** The error that was read last: a job's errors are mostly alike. */
  private lastError = { json: '', code: -1 };

  constructor(private readonly memory: ScanMemory) {
    this.json = new JsonScanner(memory);
  }

  /** To be called after the memory may have grown. */
  refresh(): void {
    this.json.refresh();
  }

  /** Reads the line; `end` is the index of its newline byte. */
  scan(start: number, end: number): void {
    this.id.start = -1;
    this.error.start = -1;
    this.hasOutput = false;
    this.isBroken = false;
    if (this.scanMembers(start, end)) this.conclude();
    else this.parseSlowly(start, end);
  }

  /** True where the line is an object of which every member was understood. */
  private scanMembers(start: number, end: number): boolean {
    const { json } = this;
    const { bytes } = this.memory;
    let here = json.skipSpace(start);
    if (bytes[here] !== openBrace) return false;
    do {
      here = this.scanMember(json.skipSpace(here + 1), end);
      if (here < 0) return false;
      here = json.skipSpace(here);
    } while (bytes[here] === comma);
    return bytes[here] === closeBrace && json.skipSpace(here + 1) === end;
  }

  /** The index after the member, or a negative number. */
  private scanMember(at: number, end: number): number {
    const { json } = this;
    const { bytes } = this.memory;
    if (bytes[at] !== quote) return -1;
    const keyEnd = json.endOfString(at + 1, end);
    if (keyEnd < 0 || json.hasEscape) return -1;
    let value = json.skipSpace(keyEnd + 1);
    if (bytes[value] !== colon) return -1;
    value = json.skipSpace(value + 1);
    const after = this.scanValue(value, end);
    if (after < 0) return -1;
    return this.noteMember(at + 1, keyEnd, value, after) ? after : -1;
  }

  private scanValue(at: number, end: number): number {
    const first = this.memory.bytes[at];
    if (first === openBrace || first === openBracket) return this.memory.skipNested(at + 1, end);
    if (first !== quote) return this.json.scanValue(at, end);
    const close = this.json.endOfString(at + 1, end);
    return close < 0 ? close : close + 1;
  }

  /** Of members given twice the last one counts, as with JSON.parse. False for an id that is nested. */
  private noteMember(keyStart: number, keyEnd: number, start: number, end: number): boolean {
    const { json } = this;
    const first = this.memory.bytes[start];
    if (json.isName(recordId, keyStart, keyEnd)) {
      setPlace(this.id, start, end);
      this.idHasEscape = json.hasEscape;
      return first !== openBrace && first !== openBracket;
    }
    if (json.isName(modelOutput, keyStart, keyEnd)) this.hasOutput = first !== letterN;
    else if (json.isName(error, keyStart, keyEnd)) {
      setPlace(this.error, first === letterN ? -1 : start, end);
    }
    return true;
  }

  private conclude(): void {
    this.hashId();
    this.errorCode = -1;
    if (this.error.start >= 0) {
      this.status = lineStatus.error;
      this.errorCode = this.readErrorCode();
    } else this.status = this.hasOutput ? lineStatus.success : lineStatus.missing;
  }

  private hashId(): void {
    const { hash } = this;
    const { bytes } = this.memory;
    const { start, end } = this.id;
    if (start < 0) hashId('', hash);
    else if (bytes[start] !== quote || this.idHasEscape || end === start + 2) {
      hashId(recordIdText(JSON.parse(bytes.toString('utf8', start, end))), hash);
    } else hashBytes(bytes, start + 1, end - 1, 0, hash);
  }

  private readErrorCode(): number {
    const json = this.memory.bytes.toString('utf8', this.error.start, this.error.end);
    if (json !== this.lastError.json) {
      // The line was scanned, not parsed: through the one reader of errors, which never throws.
      this.lastError = { json, code: parseOutputLine(`{"error":${json}}`).errorCode ?? -1 };
    }
    return this.lastError.code;
  }

  private parseSlowly(start: number, end: number): void {
    const line = parseOutputLine(this.memory.bytes.toString('utf8', start, end));
    this.status = lineStatus[line.status];
    this.errorCode = line.errorCode ?? -1;
    this.isBroken = line.isBroken === true;
    hashId(line.recordId, this.hash);
  }
}

/** Hashes an id the way the scanner does. */
export function hashId(id: string, into: Hash): void {
  const bytes = Buffer.from(id, 'utf8');
  hashBytes(bytes, 0, bytes.length, 0, into);
  if (id === '') into.low = into.high = 0;
}

function setPlace(place: Place, start: number, end: number): void {
  place.start = start;
  place.end = end;
}
