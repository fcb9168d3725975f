import * as l10n from '@vscode/l10n';
import { parse, type ParseError } from 'jsonc-parser';
import { variableName } from '../../core/converse/variables.js';
import { AppError } from '../../core/errors.js';
import { exactMembers } from '../../core/json/exactMembers.js';
import type { TableRow } from './tableRow.js';

/**
 * The cells of a row written as a JSON object: texts as they are, nothing for `null`, everything else
 * as it is written, with all its digits.
 * @throws AppError `invalidInput` with the line.
 */
export function jsonCells(text: string, line: number): TableRow['cells'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const place = line + lineOfError(text);
    throw notRow(l10n.t('Line {0} is not valid JSON. Correct it and try again.', place), cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notRow(l10n.t('Line {0} is not a JSON object. Correct it and try again.', line));
  }
  const cells = Object.entries(exactMembers(text));
  return Object.fromEntries(cells.map(([name, cell]) => [variableName(name), cell]));
}

/** An error of a row, or of what stands between rows. */
export function notRow(message: string, cause?: unknown): AppError {
  return new AppError('invalidInput', message, cause === undefined ? {} : { cause });
}

/** How many lines below the first of the text it stops to be JSON. */
function lineOfError(text: string): number {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const before = text.slice(0, errors[0]?.offset ?? text.trimEnd().length);
  return before.split('\n').length - 1;
}
