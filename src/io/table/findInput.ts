import { open } from 'node:fs/promises';
import type { SourceTable } from '../../core/batch/run.js';
import { recordIdOf } from '../../core/table/idColumns.js';
import { textPieces } from '../../node/lines/textPieces.js';
import { readTable } from './tableRows.js';

/** The line of the row that a record was made of, from 1; undefined where there is none any more. */
export async function findRow(table: SourceTable, recordId: string): Promise<number | undefined> {
  let number = 0;
  for await (const rows of readTable(table.path)) {
    for (const { cells, line } of rows) {
      number++;
      if (recordIdOf(cells, number, table.idColumn ?? null) === recordId) return line;
    }
  }
  return undefined;
}

/** The line of a record in a dataset, from 1; undefined where there is none. */
export async function findRecord(path: string, recordId: string): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    for await (const { text, line } of textPieces(file)) {
      const index = text.split('\n').findIndex((each) => idOf(each) === recordId);
      if (index >= 0) return line + index;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function idOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { recordId?: unknown } | null)?.recordId;
  } catch {
    // What is no JSON has no id.
    return undefined;
  }
}
