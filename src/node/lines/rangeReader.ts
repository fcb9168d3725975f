import { readSync } from 'node:fs';
import { batchLimits } from '../../core/batch/types.js';
import { changedError } from '../files/fingerprint.js';
import type { ScanMemory } from './scanMemory.js';

const newline = 0x0a;
/** Bytes read at once: fits the second-level cache. */
export const readBytes = 1 << 20;
/** Read at first where only the end of a line is wanted. */
const tailBytes = 1 << 14;
/** Lines of a dataset beyond this are passed over without being kept. */
export const keptLineBytes = batchLimits.maxRecordBytes;

/** A part of a file. Its lines are those that start in it, also where they end behind it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface RangeVisitor {
  /**
   * Whole lines in `memory.bytes` from `from` to `to`, each ended by a newline byte. `offset` is the
   * file offset of `from`. `isCut` where the last newline was not in the file.
   */
  lines(from: number, to: number, offset: number, isCut: boolean): void;
  /** A line of more than the source's `keptBytes`; its length is without the newline. */
  longLine(offset: number, length: number): void;
}

interface Source {
  readonly fd: number;
  readonly path: string;
  readonly fileBytes: number;
  /** Default `keptLineBytes`. */
  readonly keptBytes?: number;
}

/** Reads the lines of a range through the memory's fixed buffer. */
export class RangeReader {
  private filled = 0;
  /** File offset of the first byte of the buffer. */
  private base = 0;
  private capacity = readBytes;
  /** True where the last `offsetAfterNewline` found one. */
  private wasNewline = false;
  private readonly keptBytes: number;

  constructor(
    private readonly source: Source,
    private readonly memory: ScanMemory,
    private readonly visitor: RangeVisitor,
  ) {
    this.keptBytes = source.keptBytes ?? keptLineBytes;
  }

  /** Visits all lines of the range; resumes nothing: call it once a range. */
  read(range: ByteRange): void {
    this.filled = 0;
    // The byte before tells whether a line starts at the start.
    this.base = range.start === 0 ? 0 : this.offsetAfterNewline(range.start - 1, range.end);
    while (this.base < range.end) {
      if (!this.fill(range)) {
        this.flushLast();
        return;
      }
      const end = this.lastLineEnd(range);
      if (end > 0) this.visitLines(end, false);
      else if (this.filled >= this.keptBytes + 1) this.passLongLine();
      else if (this.filled === this.capacity) this.growBuffer();
    }
  }

  /** Appends to the buffer; false at the end of the file. */
  private fill(range: ByteRange): boolean {
    const position = this.base + this.filled;
    const room = this.capacity - this.filled;
    // Behind the range only one line's end is wanted: as much again as there is of it.
    const wanted = position < range.end ? range.end - position : Math.max(tailBytes, this.filled);
    const count = this.readAt(this.filled, Math.min(room, wanted), position);
    this.filled += count;
    return count > 0;
  }

  private readAt(at: number, length: number, position: number): number {
    const { fd, fileBytes, path } = this.source;
    const wanted = Math.min(length, fileBytes - position);
    if (wanted <= 0) return 0;
    const count = readSync(fd, this.memory.bytes, at, wanted, position);
    if (count === 0) throw changedError(path);
    return count;
  }

  /** Index after the last newline that ends a line of the range; 0 where there is none yet. */
  private lastLineEnd(range: ByteRange): number {
    const bytes = this.memory.bytes.subarray(0, this.filled);
    // The first newline at or after the range's last byte ends its last line.
    const closing = bytes.indexOf(newline, Math.max(0, range.end - 1 - this.base));
    return (closing >= 0 ? closing : bytes.lastIndexOf(newline)) + 1;
  }

  private visitLines(end: number, isCut: boolean): void {
    this.visitor.lines(0, end, this.base, isCut);
    const { bytes } = this.memory;
    bytes.copyWithin(0, end, this.filled);
    this.filled = Math.max(0, this.filled - end);
    this.base += end;
  }

  /** The last line of a file that does not end with a newline. */
  private flushLast(): void {
    if (this.filled === 0) return;
    this.memory.bytes[this.filled] = newline;
    this.visitLines(this.filled + 1, true);
  }

  private growBuffer(): void {
    this.capacity = Math.min(this.capacity * 4, this.keptBytes + 2);
    this.memory.grow(this.capacity);
  }

  private passLongLine(): void {
    const start = this.base;
    const next = this.offsetAfterNewline(start + this.filled, this.source.fileBytes);
    this.visitor.longLine(start, next - start - (this.wasNewline ? 1 : 0));
    this.base = next;
    this.filled = 0;
  }

  /** The offset after the first newline at or after `from`, or `limit` where there is none before. */
  private offsetAfterNewline(from: number, limit: number): number {
    let position = from;
    let wanted = tailBytes;
    this.wasNewline = false;
    while (position < limit) {
      const count = this.readAt(0, Math.min(wanted, limit - position), position);
      wanted = readBytes;
      if (count === 0) return position;
      const found = this.memory.bytes.indexOf(newline);
      if (found >= 0 && found < count) {
        this.wasNewline = true;
        return position + found + 1;
      }
      position += count;
    }
    return limit;
  }
}
