import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { surveyTable } from '../../../../src/io/table/surveyTable.js';
import { readTable } from '../../../../src/io/table/tableRows.js';
import type { TableRow } from '../../../../src/io/table/tableRow.js';

describe('tables of JSON', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-json-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function rowsOf(name: string, content: string | Uint8Array): Promise<TableRow[]> {
    const path = join(folder, name);
    await writeFile(path, content);
    const rows: TableRow[] = [];
    for await (const some of readTable(path)) rows.push(...some);
    return rows;
  }

  const objects = [
    { id: 1, text: 'a, ]}"\\ {[', more: { list: [1, null], deep: { x: 'y' } } },
    { id: 2, text: 'zwei\nÜ 😀', more: [] },
    { id: 3, text: '', more: null },
  ];
  const cells = [
    { id: '1', text: 'a, ]}"\\ {[', more: '{"list":[1,null],"deep":{"x":"y"}}' },
    { id: '2', text: 'zwei\nÜ 😀', more: '[]' },
    { id: '3', text: '', more: '' },
  ];

  for (const [what, content, lines] of [
    ['on one line', JSON.stringify(objects), [1, 1, 1]],
    ['pretty-printed', `${JSON.stringify(objects, undefined, 2)}\n`, [2, 15, 20]],
    [
      'with a byte order mark, Windows line ends and blank lines',
      `\ufeff\r\n${JSON.stringify(objects, undefined, '\t').replaceAll('\n', '\r\n')}\r\n\r\n`,
      [3, 16, 21],
    ],
    [
      'with an object a line',
      `[\n${objects.map((row) => JSON.stringify(row)).join(',\n')}\n]`,
      [2, 3, 4],
    ],
    ['with commas first', `[${objects.map((row) => JSON.stringify(row)).join('\n, ')}]`, [1, 2, 3]],
  ] as const) {
    for (const extension of ['json', 'jsonl']) {
      it(`reads an array ${what} in .${extension}`, async () => {
        const rows = await rowsOf(`t.${extension}`, content);
        assert.deepEqual(
          rows.map((row) => row.cells),
          cells,
        );
        assert.deepEqual(
          rows.map((row) => row.line),
          lines,
        );
      });
    }
  }

  it('reads the lines of a .json file that holds an object on each', async () => {
    const rows = await rowsOf('t.json', '{"a":1}\n{"a":2}\n');
    assert.deepEqual(
      rows.map((row) => row.cells),
      [{ a: '1' }, { a: '2' }],
    );
  });

  for (const [what, content, says] of [
    [
      'a file that was cut off',
      '[\n{"a":1},\n{"a":2},\n',
      /Line 4: the file ends before its array/,
    ],
    ['a row that never ends', '[\n{"a":1},\n{"a":"2},\n{"a":3}]', /begins on line 3 never ends/],
    ['a comma too many', '[\n{"a":1},\n\n]', /Line 4: there is a comma without a row/],
    ['two commas', '[{"a":1},\n,{"a":1}]', /Line 2: there is a comma/],
    ['a missing comma', '[\n{"a":1}\n{"a":2}]', /Line 3 is not valid JSON/],
    ['a wrong row', '[\n{"a":1},\n{\n"a":\nNaN\n}]', /Line 5 is not valid JSON/],
    ['a bracket of the wrong kind', '[\n{"a":1],\n{"b":1}\n]', /Line 2 is not valid JSON/],
    ['a row that is no object', '[\n{"a":1},\n2]', /Line 3 is not a JSON object/],
    ['a list of lists', '[[1],\n[2]]', /Line 1 is not a JSON object/],
    ['text behind the array', '[{"a":1}]\n\n[{"a":2}]', /Line 3: something follows the array/],
    [
      'bytes that are no UTF-8',
      Buffer.from('[{"a":1},\n{"a":"\xe9"}]', 'latin1'),
      /line 2 is not UTF-8/,
    ],
  ] as const) {
    it(`refuses ${what}, with its line`, async () => {
      await assert.rejects(rowsOf('t.json', content), says);
    });
  }

  for (const [name, content] of [
    [
      't.jsonl',
      '{"id":1287654321098765432,"x":{"n":[9007199254740993,1.50]}}\n{"id":1287654321098765433,"x":1e400}\n',
    ],
    [
      't.json',
      '[{"id": 1287654321098765432, "x": {"n": [9007199254740993, 1.50]}},\n{"id":1287654321098765433,"x":1e400}]',
    ],
  ] as const) {
    it(`keeps the digits of numbers in ${name}, and ids apart by them`, async () => {
      assert.deepEqual(
        (await rowsOf(name, content)).map((row) => row.cells),
        [
          { id: '1287654321098765432', x: '{"n":[9007199254740993,1.50]}' },
          { id: '1287654321098765433', x: '1e400' },
        ],
      );
      const survey = await surveyTable(join(folder, name), { columns: [] });
      assert.equal(survey.idColumns[0]?.name, 'id');
    });
  }

  it('reads an array on one line that is larger than any record', async function () {
    this.timeout(60_000);
    const path = join(folder, 'large.json');
    const file = createWriteStream(path);
    const text = 'lorem "ipsum" '.repeat(500);
    for (let row = 0; row < 8_000; row++) {
      const written = file.write(`${row === 0 ? '[' : ','}${JSON.stringify({ row, text })}`);
      if (!written) await once(file, 'drain');
    }
    await new Promise<void>((resolve) => file.end(']', resolve));
    let rows = 0;
    for await (const some of readTable(path)) {
      for (const row of some) {
        assert.equal(row.cells['row'], String(rows));
        assert.equal(row.cells['text'], text);
        rows++;
      }
    }
    assert.equal(rows, 8_000);
  });
});
