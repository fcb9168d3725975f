import { resolve } from 'node:path';
import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';
import { atomicWriteStream, isThere } from '../../node/files/atomicWrite.js';
import { hashBytes } from '../../node/lines/hash.js';
import type { TableRow } from './tableRow.js';
import { readTableRows, type TableOptions } from './tableRows.js';

/** A table to turn into records. */
export interface TableJob extends TableOptions {
  readonly path: string;
  readonly output: string;
  /** True where a file at `output` may be replaced. */
  readonly isReplacing?: boolean;
  /** Columns every row must have. */
  readonly columns: readonly string[];
  /** The table must have one of these, or all its records would be the same; empty for any table. */
  readonly oneColumnOf?: readonly string[];
  /** The record of a row, as a line of JSON. */
  readonly toRecord: (cells: TableRow['cells'], recordId: string) => string;
}

/** Characters that are written in one go. */
const pieceLength = 1 << 18;

/**
 * Writes a record for every row of a table, in constant memory but for a hash of every id. The output
 * appears whole or not at all. A column `recordId` or `id` names the records where it is unique and
 * never empty; otherwise they are `row-1`, `row-2` …
 * @throws AppError `conflict` where the output is there already, `invalidInput` with the wrong line.
 */
export async function writeTableRecords(job: TableJob): Promise<{ readonly records: number }> {
  if (resolve(job.path) === resolve(job.output)) throw exists(job.output);
  if (!job.isReplacing && (await isThere(job.output))) throw exists(job.output);
  try {
    return await write(job, new OwnIds());
  } catch (error) {
    if (!(error instanceof IdsUnusable)) throw error;
    return write(job, undefined);
  }
}

async function write(job: TableJob, ids: OwnIds | undefined): Promise<{ records: number }> {
  let records = 0;
  const pieces = async function* () {
    let piece = '';
    for await (const row of readTableRows(job.path, job)) {
      if (records === 0) requireOneColumn(row, job.oneColumnOf);
      requireColumns(row, job.columns);
      records++;
      piece += `${job.toRecord(row.cells, ids?.idOf(row) ?? `row-${records}`)}\n`;
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
    }
    if (records === 0) throw empty(job.path);
    yield piece;
  };
  await atomicWriteStream(job.output, pieces());
  return { records };
}

/** The ids the table brings along. */
class OwnIds {
  private column: string | undefined;
  private readonly seen = new Set<number>();
  private isFirst = true;

  idOf({ cells }: TableRow): string | undefined {
    if (this.isFirst) {
      this.column = ['recordId', 'id'].find((name) => Object.hasOwn(cells, name));
      this.isFirst = false;
    }
    if (this.column === undefined) return undefined;
    const id = Object.hasOwn(cells, this.column) ? cells[this.column] : undefined;
    if (id === undefined || id === '' || this.isKnown(id)) throw new IdsUnusable();
    return id;
  }

  /** Equal hashes count as equal ids: at worst the rows are numbered without need. */
  private isKnown(id: string): boolean {
    const bytes = Buffer.from(id);
    const hash = { low: 0, high: 0 };
    hashBytes(bytes, 0, bytes.length, 0, hash);
    const key = (hash.high & 0x1fffff) * 2 ** 32 + hash.low;
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return false;
  }
}

/** Ends a first try: an id was empty or came again, so the rows are numbered. */
class IdsUnusable extends Error {}

function requireColumns({ line, cells }: TableRow, columns: readonly string[]): void {
  const missing = columns.filter((name) => !Object.hasOwn(cells, name));
  if (missing.length === 0) return;
  const names = missing.map((name) => `"${name}"`).join(', ');
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The row on line {0} has no column {1}. Add it, rename the variable, or give the variable a value.',
      line,
      names,
    ),
  );
}

function requireOneColumn({ cells }: TableRow, wanted: readonly string[] = []): void {
  if (wanted.length === 0 || wanted.some((name) => Object.hasOwn(cells, name))) return;
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The table has none of the columns {0}. Rename its columns or the variables.',
      wanted.map((name) => `"${name}"`).join(', '),
    ),
  );
}

function exists(path: string): AppError {
  return new AppError('conflict', l10n.t('{0} exists already. Choose another name.', path));
}

function empty(path: string): AppError {
  return new AppError('invalidInput', l10n.t('{0} has no rows. Choose another file.', path));
}
