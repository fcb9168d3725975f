/** How much of a line around an error is enough to say what is wrong with it. */
export const jsonErrorContext = 24;

/** The surroundings of the byte that cannot be there. */
export interface JsonErrorPlace {
  /** 1-based, in bytes from the start of the line. */
  readonly column: number;
  /** Text before and after the place, at most `jsonErrorContext` characters each. */
  readonly before: string;
  readonly after: string;
  /** True for the last line of a file without a final newline. */
  readonly isCutOff: boolean;
}

/** Says what is wrong with a line that is not JSON, without quoting the person's data. */
export function describeJsonError(place: JsonErrorPlace): string {
  const where = `Not valid JSON at column ${place.column}: `;
  return where + reasonOf(place);
}

function reasonOf({ column, before, after, isCutOff }: JsonErrorPlace): string {
  const next = after[0];
  const last = before.trimEnd().at(-1);
  if (next === undefined) {
    if (isCutOff)
      return 'the file ends in the middle of a record. It may have been cut off: copy it again.';
    if (column <= 3) {
      return 'the record goes on in the next line. Write each record on one line (jq -c . does it).';
    }
    return 'the line ends too early. Complete the record or remove the line.';
  }
  if (next === "'") return 'a single quote (\'). JSON takes double quotes: write ".';
  if ((next === '}' || next === ']') && last === ',') {
    return `a comma before ${next}. Remove the comma.`;
  }
  if (next === '{' && last === '}') return 'a second record. Write each record on its own line.';
  if (next === ',' && last === '}') return 'a comma after the record. Remove it.';
  if (/^(NaN|-?Infinity|nan|undefined|None|True|False)/.test(after)) {
    const word = /^-?[A-Za-z]+/.exec(after)?.[0] ?? '';
    return `${word} is not JSON. Write null, true, false or a number.`;
  }
  if (/^-?Infinity/.test(before.slice(-1) + after)) return 'Infinity is not JSON. Write a number.';
  if (next < ' ') {
    return 'a control character inside a text. Write it as an escape such as \\n or \\t.';
  }
  if (last === '\\') return 'an escape that JSON does not have. Double the backslash.';
  if (next === '/' || next === '#') return 'a comment. Remove it.';
  if (next === '"' && last === '"') return 'a comma is missing between two texts. Add it.';
  return 'an unexpected character. Correct the line or remove it.';
}
