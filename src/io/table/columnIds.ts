import type { IdColumn } from '../../core/table/idColumns.js';
import { hashBytes } from '../../node/lines/hash.js';
import type { TableRow } from './tableRow.js';

/** Hashes kept at most, of all columns together: some 150 MB. */
const mostHashes = 4_000_000;
/** Of the last column: a set takes no more. */
const mostOfOne = 16_000_000;

interface Candidate {
  readonly name: string;
  readonly seen: Set<number>;
  longest: number;
}

/**
 * Finds the columns that name their rows: never empty, never the same. Keeps a hash of every cell of
 * those that still may; equal hashes count as equal, so at worst a column is not offered. Where that
 * is too much, the columns with the longest cells go first.
 */
export class ColumnIds {
  private candidates: Candidate[] | undefined;
  private hashes = 0;

  add({ cells }: TableRow): void {
    this.candidates ??= Object.keys(cells).map((name) => ({ name, seen: new Set(), longest: 0 }));
    const kept = this.candidates.filter((candidate) => this.takes(candidate, cells));
    if (kept.length < this.candidates.length) this.keep(kept);
    while (this.hashes > (kept.length > 1 ? mostHashes : mostOfOne)) {
      kept.sort((a, b) => b.longest - a.longest).shift();
      this.keep(kept);
    }
  }

  /** In the order of the table. */
  columns(): IdColumn[] {
    return (this.candidates ?? []).map(({ name, longest }) => ({ name, longest }));
  }

  private keep(candidates: Candidate[]): void {
    this.candidates = candidates;
    this.hashes = candidates.reduce((sum, { seen }) => sum + seen.size, 0);
  }

  private takes(candidate: Candidate, cells: TableRow['cells']): boolean {
    const { name, seen } = candidate;
    const id = Object.hasOwn(cells, name) ? (cells[name] ?? '') : '';
    if (id.trim() === '') return false;
    const key = hashOf(id);
    if (seen.has(key)) return false;
    seen.add(key);
    this.hashes++;
    candidate.longest = Math.max(candidate.longest, id.length);
    return true;
  }
}

function hashOf(id: string): number {
  const bytes = Buffer.from(id);
  const hash = { low: 0, high: 0 };
  hashBytes(bytes, 0, bytes.length, 0, hash);
  return (hash.high & 0x1fffff) * 2 ** 32 + hash.low;
}
