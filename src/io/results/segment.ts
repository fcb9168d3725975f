import { type FileHandle, open } from 'node:fs/promises';
import { throwIfAborted } from '../../core/async.js';
import { createSkipMemory, type SkipMemory } from './memory.js';
import { lineStatus, scanInputLine, type ScannedLine, scanOutputLine } from './scan.js';

/** A byte range of a file; its lines are those that start inside. */
export interface Segment {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** An input file has record ids and nothing else of interest. */
  readonly kind: 'input' | 'output';
}

/** What the scanner found in consecutive lines. Arrays are as long as `count`. */
export interface SegmentRows {
  readonly count: number;
  /** Byte offset of each line in its file. */
  readonly offsets: Float64Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly hashLow: Int32Array<ArrayBuffer>;
  readonly hashHigh: Int32Array<ArrayBuffer>;
  /** `lineStatus` of each line. */
  readonly status: Uint8Array<ArrayBuffer>;
  /** -1 where there is none. */
  readonly errorCode: Int32Array<ArrayBuffer>;
  /** Lines before each row inside the segment, blank ones too. */
  readonly lines: Uint32Array<ArrayBuffer>;
  /** Lines of the segment so far, blank ones too. */
  readonly linesSoFar: number;
  /** Bytes of the segment read so far. */
  readonly bytesSoFar: number;
}

const chunkBytes = 1 << 20;
const newline = 0x0a;

/**
 * Scans a segment; one batch of rows a chunk of the file, memory bounded by the longest line. The next
 * chunk is read while the last one is scanned.
 */
export async function* scanSegment(
  segment: Segment,
  signal?: AbortSignal,
): AsyncGenerator<SegmentRows> {
  const file = await open(segment.path, 'r');
  // A line belongs to the segment it starts in: look one byte back for the newline before it.
  const window = new FileWindow(file, Math.max(0, segment.start - 1));
  const scan = segment.kind === 'input' ? scanInputLine : scanOutputLine;
  try {
    let isInside = segment.start === 0;
    let lines = 0;
    for (;;) {
      throwIfAborted(signal);
      const isLast = await window.fill();
      const { memory, base, filled } = window;
      let from = window.start;
      if (!isInside) {
        from += memory.bytes.subarray(from, filled).indexOf(newline) + 1;
        isInside = from > window.start;
        if (!isInside) from = filled;
      }
      if (base + from === 0 && startsWithMark(memory.bytes, filled)) from += 3;
      const batch = new Batch(scan, { memory, base, lines });
      const limit = Math.min(filled, segment.end - base);
      const rest = scanLines({ buffer: memory.bytes, from, filled, limit, isLast }, batch);
      lines = batch.lineCount;
      yield batch.rows(Math.min(base + rest, segment.end) - segment.start);
      if (isLast || base + rest >= segment.end) return;
      window.start = rest;
    }
  } finally {
    await window.close();
  }
}

/** A stretch of a file in scan memory: what is not scanned yet, and room behind it to read into. */
class FileWindow {
  readonly memory = createSkipMemory(4 * chunkBytes);
  /** Where the bytes that are not scanned yet begin in memory. */
  start = 0;
  /** Where the bytes of the file end in memory. */
  filled = 0;
  private pending: Promise<{ bytesRead: number }> | undefined;

  constructor(
    private readonly file: FileHandle,
    private position: number,
  ) {}

  /** Offset in the file of the memory's first byte. */
  get base(): number {
    return this.position - this.filled;
  }

  /** Waits for the next chunk; true at the end of the file. */
  async fill(): Promise<boolean> {
    if (!this.pending) {
      this.makeRoom();
      this.pending = this.read();
    }
    const { bytesRead } = await this.pending;
    this.pending = undefined;
    this.filled += bytesRead;
    this.position += bytesRead;
    // Memory may not move while a read is on its way into it: ahead only where there is room.
    const hasRoom = this.filled + chunkBytes <= this.memory.capacity;
    if (bytesRead > 0 && hasRoom) this.pending = this.read();
    return bytesRead === 0;
  }

  async close(): Promise<void> {
    await this.pending?.catch(() => undefined);
    await this.file.close();
  }

  private makeRoom(): void {
    if (this.filled + chunkBytes <= this.memory.capacity) return;
    this.memory.bytes.copyWithin(0, this.start, this.filled);
    this.filled -= this.start;
    this.start = 0;
    while (this.filled + chunkBytes > this.memory.capacity) this.memory.grow();
  }

  private read(): Promise<{ bytesRead: number }> {
    return this.file.read(this.memory.bytes, this.filled, chunkBytes, this.position);
  }
}

function startsWithMark(bytes: Buffer, filled: number): boolean {
  return filled >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Adds the whole lines that start before `limit`; returns the offset of the first one left over. */
function scanLines(
  window: { buffer: Buffer; from: number; filled: number; limit: number; isLast: boolean },
  batch: Batch,
): number {
  const { buffer, filled, limit } = window;
  let start = window.from;
  while (start < limit) {
    const found = buffer.indexOf(newline, start);
    const isWhole = found >= 0 && found < filled;
    if (!isWhole && !window.isLast) break;
    const end = isWhole ? found : filled;
    batch.add(start, end);
    start = end + 1;
  }
  return Math.min(start, filled);
}

class Batch {
  private count = 0;
  private capacity = 2048;
  private offsets = new Float64Array(this.capacity);
  private lengths = new Uint32Array(this.capacity);
  private hashLow = new Int32Array(this.capacity);
  private hashHigh = new Int32Array(this.capacity);
  private status = new Uint8Array(this.capacity);
  private errorCode = new Int32Array(this.capacity);
  private lines = new Uint32Array(this.capacity);
  private readonly found: ScannedLine = {
    status: lineStatus.missing,
    errorCode: -1,
    hashLow: 0,
    hashHigh: 0,
  };

  private readonly memory: SkipMemory;
  private readonly base: number;
  lineCount: number;

  constructor(
    private readonly scan: typeof scanOutputLine,
    from: { memory: SkipMemory; base: number; lines: number },
  ) {
    this.memory = from.memory;
    this.base = from.base;
    this.lineCount = from.lines;
  }

  add(start: number, end: number): void {
    const line = this.lineCount++;
    if (isBlank(this.memory.bytes, start, end)) return;
    if (this.count === this.capacity) this.grow();
    const { found, count } = this;
    this.scan(this.memory, start, end, found);
    this.offsets[count] = this.base + start;
    this.lengths[count] = end - start;
    this.hashLow[count] = found.hashLow;
    this.hashHigh[count] = found.hashHigh;
    this.status[count] = found.status;
    this.errorCode[count] = found.errorCode;
    this.lines[count] = line;
    this.count++;
  }

  rows(bytesSoFar: number): SegmentRows {
    const { count } = this;
    return {
      count,
      offsets: this.offsets.slice(0, count),
      lengths: this.lengths.slice(0, count),
      hashLow: this.hashLow.slice(0, count),
      hashHigh: this.hashHigh.slice(0, count),
      status: this.status.slice(0, count),
      errorCode: this.errorCode.slice(0, count),
      lines: this.lines.slice(0, count),
      linesSoFar: this.lineCount,
      bytesSoFar: Math.max(0, bytesSoFar),
    };
  }

  private grow(): void {
    this.capacity *= 2;
    this.offsets = copied(this.offsets, new Float64Array(this.capacity));
    this.lengths = copied(this.lengths, new Uint32Array(this.capacity));
    this.hashLow = copied(this.hashLow, new Int32Array(this.capacity));
    this.hashHigh = copied(this.hashHigh, new Int32Array(this.capacity));
    this.status = copied(this.status, new Uint8Array(this.capacity));
    this.errorCode = copied(this.errorCode, new Int32Array(this.capacity));
    this.lines = copied(this.lines, new Uint32Array(this.capacity));
  }
}

function isBlank(buffer: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && (buffer[at] as number) <= 0x20) at++;
  return at === end;
}

/** `to` with the beginning of `from` in it. */
export function copied<T extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}
