import { constants } from 'node:buffer';
import { closeSync, openSync } from 'node:fs';
import {
  type ByteRange,
  RangeReader,
  type RangeVisitor,
  readBytes,
} from '../../node/lines/rangeReader.js';
import { createScanMemory } from '../../node/lines/scanMemory.js';
import { type ResultRows, ResultColumns } from './columns.js';
import { lineStatus, ResultScanner } from './scan.js';

/** A file to index. */
export interface IndexFile {
  readonly path: string;
  readonly bytes: number;
}

/** A byte range of a file; its lines are those that start inside. */
export interface Segment extends ByteRange {
  /** Index of the file. */
  readonly file: number;
}

/** What the scanner found in a segment. */
export interface SegmentRows {
  readonly rows: ResultRows;
  /** Lines of the segment, blank ones too. */
  readonly lines: number;
}

const newline = 0x0a;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Scans segments of files, one after another, in one thread; one file is open at a time. */
export class SegmentScanner implements RangeVisitor {
  private readonly scanner: ResultScanner;
  private readonly rows = new ResultColumns();
  private lineCount = 0;
  private open:
    { readonly file: number; readonly fd: number; readonly reader: RangeReader } | undefined;

  constructor(
    private readonly files: readonly IndexFile[],
    private readonly memory = createScanMemory(readBytes),
  ) {
    this.scanner = new ResultScanner(this.memory);
  }

  /** The rows of all lines that start in the segment. */
  scan(segment: Segment): SegmentRows {
    this.lineCount = 0;
    this.readerOf(segment.file).read(segment);
    return { rows: this.rows.take(), lines: this.lineCount };
  }

  lines(from: number, to: number, offset: number): void {
    const { memory, scanner } = this;
    const { bytes } = memory;
    scanner.refresh();
    const shift = offset - from;
    const hasMark = offset === 0 && byteOrderMark.equals(bytes.subarray(from, from + 3));
    for (let start = hasMark ? from + 3 : from; start < to;) {
      const end = bytes.indexOf(newline, start);
      this.lineCount++;
      if (!isBlank(bytes, start, end)) {
        scanner.scan(start, end);
        this.add(start + shift, end - start);
      }
      start = end + 1;
    }
  }

  /** Too long for a text, so it cannot be parsed or shown either. */
  longLine(offset: number, length: number): void {
    this.lineCount++;
    this.scanner.status = lineStatus.error;
    this.scanner.errorCode = -1;
    this.scanner.isBroken = true;
    this.scanner.hash.low = this.scanner.hash.high = 0;
    this.add(offset, length);
  }

  dispose(): void {
    if (this.open) closeSync(this.open.fd);
    this.open = undefined;
  }

  private readerOf(file: number): RangeReader {
    if (this.open?.file === file) return this.open.reader;
    this.dispose();
    const { path, bytes } = this.files[file] as IndexFile;
    const fd = openSync(path, 'r');
    const source = { fd, path, fileBytes: bytes, keptBytes: constants.MAX_STRING_LENGTH };
    const reader = new RangeReader(source, this.memory, this);
    this.open = { file, fd, reader };
    return reader;
  }

  private add(offset: number, length: number): void {
    const { rows, scanner } = this;
    const row = rows.add();
    rows.offsets[row] = offset;
    rows.lengths[row] = length;
    rows.hashLow[row] = scanner.hash.low;
    rows.hashHigh[row] = scanner.hash.high;
    rows.status[row] = scanner.isBroken ? lineStatus.broken : scanner.status;
    rows.errorCode[row] = scanner.errorCode;
    rows.lines[row] = this.lineCount;
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] as number) <= 0x20) at++;
  return at === end;
}
