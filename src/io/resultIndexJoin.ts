import type { ResultColumns } from './resultIndexColumns.js';
import { lineStatus } from './resultIndexScan.js';

/** Which output row answers which input row, and the other way round. */
export interface Join {
  /** Output row of each input row; -1 for a record without one. */
  readonly outputOf: Int32Array;
  /** Input row of each output row; `extra` or `superseded` where it has none. */
  readonly inputOf: Int32Array;
}

/** In `inputOf`: the input has no such record. */
export const extra = -1;
/** In `inputOf`: a later attempt succeeded where this one did not. */
export const superseded = -2;

/**
 * Joins by the 64 bits of record id hash. Records that share an id are matched in the order they come;
 * one more output of a record replaces an earlier one that was no success (a retry).
 */
export function joinRows(input: ResultColumns, output: ResultColumns): Join {
  const table = new InputTable(input);
  const outputOf = new Int32Array(input.count).fill(-1);
  const inputOf = new Int32Array(output.count).fill(extra);
  for (let row = 0; row < output.count; row++) {
    const slot = table.find(output.hashLow[row] as number, output.hashHigh[row] as number);
    if (slot < 0) continue;
    const free = table.take(slot);
    if (free >= 0) {
      outputOf[free] = row;
      inputOf[row] = free;
      continue;
    }
    const taken = table.firstOf(slot);
    const earlier = outputOf[taken] as number;
    const isRetry =
      output.status[earlier] !== lineStatus.success && output.status[row] === lineStatus.success;
    if (!isRetry) continue;
    inputOf[earlier] = superseded;
    outputOf[taken] = row;
    inputOf[row] = taken;
  }
  return { outputOf, inputOf };
}

/** Open addressing over the hashes; rows of one id are chained in their order. */
class InputTable {
  private readonly mask: number;
  private readonly first: Int32Array;
  private readonly free: Int32Array;
  private readonly next: Int32Array;

  constructor(private readonly input: ResultColumns) {
    let size = 16;
    while (size < input.count * 2) size *= 2;
    this.mask = size - 1;
    this.first = new Int32Array(size).fill(-1);
    this.next = new Int32Array(input.count).fill(-1);
    for (let row = input.count - 1; row >= 0; row--) this.insert(row);
    this.free = this.first.slice();
  }

  /** The slot of an id, or -1. */
  find(low: number, high: number): number {
    if (low === 0 && high === 0) return -1;
    const slot = this.slotOf(low, high);
    return (this.first[slot] as number) >= 0 ? slot : -1;
  }

  /** The next input row of the slot that has no output yet, or -1. */
  take(slot: number): number {
    const row = this.free[slot] as number;
    if (row >= 0) this.free[slot] = this.next[row] as number;
    return row;
  }

  firstOf(slot: number): number {
    return this.first[slot] as number;
  }

  private insert(row: number): void {
    const low = this.input.hashLow[row] as number;
    const high = this.input.hashHigh[row] as number;
    if (low === 0 && high === 0) return;
    const slot = this.slotOf(low, high);
    // Inserted from the last row to the first, so that each chain ends up ascending.
    this.next[row] = this.first[slot] as number;
    this.first[slot] = row;
  }

  private slotOf(low: number, high: number): number {
    let slot = (low ^ (high >>> 7)) & this.mask;
    for (let row = this.first[slot] as number; row >= 0; row = this.first[slot] as number) {
      if (this.input.hashLow[row] === low && this.input.hashHigh[row] === high) break;
      slot = (slot + 1) & this.mask;
    }
    return slot;
  }
}
