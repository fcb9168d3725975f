/** Lines of one file that follow each other. Arrays are as long as `count`; posted between threads. */
export interface ResultRows {
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
  /** 1-based line, counted from where the rows begin. */
  readonly lines: Uint32Array<ArrayBuffer>;
}

/** Rows that are added to, about 30 bytes each. */
export class ResultColumns implements ResultRows {
  count = 0;
  offsets = new Float64Array(0);
  lengths = new Uint32Array(0);
  hashLow = new Int32Array(0);
  hashHigh = new Int32Array(0);
  status = new Uint8Array(0);
  errorCode = new Int32Array(0);
  lines = new Uint32Array(0);
  /** Index of the row's file. */
  files = new Uint16Array(0);

  /** Room for one more row, which the caller fills in; its index. */
  add(): number {
    this.reserve(this.count + 1);
    return this.count++;
  }

  /** Adds the rows of a part of a file, before which it has that many lines. */
  append(rows: ResultRows, file: number, linesBefore: number): void {
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
      this.lines[at + row] = linesBefore + (rows.lines[row] as number);
    }
    this.count += rows.count;
  }

  /** The rows so far in arrays of their own; starts anew. */
  take(): ResultRows {
    const { count } = this;
    this.count = 0;
    return {
      count,
      offsets: this.offsets.slice(0, count),
      lengths: this.lengths.slice(0, count),
      hashLow: this.hashLow.slice(0, count),
      hashHigh: this.hashHigh.slice(0, count),
      status: this.status.slice(0, count),
      errorCode: this.errorCode.slice(0, count),
      lines: this.lines.slice(0, count),
    };
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

function copied<T extends { set(from: ArrayLike<number>): void } & ArrayLike<number>>(
  from: T,
  to: T,
): T {
  to.set(from);
  return to;
}
