import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../../../../src/core/batch/createRun.js';
import { checkDataset } from '../../../../src/io/dataset/check/checkDataset.js';
import { describeDataset } from '../../../../src/io/dataset/datasetHead.js';

const body = (more: object = {}) => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 10,
  messages: [{ role: 'user', content: 'hi' }],
  ...more,
});
const good = (id: string) => JSON.stringify({ recordId: id, modelInput: body() });
/** Three things are wrong with it. */
const bad = (id: string) =>
  JSON.stringify({ recordId: id, modelInput: { modelId: 'x', max_tokens: 'ten', messages: 'hi' } });
const many = (count: number, line: (id: string) => string, from = 0) =>
  Array.from({ length: count }, (_, index) => line(`r${from + index}`));

describe('a dataset is judged by counts', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'judge-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const check = (lines: readonly string[], options = {}) => {
    const path = join(folder, 'data.jsonl');
    writeFileSync(path, lines.join('\n'));
    return checkDataset(path, { modelId: 'anthropic.claude-3-haiku', ...options });
  };

  it('records with several problems each count once', async () => {
    const found = await check([...many(60, good), ...many(40, bad, 60)]);
    assert.ok(found.problemCount >= 120, `${found.problemCount} problems`);
    assert.deepEqual(judge(found), { failingRecords: 40 });
  });

  it('a file in which every record fails is blocked', async () => {
    const found = await check(many(100, bad));
    const { failingRecords, blocking } = judge(found);
    assert.equal(failingRecords, 100);
    assert.equal(blocking?.line, 1);
  });

  for (const [what, line, code] of [
    ['a line that is not JSON', '{"recordId":', 'notJson'],
    ['an id that came before', good('r1'), 'duplicateRecordId'],
  ] as const) {
    it(`thousands of record errors do not hide ${what}`, async () => {
      const lines = [...many(3000, bad), ...many(10, good, 3000), line, ...many(5, good, 4000)];
      for (const options of [{}, { rangeBytes: 20_000, workers: 0 }]) {
        const found = await check(lines, { problemLimit: 1000, ...options });
        assert.equal(judge(found).blocking?.code, code);
        assert.equal(judge(found).blocking?.line, 3011);
        assert.ok(found.problems.length <= 1001);
      }
    });
  }

  it('names the cause, not what follows from it', async () => {
    const found = await check([many(100, good).join(' ')]);
    assert.deepEqual(Object.keys(found.byCode).sort(), ['notJson', 'tooFewRecords']);
    assert.equal(judge(found).blocking?.code, 'notJson');
  });

  it('says of a JSON array what it is, once', async () => {
    for (const text of [`[${many(100, good).join(',')}]`, JSON.stringify([{ a: 1 }], null, 2)]) {
      const found = await check([text]);
      assert.deepEqual(found.byCode, { jsonArray: 1 });
      assert.match(judge(found).blocking?.message ?? '', /JSON array/);
    }
  });

  it('knows the beginning of a file without reading it all', async () => {
    await check(many(3, good));
    const { firstInput, sample, ...kind } = await describeDataset(join(folder, 'data.jsonl'));
    assert.equal(sample?.records, 3);
    assert.deepEqual(kind, { format: 'bedrock', invocationType: 'InvokeModel' });
    assert.deepEqual(firstInput, body());
  });
});
