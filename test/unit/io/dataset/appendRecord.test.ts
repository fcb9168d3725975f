import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '../../../../src/core/errors.js';
import { appendRecord } from '../../../../src/io/dataset/appendRecord.js';

const modelInput = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const recordOf = (recordId: string) => JSON.stringify({ recordId, modelInput });

describe('a record is added to a dataset', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrock-append-'));
    path = join(folder, 'data.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function append(before?: string): Promise<string> {
    if (before !== undefined) await writeFile(path, before);
    await appendRecord(path, { toRecord: recordOf });
    return readFile(path, 'utf8');
  }

  it('makes the file where there is none', async () => {
    assert.equal(await append(), `${recordOf('playground-1')}\n`);
  });

  it('begins a line of its own where the file ends without one', async () => {
    const first = recordOf('mine');
    assert.equal(await append(first), `${first}\n${recordOf('playground-1')}\n`);
    assert.equal(await append(`${first}\r\n`), `${first}\r\n${recordOf('playground-1')}\n`);
  });

  it('gives an id that no record has, whatever their order', async () => {
    const before = ['playground-7', 'other', 'playground-2'].map(recordOf).join('\n');
    assert.match(await append(before), /"playground-8".*\n$/);
  });

  it('touches nothing of what is there', async () => {
    const before = Array.from({ length: 30_000 }, (_each, at) => recordOf(`r-${at}`)).join('\n');
    const after = await append(`${before}\n`);
    assert.equal(after, `${before}\n${recordOf('playground-1')}\n`);
  });

  for (const [what, before, says] of [
    ['a file that is no JSONL', `${recordOf('a')}\nhello\n`, /^Line 2 is not a record/],
    [
      'a line that was cut off',
      `${recordOf('a')}\n{"recordId":"b","mod`,
      /^Line 2, the last one, was cut off/,
    ],
    ['a table', 'a,b\n1,2\n', /^Line 1 is not a record/],
    [
      'a dataset of another kind',
      `${JSON.stringify({ recordId: 'a', modelInput: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages: [] } })}\n`,
      /^Line 1 is a model's own body/,
    ],
  ] as const) {
    it(`refuses ${what} and leaves it as it is`, async () => {
      await assert.rejects(append(before), (error) => {
        assert.ok(isAppError(error), String(error));
        assert.match(error.message, says);
        return error.kind === 'invalidInput';
      });
      assert.equal(await readFile(path, 'utf8'), before);
    });
  }
});
