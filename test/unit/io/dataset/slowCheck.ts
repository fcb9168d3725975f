import { isUtf8 } from 'node:buffer';
import {
  checkModelInput,
  parseRecord,
  type RecordTarget,
} from '../../../../src/core/batch/record.js';
import type { ProblemCode } from '../../../../src/core/batch/types.js';

/** What the checker must find, worked out the simple way: the whole file in memory, line by line. */
export function slowCheck(file: Buffer, target: RecordTarget) {
  const found: [number, ProblemCode][] = [];
  const seen = new Set<string>();
  let line = 0;
  let records = 0;
  let hasCarriageReturn = false;
  for (let start = 0; start < file.length;) {
    const newline = file.indexOf(10, start);
    const end = newline < 0 ? file.length : newline;
    let bytes = file.subarray(start, end);
    start = end + 1;
    line++;
    if (line === 1 && bytes.indexOf('\ufeff') === 0) {
      bytes = bytes.subarray(3);
      found.push([1, 'byteOrderMark']);
    }
    if (bytes.at(-1) === 13 && !hasCarriageReturn) {
      hasCarriageReturn = true;
      found.push([line, 'carriageReturn']);
    }
    if (/^[ \t\r]*$/.test(bytes.toString('latin1'))) {
      found.push([line, 'blankLine']);
      continue;
    }
    records++;
    for (const code of lineProblems(bytes, target, seen)) found.push([line, code]);
  }
  if (records < 100) found.push([0, 'tooFewRecords']);
  return { lines: line, records, found: sorted(found) };
}

function lineProblems(bytes: Buffer, target: RecordTarget, seen: Set<string>): ProblemCode[] {
  if (!isUtf8(bytes)) return ['notUtf8'];
  const text = bytes.toString('utf8');
  const parsed = parseRecord(text);
  if (parsed.code === 'notJson' || parsed.code === 'notObject') return [parsed.code];
  const value = JSON.parse(text) as Record<string, unknown>;
  const codes: ProblemCode[] = hasLoneSurrogate(text) ? ['loneSurrogate'] : [];
  const id = value['recordId'];
  if (id === undefined) codes.push('missingRecordId');
  else if (typeof id !== 'string' || id === '') codes.push('badRecordId');
  else if (seen.has(id)) codes.push('duplicateRecordId');
  else seen.add(id);
  const body = parseRecord(JSON.stringify({ modelInput: value['modelInput'] }));
  if (body.code !== undefined) codes.push(body.code);
  else codes.push(...checkModelInput(body.record.modelInput, target).map(({ code }) => code));
  return codes;
}

/** True where an escape of a JSON text is half of a surrogate pair without the other half. */
export function hasLoneSurrogate(json: string): boolean {
  const units = json.replaceAll(/\\u([0-9a-f]{4})|\\./gi, (_escape, digits?: string) =>
    digits === undefined ? '.' : String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(units);
}

/** Problems as comparable pairs, in one order. */
export function sorted(found: readonly (readonly [number, ProblemCode])[]): string[] {
  return found.map(([line, code]) => `${String(line).padStart(6)} ${code}`).sort();
}
