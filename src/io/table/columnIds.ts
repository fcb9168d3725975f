import type { IdColumn } from '../../core/table/idColumns.js';
import { HashSet } from './hashSet.js';
import type { TableRow } from './tableRow.js';

/** Hashes kept at most, of all columns together: 64 MB. */
const mostHashes = 6_000_000;

/** A cell longer than that is a text and names nothing. */
const longestId = 256;

interface Candidate {
  readonly name: string;
  readonly seen: HashSet;
  longest: number;
}

/**
 * Finds the columns that name their rows: never empty, never the same. Keeps a hash of every cell of
 * those that still may; equal hashes count as equal, so at worst a column is not offered. Where that
 * is too much, the columns with the longest cells go first.
 */
export class ColumnIds {
  private candidates: Candidate[] | undefined;
  private rows = 0;

  add({ cells }: TableRow): void {
    this.candidates ??= Object.keys(cells).map((name) => ({
      name,
      seen: new HashSet(),
      longest: 0,
    }));
    this.rows++;
    this.candidates = this.candidates.filter((candidate) => takes(candidate, cells));
    while (this.candidates.length > 0 && this.rows * this.candidates.length > mostHashes) {
      this.candidates.sort((a, b) => b.longest - a.longest).shift();
    }
  }

  /** In the order of the table. */
  columns(): IdColumn[] {
    return (this.candidates ?? []).map(({ name, longest }) => ({ name, longest }));
  }
}

function takes(candidate: Candidate, cells: TableRow['cells']): boolean {
  const { name, seen } = candidate;
  const id = Object.hasOwn(cells, name) ? (cells[name] ?? '') : '';
  if (id.length > longestId || id.trim() === '' || !seen.add(id)) return false;
  candidate.longest = Math.max(candidate.longest, id.length);
  return true;
}
