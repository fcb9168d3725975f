import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { isAppError } from '../../../../src/core/errors.js';
import { checkDataset } from '../../../../src/io/dataset/check/checkDataset.js';
import { openShard } from '../../../../src/io/dataset/shards/openShard.js';
import { ShardNormaliser } from '../../../../src/io/dataset/shards/shardNormaliser.js';
import { aRecord, collect, records, temporaryFolder } from './files.js';

describe('openShard', function () {
  this.timeout(20_000);
  const write = temporaryFolder();

  async function uploaded(content: string | Uint8Array): Promise<string> {
    const path = write('data.jsonl', content);
    const check = await checkDataset(path);
    const parts = check.shards.map((shard) => collect(openShard(path, check, shard)));
    return Buffer.concat(await Promise.all(parts)).toString('utf8');
  }

  it('gives the very bytes of a clean file', async () => {
    assert.equal(await uploaded(records(300)), records(300));
  });

  const good = records(100);
  const id = (line: number, prefix = 'line-') => aRecord(prefix + String(line).padStart(6, '0'));
  const cases: [string, string, string][] = [
    ['a byte order mark', `\ufeff${good}`, good],
    ['CR LF', good.replaceAll('\n', '\r\n'), good],
    ['blank lines', `\n \r\n${good.replaceAll('\n', '\n\n')}`, good],
    ['no last newline beside CR LF', good.replaceAll('\n', '\r\n').trimEnd(), good],
    ['absent ids', `${good}${aRecord(undefined)}\n`, `${good}${id(101)}\n`],
    ['an absent id in an empty object', `${good} { }\n`, `${good} {"recordId":"line-000101" }\n`],
    [
      'absent ids next to ids like the generated ones',
      `${aRecord('line-000002')}\n${aRecord(undefined)}\n${good}`,
      `${aRecord('line-000002')}\n${id(2, 'line1-')}\n${good}`,
    ],
    [
      'escaped ids like the generated ones',
      `${aRecord('line-7').replace('line', 'l\\u0069ne')}\n${aRecord(undefined)}\n`,
      `${aRecord('line-7').replace('line', 'l\\u0069ne')}\n${id(2, 'line1-')}\n`,
    ],
    [
      'everything at once',
      `\ufeff\r\n${aRecord(undefined, 'é🙂')}\r\n\n${good}`,
      `${aRecord('line-000002', 'é🙂')}\n${good}`,
    ],
  ];
  for (const [what, content, expected] of cases) {
    it(`normalises ${what}`, async () => {
      assert.equal(await uploaded(content), expected);
    });
  }

  it('numbers generated ids by the line of the file, also in later shards', async () => {
    const lines = `${aRecord(undefined)}\n`.repeat(400);
    const path = write('shards.jsonl', lines);
    const check = await checkDataset(path);
    const [shard] = check.shards;
    const half = lines.length / 2;
    const later = { ...shard!, start: half, firstLine: 201 };
    const text = (await collect(openShard(path, check, later))).toString('utf8');
    assert.equal(text.split('\n')[0], id(201));
    assert.equal(text.split('\n')[199], id(400));
  });

  it('gives the same text whatever the size of the pieces it reads', () => {
    const source = Buffer.from(`\ufeff\r\n${aRecord(undefined, 'é🙂')}\r\n\n${aRecord('x')}\r\n `);
    const shard = { index: 0, start: 0, end: source.length, records: 2, firstLine: 1 };
    const expected = `${id(2).replace('hello', 'é🙂')}\n${aRecord('x')}\n`;
    for (let size = 1; size <= source.length; size++) {
      const normaliser = new ShardNormaliser(shard, 'line-');
      const parts: Buffer[] = [];
      for (let at = 0; at < source.length; at += size) {
        const piece = source.subarray(at, at + size);
        piece.copy(normaliser.room());
        parts.push(normaliser.take(piece.length, at + size >= source.length));
      }
      assert.equal(Buffer.concat(parts).toString('utf8'), expected, `pieces of ${size}`);
    }
  });

  it('keeps records of more than a megabyte whole while normalising', async () => {
    const long = aRecord('long', 'ü'.repeat(3_000_000));
    assert.equal(await uploaded(`${long}\r\n${good}`), `${long}\n${good}`);
  });

  const refused = (error: unknown) => isAppError(error) && error.kind === 'invalidInput';

  it('refuses a file that changed since the check', async () => {
    const path = write('changed.jsonl', good);
    const check = await checkDataset(path);
    writeFileSync(path, records(101));
    await assert.rejects(collect(openShard(path, check, check.shards[0]!)), refused);
  });

  it('fails at the end where the file changed during the upload', async () => {
    const path = write('during.jsonl', records(30_000));
    const check = await checkDataset(path, { workers: 0 });
    const stream = openShard(path, check, check.shards[0]!);
    await assert.rejects(async () => {
      for await (const chunk of stream) {
        assert.ok(chunk);
        utimesSync(path, new Date(), new Date(1_000_000));
      }
    }, refused);
  });

  it('ends when aborted', async () => {
    const path = write('abort.jsonl', good);
    const check = await checkDataset(path);
    const stream = openShard(path, check, check.shards[0]!, AbortSignal.abort());
    await assert.rejects(
      collect(stream),
      (error) => isAppError(error) && error.kind === 'cancelled',
    );
  });
});
