import { isUtf8 } from 'node:buffer';
import { describeJsonError, jsonErrorContext } from '../../../core/batch/jsonError.js';
import { cutEvery } from '../../../core/batch/plan.js';
import { loneSurrogate, maxLineBytes, problem, severityOf } from '../../../core/batch/problems.js';
import type { RecordTarget } from '../../../core/batch/record.js';
import type { DatasetFormat, ProblemCode } from '../../../core/batch/types.js';
import { GeneratedIds } from '../ids/generatedIds.js';
import { IdCollector } from '../ids/idBlock.js';
import { ProblemList, type ProblemPart } from './problemList.js';
import { hashBytes } from '../../../node/lines/hash.js';
import {
  RangeReader,
  readBytes,
  type ByteRange,
  type RangeVisitor,
} from '../../../node/lines/rangeReader.js';
import { RecordScanner } from './recordScanner.js';
import { createScanMemory, type ScanMemory } from '../../../node/lines/scanMemory.js';
import { ShapeChecks } from './shapeChecks.js';

/** What every range of one file is checked with. Plain data: it is posted to the workers. */
export interface CheckContext {
  readonly path: string;
  readonly fileBytes: number;
  readonly format: DatasetFormat;
  readonly target: RecordTarget;
  readonly problemLimit: number;
  /** Differs from check to check, so that no file can be made to collide. */
  readonly hashSeed: number;
}

/** What one range holds; lines and records are counted from its start. */
export interface RangeResult {
  readonly lines: number;
  readonly records: number;
  readonly missingIds: number;
  /** Records with at least one error in what the model is asked. */
  readonly failingRecords: number;
  /** True where bytes must change on upload, carriage returns apart. */
  readonly needsRewrite: boolean;
  /** The first line that ends with CR LF; 0 where none does. */
  readonly carriageReturnLine: number;
  readonly problems: ProblemPart;
  readonly ids: { readonly count: number; readonly bytes: ArrayBuffer };
  /** Bits of the generated id prefixes that are taken, see `GeneratedIds`. */
  readonly takenPrefixes: Uint32Array;
  /** Before these places: records, file offset, lines (three numbers each). */
  readonly cuts: Float64Array;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const letterL = 0x6c;

/** Checks ranges of one file, one after another, in one thread. */
export class RangeChecker implements RangeVisitor {
  private readonly memory: ScanMemory;
  private readonly reader: RangeReader;
  private readonly scanner: RecordScanner;
  private readonly shapes: ShapeChecks;
  private readonly ids = new IdCollector();
  private readonly hash = { low: 0, high: 0 };
  private state: RangeState;

  constructor(
    fd: number,
    private readonly context: CheckContext,
  ) {
    this.memory = createScanMemory(readBytes);
    this.scanner = new RecordScanner(this.memory);
    this.shapes = new ShapeChecks(context.target, this.memory);
    this.reader = new RangeReader({ fd, ...context }, this.memory, this);
    this.state = newState(context.problemLimit);
  }

  /** Checks all lines that start in the range. */
  check(range: ByteRange): RangeResult {
    this.state = newState(this.context.problemLimit);
    this.reader.read(range);
    const { problems, generated, cuts, ...counts } = this.state;
    return {
      ...counts,
      problems: problems.toPart(),
      ids: this.ids.take(),
      takenPrefixes: generated.taken,
      cuts: Float64Array.from(cuts),
    };
  }

  lines(from: number, to: number, offset: number, isCut: boolean): void {
    const { bytes } = this.memory;
    const isValid = isUtf8(bytes.subarray(from, to));
    const shift = offset - from;
    for (let start = from; start < to;) {
      let end = isValid ? this.scanner.scanLikeLast(start, to) : -1;
      if (end >= 0) this.lineLikeLast(start, end, shift);
      else {
        end = bytes.indexOf(newline, start);
        const isText = isValid || isUtf8(bytes.subarray(start, end));
        this.line(start, end, shift, { isText, isCut: isCut && end === to - 1 });
      }
      start = end + 1;
    }
  }

  longLine(offset: number, length: number): void {
    this.state.lines++;
    this.startRecord(offset);
    this.add(length > maxLineBytes ? 'lineTooLong' : 'recordTooLarge');
  }

  /** A record the scanner has already read. `shift` turns an index of the buffer into a file offset. */
  private lineLikeLast(start: number, end: number, shift: number): void {
    this.state.lines++;
    this.noteCarriageReturn(start, end);
    this.startRecord(start + shift);
    if (this.context.format === 'bedrock') this.checkRecord(shift);
  }

  /** Any other line. */
  private line(
    start: number,
    end: number,
    shift: number,
    { isText, isCut }: { readonly isText: boolean; readonly isCut: boolean },
  ): void {
    const { state, scanner } = this;
    const { bytes } = this.memory;
    state.lines++;
    let first = start;
    if (start + shift === 0 && byteOrderMark.equals(bytes.subarray(start, start + 3))) {
      first += 3;
      state.needsRewrite = true;
      this.add('byteOrderMark');
    }
    this.noteCarriageReturn(start, end);
    if ((bytes[first] as number) <= space && scanner.isBlank(first, end)) {
      state.needsRewrite = true;
      this.add('blankLine');
      return;
    }
    this.startRecord(start + shift);
    if (!isText) {
      this.add('notUtf8');
      return;
    }
    const verdict = scanner.scan(first, end);
    if (verdict === 'notJson') this.addJsonError(first, end, isCut);
    else if (verdict === 'notObject') this.add('notObject');
    else if (this.context.format === 'bedrock') this.checkRecord(shift);
  }

  private noteCarriageReturn(start: number, end: number): void {
    const { state } = this;
    if (state.carriageReturnLine === 0 && end > start) {
      if (this.memory.bytes[end - 1] === carriageReturn) state.carriageReturnLine = state.lines;
    }
  }

  private startRecord(offset: number): void {
    const { state } = this;
    if (state.records >= state.nextCutRecords || offset >= state.nextCutOffset) {
      state.cuts.push(state.records, offset, state.lines - 1);
      state.nextCutRecords = state.records + cutEvery.records;
      state.nextCutOffset = offset + cutEvery.bytes;
    }
    state.records++;
  }

  private checkRecord(shift: number): void {
    const { scanner, state } = this;
    if (scanner.loneSurrogateAt >= 0)
      this.addLoneSurrogate(scanner.lineStart, scanner.loneSurrogateAt);
    if (scanner.id === 'text') this.collectId(shift);
    else if (scanner.id === 'other') this.add('badRecordId');
    else {
      state.missingIds++;
      state.needsRewrite = true;
      this.add('missingRecordId');
    }
    if (scanner.input === 'missing') this.add('missingModelInput');
    else if (scanner.input === 'other') this.add('modelInputNotObject');
    else {
      let isFailing = false;
      for (const { code, message, rule } of this.shapes.check(scanner)) {
        isFailing ||= severityOf(code) === 'error';
        this.add(code, message, rule);
      }
      if (isFailing) state.failingRecords++;
    }
  }

  private collectId(shift: number): void {
    const { scanner, hash, state } = this;
    const { idStart, idEnd } = scanner;
    const { bytes } = this.memory;
    if (scanner.idHasEscape) {
      const id = JSON.parse(bytes.toString('utf8', idStart - 1, idEnd + 1)) as string;
      const decoded = Buffer.from(id);
      hashBytes(decoded, 0, decoded.length, this.context.hashSeed, hash);
      state.generated.note(id);
    } else {
      hashBytes(bytes, idStart, idEnd, this.context.hashSeed, hash);
      if (bytes[idStart] === letterL) {
        state.generated.note(bytes.toString('latin1', idStart, Math.min(idEnd, idStart + 16)));
      }
    }
    this.ids.add(hash.low, hash.high, idStart + shift, idEnd - idStart, state.lines);
  }

  private addLoneSurrogate(start: number, at: number): void {
    const { problems, lines } = this.state;
    if (problems.isFull('loneSurrogate', false)) {
      this.add('loneSurrogate');
      return;
    }
    const escape = this.memory.bytes.toString('latin1', at, at + 6);
    problems.add(loneSurrogate(lines, this.column(start, at), escape));
  }

  /** As editors count: from 1, in UTF-16 units. */
  private column(start: number, at: number): number {
    return this.memory.bytes.toString('utf8', start, at).length + 1;
  }

  private addJsonError(start: number, end: number, isCutOff: boolean): void {
    if (this.state.problems.isFull('notJson', true)) {
      this.add('notJson');
      return;
    }
    const at = this.scanner.errorAt;
    const text = (from: number, to: number) => this.memory.bytes.toString('latin1', from, to);
    const message = describeJsonError({
      column: this.column(start, at),
      before: text(Math.max(start, at - jsonErrorContext), at),
      after: text(at, Math.min(end, at + jsonErrorContext)),
      isCutOff,
    });
    this.add('notJson', message);
  }

  /** A problem of the current line. */
  private add(code: ProblemCode, message?: string, rule?: string): void {
    const { problems, lines } = this.state;
    const isError = severityOf(code) === 'error';
    if (problems.isFull(code, isError)) problems.note(code, isError, 1);
    else problems.add(problem(code, lines, message, rule));
  }
}

function newState(problemLimit: number) {
  return {
    lines: 0,
    records: 0,
    missingIds: 0,
    failingRecords: 0,
    needsRewrite: false,
    carriageReturnLine: 0,
    nextCutRecords: 0,
    nextCutOffset: 0,
    problems: new ProblemList(problemLimit),
    generated: new GeneratedIds(),
    cuts: [] as number[],
  };
}

type RangeState = ReturnType<typeof newState>;
