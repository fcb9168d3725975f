import * as l10n from '@vscode/l10n';
import { isExpression } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import type { TableRow } from './tableRow.js';

/** Columns named in a message. */
const mostNames = 20;

/** @throws AppError `invalidInput` where the row has not all of the columns. */
export function requireColumns({ line, cells }: TableRow, columns: readonly string[]): void {
  const missing = columns.filter((name) => !Object.hasOwn(cells, name));
  const [first] = missing;
  if (first === undefined) return;
  const there = quoted(Object.keys(cells));
  if (isExpression(first)) {
    throw new AppError(
      'invalidInput',
      l10n.t(
        '{0} is not worked out: only names stand between double braces. The row on line {1} has the columns {2}.',
        `{{${first}}}`,
        line,
        there,
      ),
    );
  }
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The row on line {0} has no column {1}; it has {2}. Add it, rename the variable, or give the variable a value.',
      line,
      quoted(missing),
      there,
    ),
  );
}

/** @throws AppError `invalidInput` where the row has none of the columns. */
export function requireOneColumn({ cells }: TableRow, wanted: readonly string[] = []): void {
  if (wanted.length === 0 || wanted.some((name) => Object.hasOwn(cells, name))) return;
  throw new AppError(
    'invalidInput',
    l10n.t(
      'The table has none of the columns {0}; it has {1}. Rename its columns or the variables.',
      quoted(wanted),
      quoted(Object.keys(cells)),
    ),
  );
}

/** The error for a table without rows. */
export function noRows(path: string): AppError {
  return new AppError('invalidInput', l10n.t('{0} has no rows. Choose another file.', path));
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => `"${name}"`);
  return [...shown, ...(names.length > mostNames ? ['…'] : [])].join(', ');
}
