/**
 * The record ids of one range as columns of numbers: a hash, and where the id is in the file. An
 * object a record would take ten times the memory.
 */
export interface IdBlock {
  readonly count: number;
  /** Lines of the file before this block's range. */
  readonly linesBefore: number;
  /** `offsets` (f64), then `low`, `high`, `lengths`, `lines` (u32), `count` of each. */
  readonly bytes: ArrayBuffer;
}

/** Bytes a record id takes in a block. */
export const idEntryBytes = 24;

/** The columns of a block. `offsets` and `lengths` are of the text between the quotes. */
export interface IdColumns {
  readonly offsets: Float64Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly lengths: Uint32Array;
  /** 1-based within the range. */
  readonly lines: Uint32Array;
}

/** Views over a block's bytes. */
export function columnsOf(bytes: ArrayBuffer, count: number): IdColumns {
  const column = (index: number) => new Uint32Array(bytes, count * (8 + index * 4), count);
  return {
    offsets: new Float64Array(bytes, 0, count),
    low: column(0),
    high: column(1),
    lengths: column(2),
    lines: column(3),
  };
}

/** Collects ids; grows by doubling. */
export class IdCollector {
  private count = 0;
  private capacity = 4096;
  private columns = columnsOf(new ArrayBuffer(this.capacity * idEntryBytes), this.capacity);

  add(low: number, high: number, offset: number, length: number, line: number): void {
    if (this.count === this.capacity) this.grow();
    const { columns, count } = this;
    columns.offsets[count] = offset;
    columns.low[count] = low;
    columns.high[count] = high;
    columns.lengths[count] = length;
    columns.lines[count] = line;
    this.count++;
  }

  /** What was collected, exactly as long as needed; starts anew. */
  take(): { readonly count: number; readonly bytes: ArrayBuffer } {
    const { count } = this;
    const bytes = new ArrayBuffer(count * idEntryBytes);
    this.copyTo(columnsOf(bytes, count));
    this.count = 0;
    return { count, bytes };
  }

  private grow(): void {
    const larger = columnsOf(new ArrayBuffer(this.capacity * 2 * idEntryBytes), this.capacity * 2);
    this.copyTo(larger);
    this.columns = larger;
    this.capacity *= 2;
  }

  private copyTo(target: IdColumns): void {
    const { columns, count } = this;
    target.offsets.set(columns.offsets.subarray(0, count));
    target.low.set(columns.low.subarray(0, count));
    target.high.set(columns.high.subarray(0, count));
    target.lengths.set(columns.lengths.subarray(0, count));
    target.lines.set(columns.lines.subarray(0, count));
  }
}
