import * as l10n from '@vscode/l10n';

/** How much of a line around an error is enough to say what is wrong with it. */
export const jsonErrorContext = 24;

/** The surroundings of the byte that cannot be there. */
export interface JsonErrorPlace {
  /** 1-based, in UTF-16 units from the start of the line, as editors count. */
  readonly column: number;
  /** Text before and after the place, at most `jsonErrorContext` characters each. */
  readonly before: string;
  readonly after: string;
  /** True for the last line of a file without a final newline. */
  readonly isCutOff: boolean;
}

/** Says what is wrong with a line that is not JSON, without quoting the person's data. */
export function describeJsonError(place: JsonErrorPlace): string {
  const next = place.after[0];
  return next === undefined ? describeEarlyEnd(place) : describeByte(next, place);
}

function describeEarlyEnd({ column, isCutOff }: JsonErrorPlace): string {
  if (isCutOff) {
    return l10n.t(
      'Not valid JSON at column {0}: the file ends in the middle of a record. It may have been cut off: copy it again.',
      column,
    );
  }
  if (column <= 3) {
    return l10n.t(
      'Not valid JSON at column {0}: the record goes on in the next line. Write each record on one line (jq -c . does it).',
      column,
    );
  }
  return l10n.t(
    'Not valid JSON at column {0}: the line ends too early. Complete the record or remove the line.',
    column,
  );
}

function describeByte(next: string, { column, before, after }: JsonErrorPlace): string {
  const last = before.trimEnd().at(-1);
  if (next === "'") {
    return l10n.t(
      'Not valid JSON at column {0}: a single quote (\'). JSON takes double quotes: write ".',
      column,
    );
  }
  if ((next === '}' || next === ']') && last === ',') {
    return l10n.t(
      'Not valid JSON at column {0}: a comma before {1}. Remove the comma.',
      column,
      next,
    );
  }
  if (next === '{' && last === '}') {
    return l10n.t(
      'Not valid JSON at column {0}: a second record. Write each record on its own line.',
      column,
    );
  }
  if (next === ',' && last === '}') {
    return l10n.t('Not valid JSON at column {0}: a comma after the record. Remove it.', column);
  }
  if (/^(NaN|-?Infinity|nan|undefined|None|True|False)/.test(after)) {
    const word = /^-?[A-Za-z]+/.exec(after)?.[0] ?? '';
    return l10n.t(
      'Not valid JSON at column {0}: {1} is not JSON. Write null, true, false or a number.',
      column,
      word,
    );
  }
  if (/^-?Infinity/.test(before.slice(-1) + after)) {
    return l10n.t('Not valid JSON at column {0}: Infinity is not JSON. Write a number.', column);
  }
  if (next < ' ') {
    return l10n.t(
      'Not valid JSON at column {0}: a control character inside a text. Write it as an escape such as \\n or \\t.',
      column,
    );
  }
  if (last === '\\') {
    return l10n.t(
      'Not valid JSON at column {0}: an escape that JSON does not have. Double the backslash.',
      column,
    );
  }
  if (next === '/' || next === '#') {
    return l10n.t('Not valid JSON at column {0}: a comment. Remove it.', column);
  }
  if (next === '"' && last === '"') {
    return l10n.t(
      'Not valid JSON at column {0}: a comma is missing between two texts. Add it.',
      column,
    );
  }
  return l10n.t(
    'Not valid JSON at column {0}: an unexpected character. Correct the line or remove it.',
    column,
  );
}
