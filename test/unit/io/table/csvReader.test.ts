import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { CsvReader, type CsvRow } from '../../../../src/io/table/csvReader.js';
import { seeded } from '../../core/converse/support.js';

function readIn(pieces: readonly Buffer[], separator = ','): CsvRow[] {
  const reader = new CsvReader(separator);
  return [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
}

describe('CSV as it comes', () => {
  const random = seeded(7);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const plain = ['', 'a', ' b ', 'Größe', '東京 😀', "it's", '-1.50', '\r', 'x;y'];
  const quoted = ['', 'a', 'x,y', 'say ""hi""', '""', 'two\nlines', 'two\r\nlines', 'é,"",\n'];

  function table(): string {
    const columns = 1 + Math.floor(random() * 4);
    const cell = () => (random() < 0.5 ? any(plain) : `"${any(quoted)}"`);
    const end = any(['\n', '\r\n']);
    const rows = Array.from(
      { length: 1 + Math.floor(random() * 6) },
      () =>
        // A CR at the end of a line is part of the line’s end.
        `x,${Array.from({ length: columns }, cell).join(',')},y`,
    );
    return rows.join(end) + any(['', end]);
  }

  it('reads what csv-parse reads, however it is cut into pieces', () => {
    for (let round = 0; round < 2_000; round++) {
      const text = table();
      const bytes = Buffer.from(text);
      const pieces: Buffer[] = [];
      for (let at = 0; at < bytes.length;) {
        const end = at + 1 + Math.floor(random() * (round % 2 === 0 ? 5 : 60));
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
      const expected = parse(text, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
      const found = readIn(pieces).map(({ cells }) => cells);
      assert.deepEqual(found, expected, JSON.stringify(text));
    }
  });

  it('numbers the lines that rows begin on', () => {
    const rows = readIn([Buffer.from('a\n"b\r\n\n"\n\nc')]);
    assert.deepEqual(
      rows.map(({ line }) => line),
      [1, 2, 5, 6],
    );
  });

  for (const [text, says] of [
    ['a\nx"y\n', /Line 2: a quote stands inside/],
    ['a\n"x"y\n', /Line 2: a quote stands inside/],
    ['a\n"1\n2",x"\n', /Line 3: a quote stands inside/],
    ['a\n"x\ny\n', /row that begins on line 2 is never closed/],
    ['a\n"x', /row that begins on line 2 is never closed/],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => readIn([Buffer.from(text)]), says);
    });
  }
});
