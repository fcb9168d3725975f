import { copied, type SegmentRows } from './segment.js';

/** The rows of several files in file order, about 30 bytes each. */
export class ResultColumns {
  count = 0;
  offsets = new Float64Array(0);
  lengths = new Uint32Array(0);
  hashLow = new Int32Array(0);
  hashHigh = new Int32Array(0);
  status = new Uint8Array(0);
  errorCode = new Int32Array(0);
  /** 1-based line in the row's file. */
  lines = new Uint32Array(0);
  /** Index of the row's file. */
  files = new Uint16Array(0);

  /** Adds a batch; `firstLine` is the 1-based line its segment starts with. */
  append(rows: SegmentRows, file: number, firstLine: number): void {
    this.reserve(this.count + rows.count);
    const at = this.count;
    this.offsets.set(rows.offsets, at);
    this.lengths.set(rows.lengths, at);
    this.hashLow.set(rows.hashLow, at);
    this.hashHigh.set(rows.hashHigh, at);
    this.status.set(rows.status, at);
    this.errorCode.set(rows.errorCode, at);
    this.files.fill(file, at, at + rows.count);
    for (let row = 0; row < rows.count; row++) {
      this.lines[at + row] = firstLine + (rows.lines[row] as number);
    }
    this.count += rows.count;
  }

  private reserve(count: number): void {
    if (count <= this.offsets.length) return;
    const capacity = Math.max(4096, count, this.offsets.length * 2);
    this.offsets = copied(this.offsets, new Float64Array(capacity));
    this.lengths = copied(this.lengths, new Uint32Array(capacity));
    this.hashLow = copied(this.hashLow, new Int32Array(capacity));
    this.hashHigh = copied(this.hashHigh, new Int32Array(capacity));
    this.status = copied(this.status, new Uint8Array(capacity));
    this.errorCode = copied(this.errorCode, new Int32Array(capacity));
    this.lines = copied(this.lines, new Uint32Array(capacity));
    this.files = copied(this.files, new Uint16Array(capacity));
  }
}
