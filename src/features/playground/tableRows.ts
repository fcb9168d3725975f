import * as l10n from '@vscode/l10n';
import { AppError } from '../../core/errors.js';

/** A row of a table: column → text. */
export type TableRow = Readonly<Record<string, string>>;

/** The rows of a CSV file with a header (RFC 4180) or of a JSONL file of objects. */
export function readTable(text: string, name: string): TableRow[] {
  return /\.(csv|tsv)$/i.test(name)
    ? csvTable(text, name.toLowerCase().endsWith('.tsv') ? '\t' : ',')
    : jsonlTable(text);
}

function csvTable(text: string, separator: string): TableRow[] {
  const [header = [], ...rows] = parseCsv(text.replace(/^\uFEFF/, ''), separator);
  return rows.map((cells) =>
    Object.fromEntries(header.map((column, index) => [column.trim(), cells[index] ?? ''])),
  );
}

/** Cells of all rows; blank lines are left out. */
export function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') endRow();
    else if (char !== '\r') cell += char;
  }
  endRow();
  return rows;
}

function jsonlTable(text: string): TableRow[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const row = parseLine(line);
    if (row) return [row];
    throw new AppError(
      'invalidInput',
      l10n.t('Line {0} is not a JSON object. Correct it and try again.', index + 1),
    );
  });
}

function parseLine(line: string): TableRow | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Said by the caller, with the number of the line.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, cell]) => [
      name,
      typeof cell === 'string' ? cell : JSON.stringify(cell),
    ]),
  );
}
