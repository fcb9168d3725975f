import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isAppError, type ErrorKind } from '../../../../src/core/errors.js';
import { type TableJob, writeTableRecords } from '../../../../src/io/table/tableRecords.js';

describe('a table becomes records', function () {
  this.timeout(60_000);
  let folder = '';
  const output = () => join(folder, 'out.jsonl');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-table-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** What the rows become: their cells and ids, one a line. */
  const toRecord: TableJob['toRecord'] = (cells, recordId) => JSON.stringify({ recordId, cells });

  async function convert(
    name: string,
    content: string | Uint8Array,
    job: Partial<TableJob> = {},
  ): Promise<{ recordId: string; cells: Record<string, string> }[]> {
    const path = join(folder, name);
    await writeFile(path, content);
    await writeTableRecords({ path, output: output(), columns: [], toRecord, ...job });
    const lines = (await readFile(output(), 'utf8')).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as (typeof rows)[number]);
  }
  let rows: Awaited<ReturnType<typeof convert>> = [];

  const cellsOf = (found: typeof rows) => found.map(({ cells }) => cells);

  for (const [what, name, content, cells] of [
    ['CSV with plain cells', 't.csv', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
    [
      'quotes, commas and line breaks in cells',
      't.csv',
      'a\n"x, ""y""\nz"\n',
      [{ a: 'x, "y"\nz' }],
    ],
    [
      'CRLF, and LF after it',
      't.csv',
      'a,b\r\n1,2\r\n3,4\n',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['a byte order mark', 't.csv', '\ufeffa,b\n1,2', [{ a: '1', b: '2' }]],
    ['blank lines and rows of nothing', 't.csv', 'a,b\n\n1,2\n,\n \n', [{ a: '1', b: '2' }]],
    ['semicolons of a spreadsheet', 't.csv', '"a,b";c\n1;2,5\n', [{ 'a,b': '1', c: '2,5' }]],
    ['columns without a name left out', 't.csv', ',a\n0,x\n', [{ a: 'x' }]],
    ['TSV', 't.tsv', 'a\tb\n1, 2\t3\n', [{ a: '1, 2', b: '3' }]],
    [
      'JSONL with values that are no texts',
      't.jsonl',
      '\ufeff{"a":1,"b":{"c":[]}}\r\n\n{"a":"x","b":null}',
      [
        { a: '1', b: '{"c":[]}' },
        { a: 'x', b: '' },
      ],
    ],
  ] as const) {
    it(`reads ${what}`, async () => {
      rows = await convert(name, content);
      assert.deepEqual(cellsOf(rows), cells);
    });
  }

  for (const [what, name, content, says] of [
    ['a ragged row', 't.csv', 'a,b\n"1\n1",2\n3\n', /line 4 has 1 cells, the header has 2/],
    [
      'a quote that is never closed',
      't.csv',
      'a,b\n1,"2\n3,4\n',
      /quote in the row that begins on line 2 is never closed/,
    ],
    ['a quote inside a cell', 't.csv', 'a,b\n1,2\n1,x"y\n', /Line 3: a quote/],
    ['two columns of one name', 't.csv', 'a,b, a\n1,2,3\n', /two columns are called "a"/],
    ['broken JSON', 't.jsonl', '{"a":1}\n\n{"a":\n', /Line 3 is not valid JSON/],
    ['JSON that is no object', 't.jsonl', '{"a":1}\n[1]\n', /Line 2 is not a JSON object/],
    [
      'another encoding',
      't.csv',
      Buffer.from('a\nfine\ncaf\xe9\n', 'latin1'),
      /Line 3 is not UTF-8/,
    ],
    ['UTF-16', 't.csv', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), /UTF-16/],
    ['an empty file', 't.csv', '', /has no rows/],
    ['a header alone', 't.csv', 'a,b\n', /has no rows/],
  ] as const) {
    it(`refuses ${what}, with its place, and leaves no file`, async () => {
      await refuses(convert(name, content), 'invalidInput', says);
      assert.deepEqual(await readdir(folder), [name]);
    });
  }

  it('names the row that lacks a column of the prompt', async () => {
    const content = '{"city":"Rome"}\n{"town":"Bath"}\n';
    const job = { columns: ['city'] };
    await refuses(convert('t.jsonl', content, job), 'invalidInput', /line 2 has no column "city"/);
  });

  it('refuses a table with none of the columns, for every record would be the same', async () => {
    const job = { oneColumnOf: ['city', 'land'] };
    await refuses(
      convert('t.csv', 'a\n1\n', job),
      'invalidInput',
      /none of the columns "city", "land"/,
    );
  });

  it('names what stands between double braces and is no column', async () => {
    const job = { columns: ['text | upper'] };
    const work = convert('t.csv', 'id,text\n1,hello\n', job);
    await refuses(work, 'invalidInput', /\{\{text \| upper\}\} is not worked out.*"id", "text"/);
    assert.deepEqual(await readdir(folder), ['t.csv']);
  });

  it('reads column names of any script and form', async () => {
    const content =
      'id,First\u00a0Name,e-mail,2023 sales,地域（県）,"Two\nlines",Pre\u0301nom\n1,a,b,c,d,e,f\n';
    assert.deepEqual(cellsOf(await convert('t.csv', content)), [
      {
        id: '1',
        'First Name': 'a',
        'e-mail': 'b',
        '2023 sales': 'c',
        '地域（県）': 'd',
        'Two lines': 'e',
        Prénom: 'f',
      },
    ]);
  });

  describe('rows whose prompt would be blank', () => {
    const content = 'id,text\na,\nb,x\nc,  \nd,y\n';
    const isBlank: TableJob['isBlank'] = ({ text = '' }) => text.trim() === '';

    it('are reported with their lines before anything is written', async () => {
      const work = convert('t.csv', content, { isBlank });
      await refuses(
        work,
        'invalidInput',
        /nothing of 2 rows, whose cells are empty: lines 2, 4\. /,
      );
      assert.deepEqual(await readdir(folder), ['t.csv']);
    });

    it('are left out where that is agreed, and the others keep their ids', async () => {
      const job = { isBlank, isWithoutBlank: true };
      const found = await convert('t.csv', content, job);
      assert.deepEqual(
        found.map(({ recordId }) => recordId),
        ['b', 'd'],
      );
      const numbered = { ...job, idColumn: null, isReplacing: true };
      const again = await convert('t.csv', content, numbered);
      assert.deepEqual(
        again.map(({ recordId }) => recordId),
        ['row-2', 'row-4'],
      );
    });

    it('are an error where there are no others', async () => {
      const work = convert('t.csv', 'id,text\na,\n', { isBlank, isWithoutBlank: true });
      await refuses(work, 'invalidInput', /empty in every row/);
    });
  });

  it('names the records by the column asked for, or says why it cannot', async () => {
    const content = 'conversation_id,code,text\n7,x,a\n8,y,a\n';
    const ids = async (idColumn?: string | null) => {
      const job = { isReplacing: true, ...(idColumn !== undefined && { idColumn }) };
      return (await convert('t.csv', content, job)).map(({ recordId }) => recordId);
    };
    assert.deepEqual(await ids(), ['7', '8'], 'the likeliest unasked');
    assert.deepEqual(await ids('code'), ['x', 'y']);
    assert.deepEqual(await ids(null), ['row-1', 'row-2']);
    await refuses(ids('text'), 'invalidInput', /"text" .* cannot name the records/);
    await refuses(ids('none'), 'invalidInput', /has no column "none"/);
  });

  it('keeps the ids of the table, and numbers the rows where one comes twice or is missing', async () => {
    const ids = (found: typeof rows) => found.map(({ recordId }) => recordId);
    assert.deepEqual(ids(await convert('a.csv', 'id,a\nx,1\ny,2\n')), ['x', 'y']);
    for (const [name, content] of [
      ['b.csv', 'id,a\nx,1\nx,2\n'],
      ['c.csv', 'recordId,a\nx,1\n,2\n'],
    ] as const) {
      const job = { output: output(), isReplacing: true };
      assert.deepEqual(ids(await convert(name, content, job)), ['row-1', 'row-2']);
    }
  });

  it('replaces a file only when told to, and never the table itself', async () => {
    await writeFile(output(), 'mine');
    await refuses(convert('t.csv', 'a\n1\n'), 'conflict', /exists already/);
    assert.equal(await readFile(output(), 'utf8'), 'mine');
    const itself = { output: join(folder, 't.csv'), isReplacing: true };
    await refuses(convert('t.csv', 'a\n1\n', itself), 'conflict', /exists already/);
  });

  it('keeps the earlier file when it is cancelled half-way', async () => {
    await writeFile(output(), 'mine');
    const controller = new AbortController();
    const onProgress = () => {
      controller.abort();
    };
    const job = { isReplacing: true, signal: controller.signal, onProgress };
    await assert.rejects(convert('t.csv', `a\n${'1\n'.repeat(400_000)}`, job), {
      name: 'AbortError',
    });
    assert.equal(await readFile(output(), 'utf8'), 'mine');
    assert.deepEqual((await readdir(folder)).sort(), ['out.jsonl', 't.csv']);
  });

  it('needs no more memory for 200,000 rows than for a few', async () => {
    const path = join(folder, 'large.csv');
    const file = createWriteStream(path);
    const text = 'lorem ipsum '.repeat(30);
    for (let row = 0; row <= 200_000; row++) {
      const line = row === 0 ? 'id,text\n' : `ticket-${row},"${text}${row}"\n`;
      if (!file.write(line)) await once(file, 'drain');
    }
    await new Promise<void>((resolve) => file.end(resolve));
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const before = used();
    let peak = 0;
    let sampled = 0;
    let last = 0;
    const onProgress = (read: number, total: number) => {
      last = read / total;
      if (read - sampled < 5_000_000) return;
      sampled = read;
      peak = Math.max(peak, used() - before);
    };
    const job = { path, output: output(), columns: ['text'], toRecord, onProgress };
    const { records } = await writeTableRecords(job);
    assert.equal(records, 200_000);
    assert.equal(last, 1);
    // The file has 77 MB; a hash of every id takes about 8.
    assert.ok(peak < 25_000_000, `${Math.round(peak / 1e6)} MB`);
  });
});

async function refuses(work: Promise<unknown>, kind: ErrorKind, says: RegExp): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(isAppError(error), String(error));
    assert.match(error.message, says);
    return error.kind === kind;
  });
}
