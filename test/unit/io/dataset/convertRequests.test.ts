import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertRequests } from '../../../../src/io/dataset/convertRequests.js';
import { describeDataset } from '../../../../src/io/dataset/datasetHead.js';

describe('requests in other forms become a dataset', () => {
  let folder = '';
  const output = () => join(folder, 'out.jsonl');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-requests-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function convert(name: string, text: string, isReplacing = false) {
    const path = join(folder, name);
    await writeFile(path, text);
    const { format, elements } = await describeDataset(path);
    const job = { path, isArray: format === 'json-array', output: output(), isReplacing };
    const made = await convertRequests(job);
    return {
      format,
      elements,
      made,
      lines: (await readFile(output(), 'utf8')).trimEnd().split('\n'),
    };
  }

  const record = (id: number) => `{"recordId":"r${id}","modelInput":{"seed":9007199254740993}}`;

  for (const [what, text] of [
    ['on one line', `[${record(1)},${record(2)}]`],
    ['pretty-printed', `[\n  ${record(1).replaceAll(',', ',\n    ')},\n  ${record(2)}\n]\n`],
  ] as const) {
    it(`an array of records ${what}, with all digits`, async () => {
      const { format, elements, lines } = await convert('a.json', text);
      assert.deepEqual([format, elements], ['json-array', 'bedrock']);
      assert.deepEqual(lines, [record(1), record(2)]);
    });
  }

  it('a file for Anthropic’s Message Batches, by line and as the body of the whole call', async () => {
    const request = '{"custom_id":"c1","params":{"model":"m","max_tokens":1,"messages":[]}}';
    const expected = {
      recordId: 'c1',
      modelInput: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages: [] },
    };
    const lines = await convert('b.jsonl', `${request}\n\n${request}`);
    assert.equal(lines.format, 'anthropic-batch');
    assert.deepEqual(
      lines.lines.map((line) => JSON.parse(line) as unknown),
      [expected, expected],
    );
    const whole = await convert('c.jsonl', `{"requests":[${request}]}`, true);
    assert.deepEqual(
      whole.lines.map((line) => JSON.parse(line) as unknown),
      [expected],
    );
    assert.deepEqual(whole.made, { records: 1, invocationType: 'InvokeModel', dropped: ['model'] });
  });

  it('says the line that is no request, and leaves no file', async () => {
    await assert.rejects(
      convert('d.jsonl', `${record(1)}\n{"text":"x"}\n`),
      /Line 2: This is no request/,
    );
    await assert.rejects(convert('e.jsonl', `${record(1)}\n{"tex\n`), /Line 2: /);
    assert.deepEqual((await readdir(folder)).sort(), ['d.jsonl', 'e.jsonl']);
  });

  it('replaces nothing unasked', async () => {
    await convert('f.json', `[${record(1)}]`);
    await assert.rejects(convert('f.json', `[${record(2)}]`), /exists already/);
  });
});
