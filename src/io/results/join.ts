import { breathe, rowsAtOnce } from './breathe.js';
import type { ResultColumns } from './columns.js';
import { lineStatus } from './scan.js';

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
export async function joinRows(
  input: ResultColumns,
  output: ResultColumns,
  signal?: AbortSignal,
): Promise<Join> {
  const table = new InputTable(input);
  // From the last row to the first, so that each chain ends up ascending.
  for (let row = input.count - 1; row >= 0; row--) {
    if (row % rowsAtOnce === 0) await breathe(signal);
    table.insert(row);
  }
  const outputOf = new Int32Array(input.count).fill(-1);
  const inputOf = new Int32Array(output.count).fill(extra);
  for (let row = 0; row < output.count; row++) {
    if (row % rowsAtOnce === 0) await breathe(signal);
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

/** Members of a slot, side by side so that a look-up touches one line of the processor's cache. */
const [low, high, first, free, slotSize] = [0, 1, 2, 3, 4] as const;

/** Open addressing over the hashes; rows of one id are chained in their order. */
class InputTable {
  private readonly mask: number;
  private readonly slots: Int32Array;
  /** The next row of the same id; made only where ids repeat. */
  private next: Int32Array | undefined;

  constructor(private readonly input: ResultColumns) {
    let size = 16;
    while (size < input.count * 2) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size * slotSize).fill(-1);
  }

  /** The slot of an id, or -1. */
  find(wantedLow: number, wantedHigh: number): number {
    if (wantedLow === 0 && wantedHigh === 0) return -1;
    const slot = this.slotOf(wantedLow, wantedHigh);
    return (this.slots[slot + first] as number) >= 0 ? slot : -1;
  }

  /** The next input row of the slot that has no output yet, or -1. */
  take(slot: number): number {
    const row = this.slots[slot + free] as number;
    if (row >= 0) this.slots[slot + free] = this.next?.[row] ?? -1;
    return row;
  }

  firstOf(slot: number): number {
    return this.slots[slot + first] as number;
  }

  insert(row: number): void {
    const { slots, input } = this;
    const rowLow = input.hashLow[row] as number;
    const rowHigh = input.hashHigh[row] as number;
    if (rowLow === 0 && rowHigh === 0) return;
    const slot = this.slotOf(rowLow, rowHigh);
    const later = slots[slot + first] as number;
    if (later >= 0) {
      this.next ??= new Int32Array(input.count).fill(-1);
      this.next[row] = later;
    }
    slots[slot + low] = rowLow;
    slots[slot + high] = rowHigh;
    slots[slot + first] = row;
    slots[slot + free] = row;
  }

  private slotOf(wantedLow: number, wantedHigh: number): number {
    const { slots, mask } = this;
    let at = (wantedLow ^ (wantedHigh >>> 7)) & mask;
    for (;;) {
      const slot = at * slotSize;
      if ((slots[slot + first] as number) < 0) return slot;
      if (slots[slot + low] === wantedLow && slots[slot + high] === wantedHigh) return slot;
      at = (at + 1) & mask;
    }
  }
}
