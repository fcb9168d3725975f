import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generatedId } from '../../../../src/io/dataset/ids/generatedIds.js';
import { outputReaderFor } from '../../../../src/core/results/readOutput.js';
import type { ResultRow } from '../../../../src/core/results/types.js';
import { ResultIndex, type ResultIndexOptions } from '../../../../src/io/results/resultIndex.js';
import type { ResultView } from '../../../../src/io/results/order.js';
import { builtWorker } from './builtWorker.js';

interface Line {
  readonly recordId?: string;
  readonly modelInput: object;
}

const readOutput = outputReaderFor({ modelId: 'anthropic.claude-haiku' });

function input(id: string): Line {
  return { recordId: id, modelInput: { messages: [{ role: 'user', content: `ask ${id}` }] } };
}

function success(id: string, text = `answer ${id}`): object {
  const modelOutput = {
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 3, output_tokens: 5 },
  };
  return { ...input(id), modelOutput };
}

function failure(id: string, errorCode = 400): object {
  return { ...input(id), error: { errorCode, errorMessage: `refused ${id}` } };
}

const jsonl = (lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('ResultIndex', () => {
  let folder = '';
  let opened: ResultIndex[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'results-'));
  });
  afterEach(async () => {
    for (const index of opened) index.dispose();
    opened = [];
    await rm(folder, { recursive: true, force: true });
  });

  async function file(name: string, content: string): Promise<string> {
    const own = path.join(folder, name);
    await writeFile(own, content);
    return own;
  }

  async function indexed(options: Omit<ResultIndexOptions, 'readOutput'>): Promise<ResultIndex> {
    const index = new ResultIndex({ ...options, readOutput });
    opened.push(index);
    await index.done;
    assert.equal(index.progress.error, undefined);
    return index;
  }

  const brief = (rows: readonly ResultRow[]) =>
    rows.map(({ line, recordId, status }) => `${line ?? '-'} ${recordId} ${status}`);

  async function shuffled(): Promise<ResultIndex> {
    return indexed({
      input: await file('in.jsonl', jsonl(['a', 'b', 'c', 'd'].map(input))),
      outputs: [
        await file('x.jsonl.out', jsonl([success('d'), failure('b'), success('z'), success('a')])),
      ],
    });
  }

  const orders: readonly [ResultView, string[]][] = [
    [{ order: 'input' }, ['1 a success', '2 b error', '3 c missing', '4 d success', '- z extra']],
    [
      { order: 'errorsFirst' },
      ['2 b error', '3 c missing', '1 a success', '4 d success', '- z extra'],
    ],
    [{ order: 'file' }, ['4 d success', '2 b error', '- z extra', '1 a success', '3 c missing']],
    [{ order: 'input', filter: 'errors' }, ['2 b error', '3 c missing']],
  ];
  for (const [view, rows] of orders) {
    it(`lists rows in the order of ${JSON.stringify(view)}`, async () => {
      const index = await shuffled();
      assert.deepEqual(brief(await index.page(0, 100, view)), rows);
      assert.equal(index.rowCount(view), rows.length);
    });
  }

  it('counts by status and by error code', async () => {
    const index = await shuffled();
    assert.deepEqual(index.counts(), {
      success: 2,
      errors: 1,
      missing: 1,
      extra: 1,
      total: 5,
      byErrorCode: { '400': 1 },
    });
  });

  it('knows nothing of missing records without the input', async () => {
    const outputs = [await file('x.jsonl.out', jsonl([success('b'), failure('a', 429)]))];
    const index = await indexed({ outputs });
    assert.deepEqual(index.counts(), {
      success: 1,
      errors: 1,
      total: 2,
      byErrorCode: { '429': 1 },
    });
    assert.deepEqual(brief(await index.page(0, 9, { order: 'input' })), [
      '- b success',
      '- a error',
    ]);
  });

  it('reads answer, tokens and stop reason of a page, and leaves out what is not known', async () => {
    const index = await shuffled();
    const [first, second, third] = await index.page(0, 3, { order: 'input' });
    assert.deepEqual(first, {
      key: 3,
      line: 1,
      recordId: 'a',
      status: 'success',
      text: 'answer a',
      inputTokens: 3,
      outputTokens: 5,
      stopReason: 'end_turn',
    });
    assert.deepEqual(second, {
      key: 1,
      line: 2,
      recordId: 'b',
      status: 'error',
      errorCode: 400,
      errorMessage: 'refused b',
    });
    assert.deepEqual(third, { key: 6, line: 3, recordId: 'c', status: 'missing' });
  });

  it('gives a record in full by its key, also a missing one', async () => {
    const index = await shuffled();
    const answered = await index.detail(3);
    assert.equal(answered?.raw, JSON.stringify(success('a')));
    assert.deepEqual(answered.modelInput, input('a').modelInput);
    const missing = await index.detail(6);
    assert.equal(missing?.raw, JSON.stringify(input('c')));
    assert.equal(missing.row.status, 'missing');
    for (const key of [-1, 8, 1e9]) assert.equal(await index.detail(key), undefined);
  });

  it('keeps the digits of the file in a record and in what a tool is handed', async () => {
    const called = '{"order": 12345678901234567890, "total": 12.50, "a": 1, "a": 2}';
    const block = `{"type":"tool_use","id":"t","name":"refund","input":${called}}`;
    const line = `{"recordId":"a","modelInput":{},"modelOutput":{"content":[${block}]}}`;
    const index = await indexed({ outputs: [await file('x.out', `${line}\n`)] });
    const found = await index.detail(0);
    assert.equal(found?.raw, line);
    assert.deepEqual(
      found.answer.toolCalls?.map(({ name, input }) => [name, input]),
      [['refund', called]],
    );
    const [row] = await index.page(0, 1, { order: 'file' });
    assert.deepEqual([row?.text, row?.toolNames], [called, ['refund']]);
  });

  it('cuts long answers in pages and has them whole in detail', async () => {
    const long = 'x'.repeat(5000);
    const index = await indexed({ outputs: [await file('x.out', jsonl([success('a', long)]))] });
    const [row] = await index.page(0, 1, { order: 'file' });
    assert.equal(row?.text?.length, 400);
    assert.equal((await index.detail(0))?.row.text, long);
  });

  it('lets the success of a later attempt replace an earlier error', async () => {
    const index = await indexed({
      input: await file('in.jsonl', jsonl(['a', 'b'].map(input))),
      outputs: [
        await file('1.out', jsonl([failure('a'), success('b')])),
        await file('2.out', jsonl([success('a', 'at last')])),
      ],
    });
    const rows = await index.page(0, 9, { order: 'file' });
    assert.deepEqual(brief(rows), ['2 b success', '1 a success']);
    assert.deepEqual([index.counts().success, index.counts().errors], [2, 0]);
  });

  it('matches records that share an id in their order', async () => {
    const index = await indexed({
      input: await file('in.jsonl', jsonl([input('a'), input('a'), input('b')])),
      outputs: [
        await file('x.out', jsonl([success('b'), success('a', 'one'), success('a', 'two')])),
      ],
    });
    const rows = await index.page(0, 9, { order: 'input' });
    assert.deepEqual(
      rows.map(({ line, text }) => [line, text]),
      [
        [1, 'one'],
        [2, 'two'],
        [3, 'answer b'],
      ],
    );
  });

  it('shows a half-written last line as an error and keeps the rest', async () => {
    const text = jsonl([success('a'), success('b')]);
    const index = await indexed({ outputs: [await file('x.out', text.slice(0, -30))] });
    const rows = await index.page(0, 9, { order: 'file' });
    assert.deepEqual(
      rows.map(({ status }) => status),
      ['success', 'error'],
    );
    assert.match(rows[1]?.errorMessage ?? '', /is cut off/);
    assert.deepEqual(index.counts().byErrorCode, { unknown: 1 });
  });

  const halves: readonly [string, string, string[]][] = [
    ['before its id', '{"recordId":"', ['1 a success', '2 b missing', '-  error']],
    ['after its id', '{"recordId":"b","modelOutput":{"t', ['1 a success', '2 b error']],
    [
      'of a record that is there already',
      '{"recordId":"a","mod',
      ['1 a success', '2 b missing', '- a error'],
    ],
  ];
  for (const [where, half, expected] of halves) {
    it(`does not call a last line cut ${where} one that the input does not have`, async () => {
      const index = await indexed({
        input: await file('in.jsonl', jsonl([input('a'), input('b')])),
        outputs: [await file('x.out', jsonl([success('a')]) + half)],
      });
      assert.deepEqual(brief(await index.page(0, 9, { order: 'input' })), expected);
      const { errors, extra, success: good, total } = index.counts();
      assert.deepEqual([good, errors, extra, total], [1, 1, 0, expected.length]);
    });
  }

  it('has the code of an error in the counts as it has it in the rows', async () => {
    const errors = [{ errorCode: '429', errorMessage: 'slow' }, { code: 503 }, 'bad'];
    const lines = errors.map((error, at) => ({ recordId: String(at), error }));
    const index = await indexed({ outputs: [await file('x.out', jsonl(lines))] });
    const rows = await index.page(0, 9, { order: 'file' });
    assert.deepEqual(
      rows.map(({ errorCode, errorMessage }) => [errorCode, errorMessage]),
      [
        [429, 'slow'],
        [503, undefined],
        [undefined, 'bad'],
      ],
    );
    assert.deepEqual(index.counts().byErrorCode, { 429: 1, 503: 1, unknown: 1 });
  });

  it('counts blank lines of the input as lines and not as records', async () => {
    const text = `${JSON.stringify(input('a'))}\n\n  \r\n${JSON.stringify(input('b'))}`;
    const index = await indexed({
      input: await file('in.jsonl', text),
      outputs: [await file('x.out', jsonl([success('b'), success('a')]))],
    });
    assert.deepEqual(brief(await index.page(0, 9, { order: 'input' })), [
      '1 a success',
      '4 b success',
    ]);
  });

  it('joins records that were given an id on the way to S3', async () => {
    const { modelInput } = input('x');
    const lines = [{ modelInput }, input('own'), { modelInput }];
    const index = await indexed({
      input: await file('in.jsonl', `\uFEFF${jsonl(lines)}`),
      generatedIdPrefix: 'row',
      outputs: [await file('x.out', jsonl([success('own'), success(generatedId('row', 3))]))],
    });
    assert.deepEqual(brief(await index.page(0, 9, { order: 'input' })), [
      `1 ${generatedId('row', 1)} missing`,
      '2 own success',
      `3 ${generatedId('row', 3)} success`,
    ]);
  });

  it('reads past a byte order mark', async () => {
    const index = await indexed({
      input: await file('in.jsonl', `\uFEFF${jsonl([input('a')])}`),
      outputs: [await file('x.out', `\uFEFF${jsonl([success('a')])}`)],
    });
    assert.deepEqual(brief(await index.page(0, 9, { order: 'input' })), ['1 a success']);
  });

  it('has no rows and no error for an empty output', async () => {
    const index = await indexed({ outputs: [await file('x.out', '')] });
    assert.equal(index.rowCount({ order: 'input' }), 0);
  });

  it('reports a file that is not there and still ends', async () => {
    const index = new ResultIndex({ outputs: [path.join(folder, 'no.out')], readOutput });
    opened.push(index);
    await index.done;
    assert.match(index.progress.error?.message ?? '', /ENOENT/);
  });

  it('says so where the file became shorter after it was indexed', async () => {
    const output = await file('x.out', jsonl([success('a')]));
    const index = await indexed({ outputs: [output] });
    await truncate(output, 10);
    await assert.rejects(index.page(0, 1, { order: 'file' }), { kind: 'notFound' });
  });

  const big = Array.from({ length: 9000 }, (_, at) => `id-${at}`);
  const filler = 'é"\\'.repeat(500);
  const threads: readonly [string, () => Promise<Partial<ResultIndexOptions>>][] = [
    ['on this thread', () => Promise.resolve({ workers: 0 })],
    ['with workers', async () => ({ worker: await builtWorker(), workers: 2 })],
  ];
  for (const [where, options] of threads) {
    it(`joins files of several segments ${where}, rows first`, async () => {
      const outputs = [
        await file('x.out', jsonl([...big].reverse().map((id) => success(id, filler)))),
      ];
      const index = new ResultIndex({
        outputs,
        input: await file('in.jsonl', jsonl(big.map(input))),
        readOutput,
        ...(await options()),
      });
      opened.push(index);
      const early = await new Promise<number>((resolve) => {
        const subscription = index.onDidChange(() => {
          const rows = index.rowCount({ order: 'input' });
          if (rows === 0 && !index.progress.isDone) return;
          subscription.dispose();
          resolve(rows);
        });
      });
      assert.ok(early < big.length, `${early} rows at the first report`);
      await index.done;
      assert.equal(index.counts().success, big.length);
      const rows = await index.page(0, big.length, { order: 'input' });
      assert.deepEqual(
        rows.map(({ line, recordId }) => `${line} ${recordId}`),
        big.map((id, at) => `${at + 1} ${id}`),
      );
    }).timeout(20_000);
  }
});
