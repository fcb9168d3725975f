import { readSync } from 'node:fs';
import { changedError } from '../../../node/files/fingerprint.js';
import { columnsOf, idEntryBytes, type IdBlock, type IdColumns } from './idBlock.js';

/** Ids handled in one pass; more take further passes instead of more memory. */
export const idsPerPass = 600_000;

/** A block in memory, or where it is in the spill file. */
export type StoredBlock = IdBlock | SpilledBlock;

/** A block whose bytes were written to a file. */
export interface SpilledBlock {
  readonly count: number;
  readonly linesBefore: number;
  readonly spillOffset: number;
}

/** A record id used again. */
export interface Duplicate {
  readonly line: number;
  readonly firstLine: number;
  readonly id: string;
}

/** All duplicates counted, the first `limit` of them named. */
export interface Duplicates {
  readonly count: number;
  readonly first: readonly Duplicate[];
}

/** Where to look. */
export interface DuplicateSearch {
  /** The dataset, open. */
  readonly fd: number;
  /** The spill file, where blocks are in one. */
  readonly spillFd?: number;
  readonly blocks: readonly StoredBlock[];
  readonly limit: number;
  readonly perPass?: number;
}

/**
 * Finds every record id that an earlier line has used. Hashes only propose: two ids are equal when
 * the texts read again from the dataset are. Blocks come in file order.
 */
export function findDuplicates(search: DuplicateSearch): Duplicates {
  const total = search.blocks.reduce((sum, block) => sum + block.count, 0);
  const passes = Math.max(1, Math.ceil(total / (search.perPass ?? idsPerPass)));
  let count = 0;
  let first: Duplicate[] = [];
  const table = new IdTable(total, passes);
  const largest = search.blocks.reduce((most, block) => Math.max(most, block.count), 0);
  const spillBuffer = new ArrayBuffer(search.spillFd === undefined ? 0 : largest * idEntryBytes);
  for (let pass = 0; pass < passes; pass++) {
    table.clear();
    for (const block of search.blocks) {
      const found = scanBlock(search, block, { table, pass, passes, spillBuffer });
      count += found.count;
      first.push(...found.first);
    }
    first = first.sort((a, b) => a.line - b.line).slice(0, search.limit);
  }
  return { count, first };
}

interface Pass {
  readonly table: IdTable;
  readonly pass: number;
  readonly passes: number;
  /** Where spilled blocks are read into, one after another. */
  readonly spillBuffer: ArrayBuffer;
}

/** Puts the block's ids of this pass into the table and returns those that were there. */
function scanBlock(search: DuplicateSearch, block: StoredBlock, at: Pass): Duplicates {
  const { table, pass, passes } = at;
  const columns = columnsOf(bytesOf(block, search.spillFd, at.spillBuffer), block.count);
  const { high, lines, offsets, lengths } = columns;
  const first: Duplicate[] = [];
  let count = 0;
  for (let index = 0; index < block.count; index++) {
    if (passes > 1 && (high[index] as number) % passes !== pass) continue;
    const earlier = table.findOrAdd(search.fd, columns, index, block.linesBefore);
    if (earlier < 0) continue;
    count++;
    if (first.length < search.limit) {
      const id = readId(search.fd, offsets[index] as number, lengths[index] as number);
      const line = (lines[index] as number) + block.linesBefore;
      first.push({ line, firstLine: table.lineOf(earlier), id });
    }
  }
  return { count, first };
}

function bytesOf(
  block: StoredBlock,
  spillFd: number | undefined,
  buffer: ArrayBuffer,
): ArrayBuffer {
  if ('bytes' in block) return block.bytes;
  if (spillFd === undefined) throw new RangeError('a spilled block needs its file');
  readFully(spillFd, new Uint8Array(buffer, 0, block.count * idEntryBytes), block.spillOffset);
  return buffer;
}

/** An open-addressing hash table over columns of numbers. */
class IdTable {
  private readonly slots: Uint32Array;
  private readonly columns: IdColumns;
  /** Lines before the range each id is in. */
  private readonly linesBefore: Float64Array;
  private count = 0;

  constructor(total: number, passes: number) {
    // A pass gets about an even part; the slots are at least twice that.
    const expected = Math.min(total, Math.ceil((total / passes) * 1.1) + 1000) + 1;
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(expected * 2)));
    this.columns = columnsOf(new ArrayBuffer(expected * idEntryBytes), expected);
    this.linesBefore = new Float64Array(expected);
  }

  clear(): void {
    this.slots.fill(0);
    this.count = 0;
  }

  lineOf(index: number): number {
    return (this.columns.lines[index] as number) + (this.linesBefore[index] as number);
  }

  /** The number of the equal id that was added before; -1 after adding this one. */
  findOrAdd(fd: number, from: IdColumns, index: number, linesBefore: number): number {
    const { slots, columns } = this;
    const low = from.low[index] as number;
    const high = from.high[index] as number;
    const mask = slots.length - 1;
    let slot = low & mask;
    for (let known = (slots[slot] as number) - 1; known >= 0;) {
      if (columns.low[known] === low && columns.high[known] === high) {
        if (idAt(fd, columns, known) === idAt(fd, from, index)) return known;
      }
      slot = (slot + 1) & mask;
      known = (slots[slot] as number) - 1;
    }
    const added = this.count++;
    if (added === columns.low.length) throw new RangeError('hash table is full');
    slots[slot] = added + 1;
    columns.low[added] = low;
    columns.high[added] = high;
    columns.offsets[added] = from.offsets[index] as number;
    columns.lengths[added] = from.lengths[index] as number;
    columns.lines[added] = from.lines[index] as number;
    this.linesBefore[added] = linesBefore;
    return -1;
  }
}

function idAt(fd: number, columns: IdColumns, index: number): string {
  return readId(fd, columns.offsets[index] as number, columns.lengths[index] as number);
}

const shortId = Buffer.alloc(256);

/** The id at a place of the dataset, its escapes resolved. */
function readId(fd: number, offset: number, length: number): string {
  const bytes = length <= shortId.length ? shortId.subarray(0, length) : Buffer.alloc(length);
  readFully(fd, bytes, offset);
  const text = bytes.toString('utf8');
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

function readFully(fd: number, into: Uint8Array, position: number): void {
  let done = 0;
  while (done < into.length) {
    const count = readSync(fd, into, done, into.length - done, position + done);
    if (count === 0) throw changedError();
    done += count;
  }
}
