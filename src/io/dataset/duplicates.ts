import { readSync } from 'node:fs';
import { changedError } from './fingerprint.js';
import { columnsOf, idEntryBytes, type IdBlock } from './idBlock.js';

/** Ids handled in one pass; more take further passes instead of more memory. */
export const idsPerPass = 1_000_000;

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
  for (let pass = 0; pass < passes; pass++) {
    const table = new IdTable(total, passes);
    for (const block of search.blocks) {
      const found = scanBlock(search, block, { table, pass, passes });
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
}

/** Puts the block's ids of this pass into the table and returns those that were there. */
function scanBlock(search: DuplicateSearch, block: StoredBlock, at: Pass): Duplicates {
  const { table, pass, passes } = at;
  const columns = columnsOf(bytesOf(block, search.spillFd), block.count);
  const first: Duplicate[] = [];
  let count = 0;
  for (let index = 0; index < block.count; index++) {
    const high = columns.high[index] as number;
    if (passes > 1 && high % passes !== pass) continue;
    const entry: IdEntry = table.scratch;
    entry.low = columns.low[index] as number;
    entry.high = high;
    entry.offset = columns.offsets[index] as number;
    entry.length = columns.lengths[index] as number;
    entry.line = (columns.lines[index] as number) + block.linesBefore;
    const earlier = table.findOrAdd(search.fd);
    if (earlier < 0) continue;
    count++;
    if (first.length < search.limit) {
      const id = readId(search.fd, entry.offset, entry.length);
      first.push({ line: entry.line, firstLine: table.lineOf(earlier), id });
    }
  }
  return { count, first };
}

function bytesOf(block: StoredBlock, spillFd: number | undefined): ArrayBuffer {
  if ('bytes' in block) return block.bytes;
  const bytes = new ArrayBuffer(block.count * idEntryBytes);
  if (spillFd !== undefined) readFully(spillFd, new Uint8Array(bytes), block.spillOffset);
  return bytes;
}

interface IdEntry {
  low: number;
  high: number;
  offset: number;
  length: number;
  line: number;
}

/** An open-addressing hash table over columns of numbers. */
class IdTable {
  readonly scratch: IdEntry = { low: 0, high: 0, offset: 0, length: 0, line: 0 };
  private readonly slots: Uint32Array;
  private low: Uint32Array;
  private high: Uint32Array;
  private offsets: Float64Array;
  private lengths: Uint32Array;
  private lines: Float64Array;
  private count = 0;

  constructor(total: number, passes: number) {
    // A pass gets about an even part; the slots are at least twice that.
    const expected = Math.min(total, Math.ceil((total / passes) * 1.1) + 1000) + 1;
    this.slots = new Uint32Array(2 ** Math.ceil(Math.log2(expected * 2)));
    this.low = new Uint32Array(expected);
    this.high = new Uint32Array(expected);
    this.offsets = new Float64Array(expected);
    this.lengths = new Uint32Array(expected);
    this.lines = new Float64Array(expected);
  }

  lineOf(index: number): number {
    return this.lines[index] as number;
  }

  /** The index of the equal id that was added before; -1 after adding the scratch entry. */
  findOrAdd(fd: number): number {
    const { low, high, offset, length } = this.scratch;
    const mask = this.slots.length - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    for (;;) {
      const index = (this.slots[slot] as number) - 1;
      if (index < 0) break;
      if (this.low[index] === low && this.high[index] === high) {
        const earlier = [this.offsets[index] as number, this.lengths[index] as number] as const;
        if (readId(fd, ...earlier) === readId(fd, offset, length)) return index;
      }
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = this.add() + 1;
    return -1;
  }

  private add(): number {
    const index = this.count++;
    if (index === this.low.length) throw new RangeError('hash table is full');
    this.low[index] = this.scratch.low;
    this.high[index] = this.scratch.high;
    this.offsets[index] = this.scratch.offset;
    this.lengths[index] = this.scratch.length;
    this.lines[index] = this.scratch.line;
    return index;
  }
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
    if (count === 0) throw changedError('The file');
    done += count;
  }
}
