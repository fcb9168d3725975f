import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatasetCheck, ProblemCode } from '../../../../src/core/batch/types.js';
import { isAppError } from '../../../../src/core/errors.js';
import { checkDataset, type CheckOptions } from '../../../../src/io/dataset/check/checkDataset.js';
import { aRecord, records, temporaryFolder } from './files.js';
import { mutate, Random } from '../../node/lines/randomJson.js';
import { slowCheck, sorted } from './slowCheck.js';

const claude = { family: 'anthropic', invocationType: 'InvokeModel' } as const;
const codesOf = (check: DatasetCheck) =>
  sorted(check.problems.map(({ line, code }) => [line, code] as const));

describe('checkDataset', () => {
  const write = temporaryFolder();
  const check = (content: string | Uint8Array, options: CheckOptions = {}, name = 'data.jsonl') =>
    checkDataset(write(name, content), options);

  it('finds nothing wrong with good records', async () => {
    const found = await check(records(100));
    assert.equal(found.problemCount, 0);
    assert.equal(found.format, 'bedrock');
    assert.equal(found.invocationType, 'InvokeModel');
    assert.equal(found.records, 100);
    assert.equal(found.rewrite, 'none');
    assert.deepEqual(found.byCode, {});
    const end = found.bytes;
    assert.deepEqual(found.shards, [{ index: 0, start: 0, end, records: 100, firstLine: 1 }]);
  });

  const good = records(100);
  /** A record whose text or id is put between the quotes as it is. */
  const raw = (text: string, id = 'x') =>
    aRecord('ID', 'TEXT')
      .replace('ID', () => id)
      .replace('TEXT', () => text);
  const one = (line: string) => `${good}${line}\n`;
  const cases: [string, string | Uint8Array, ProblemCode, number][] = [
    ['broken JSON', one('{"recordId":"x"'), 'notJson', 101],
    ['a list', one('[]'), 'notObject', 101],
    ['no modelInput', one('{"recordId":"x"}'), 'missingModelInput', 101],
    ['a text as modelInput', one('{"recordId":"x","modelInput":"hi"}'), 'modelInputNotObject', 101],
    ['a number as id', one(aRecord('x').replace('"x"', '5')), 'badRecordId', 101],
    ['no id', one(aRecord(undefined)), 'missingRecordId', 101],
    ['an id used before', one(aRecord('r7')), 'duplicateRecordId', 101],
    [
      'an escaped id used before',
      one(aRecord('r7').replace('r7', '\\u00727')),
      'duplicateRecordId',
      101,
    ],
    ['a blank line', one(' \t'), 'blankLine', 101],
    ['a byte order mark', `\ufeff${good}`, 'byteOrderMark', 1],
    ['Windows line ends', good.replaceAll('\n', '\r\n'), 'carriageReturn', 1],
    ['a body without max_tokens', one(aRecord('x').replace('max_tokens', 'max')), 'wrongBody', 101],
    [
      'modelId in the body',
      one(aRecord('x').replace('"max_tokens"', '"modelId":"a","max_tokens"')),
      'modelIdInInput',
      101,
    ],
    [
      'streaming',
      one(aRecord('x').replace('"max_tokens"', '"stream":true,"max_tokens"')),
      'unsupportedInBatch',
      101,
    ],
    [
      'bytes that are not UTF-8',
      Buffer.concat([
        Buffer.from(good),
        Buffer.from(aRecord('x', 'Ã').replace('Ã', '\xe9'), 'latin1'),
        Buffer.from('\n'),
      ]),
      'notUtf8',
      101,
    ],
    ['99 records', records(99), 'tooFewRecords', 0],
    ['half an emoji in a text', one(raw('a \\ud83d')), 'loneSurrogate', 101],
    ['the other half of one', one(raw('\\uDE42 b')), 'loneSurrogate', 101],
    ['halves in the wrong order', one(raw('\\ude42\\ud83d')), 'loneSurrogate', 101],
    ['one half too many', one(raw('\\ud83d\\ud83d\\ude42')), 'loneSurrogate', 101],
    ['half an emoji in an id', one(raw('hello', '\\ud83d')), 'loneSurrogate', 101],
    [
      'half an emoji in a name',
      one(aRecord('x').replace('"max_tokens"', '"metadata":{"\\udc00":"a"},"max_tokens"')),
      'loneSurrogate',
      101,
    ],
    [
      'half an emoji outside of modelInput',
      one(aRecord('x').replace('{', '{"note":"\\udbff",')),
      'loneSurrogate',
      101,
    ],
  ];
  for (const [what, content, code, line] of cases) {
    it(`reports ${what} as ${code}`, async () => {
      const found = await check(content);
      assert.deepEqual(codesOf(found), sorted([[line, code]]));
      assert.deepEqual(found.byCode, { [code]: 1 });
    });
  }

  const files: [string, string | Uint8Array, string, string, ProblemCode][] = [
    ['an empty file', '', 'a.jsonl', 'empty', 'emptyFile'],
    ['only blank lines', '\n \n\r\n', 'a.jsonl', 'empty', 'emptyFile'],
    [
      'an OpenAI batch',
      '{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{}}\n',
      'a.jsonl',
      'openai-batch',
      'openAiBatch',
    ],
    [
      "a file of Anthropic's Message Batches",
      '{"custom_id":"1","params":{"model":"claude-haiku-4-5","max_tokens":1,"messages":[]}}\n',
      'a.jsonl',
      'anthropic-batch',
      'anthropicBatch',
    ],
    [
      'the call of a Message Batch',
      '{"requests":[{"custom_id":"1","params":{"max_tokens":1}}]}\n',
      'a.jsonl',
      'anthropic-batch',
      'anthropicBatch',
    ],
    ['plain rows', '{"question":"a"}\n{"question":"b"}\n', 'a.jsonl', 'rows', 'plainRows'],
    ['CSV', 'id,text\n1,"two\nlines"\n2,b\n', 'a.csv', 'csv', 'plainRows'],
    ['UTF-16', Buffer.from('\ufeff{"a":1}\n', 'utf16le'), 'a.jsonl', 'unknown', 'notUtf8'],
    ['UTF-16 without a mark', Buffer.from('{"a":1}\n', 'utf16le'), 'a.jsonl', 'unknown', 'notUtf8'],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0, 0]), 'a.jsonl', 'unknown', 'notUtf8'],
    ['binary', Uint8Array.from([1, 2, 3, 0, 0, 0, 7]), 'a.jsonl', 'unknown', 'notUtf8'],
  ];
  for (const [what, content, name, format, code] of files) {
    it(`recognises ${what} and plans no shards`, async () => {
      const found = await check(content, {}, name);
      assert.equal(found.format, format);
      assert.ok((found.byCode[code] ?? 0) > 0, JSON.stringify(found.byCode));
      assert.deepEqual(found.shards, []);
    });
  }

  it('counts CSV rows, not lines', async () => {
    const found = await check('id,text\n1,"two\nlines"\n2,b', {}, 'a.csv');
    assert.deepEqual([found.records, found.lines], [2, 4]);
  });

  it('takes whole emojis, however they are written', async () => {
    const whole = ['🙂', '\\ud83d\\ude42', '\\uD83D\\uDE42\\ud83d\\ude42', '\\\\ud83d', '\\ud55c'];
    const lines = whole.map((text, index) => `${raw(text, `w${index}`)}\n`).join('');
    assert.deepEqual((await check(good + lines)).byCode, {});
  });

  it('counts every record with half an emoji, between others that look like it', async () => {
    const lines = Array.from({ length: 300 }, (_, index) =>
      raw(index % 3 === 0 ? `cut \\ud83d in number ${index}` : `text ${index}`, `r${index}`),
    );
    const found = await check(`${lines.join('\n')}\n`);
    assert.deepEqual(found.byCode, { loneSurrogate: 100 });
    assert.deepEqual(
      found.problems.slice(0, 3).map(({ line, severity }) => [line, severity]),
      [
        [1, 'warning'],
        [4, 'warning'],
        [7, 'warning'],
      ],
    );
    assert.equal(found.failingRecords, 0);
  });

  it('says where half an emoji is, and which half', async () => {
    const line = raw('日本🙂 \\uD83D');
    const found = await check(one(line));
    const column = line.indexOf('\\uD83D') + 1;
    assert.match(found.problems[0]!.message, new RegExp(`at column ${column}: \\\\uD83D has no`));
  });

  it('counts the column of an error as editors do, whatever stands before it', async () => {
    const line = raw('日本🙂é').replace('"}]}]', '"}]}?]');
    const found = await check(one(line));
    const column = line.indexOf('?') + 1;
    assert.match(found.problems[0]!.message, new RegExp(`at column ${column}:`));
    const marked = await check(`\ufeff${line}\n${good}`);
    const error = marked.problems.find(({ code }) => code === 'notJson');
    assert.match(error!.message, new RegExp(`at column ${column}:`));
  });

  it("tells how a file of Anthropic's becomes one of Bedrock's", async () => {
    const found = await check('{"custom_id":"1","params":{"max_tokens":1}}\n');
    const { message } = found.problems.find(({ code }) => code === 'anthropicBatch')!;
    assert.match(message, /Message Batches\. "Convert to Batch Dataset" makes Bedrock records/);
  });

  it('says that a cut-off last line may be a cut-off file', async () => {
    const found = await check(good + aRecord('x').slice(0, 30));
    assert.match(found.problems[0]!.message, /cut off/);
  });

  it('takes a last line without a newline as a record', async () => {
    const found = await check(good + aRecord('x'));
    assert.deepEqual([found.records, found.lines, found.problemCount], [101, 101, 0]);
  });

  it('keeps errors before warnings where not all fit, in line order', async () => {
    const lines = Array.from({ length: 200 }, () => `${aRecord(undefined)}\n`).join('');
    const found = await check(`${lines}{\n`, { problemLimit: 3 });
    assert.deepEqual(
      codesOf(found),
      sorted([
        [1, 'missingRecordId'],
        [2, 'missingRecordId'],
        [201, 'notJson'],
      ]),
    );
    assert.equal(found.problemCount, 201);
    assert.equal(found.errorCount, 1);
  });

  it('checks records against the model that was asked for', async () => {
    const found = await check(good, { modelId: 'us.amazon.nova-lite-v1:0' });
    assert.ok((found.byCode.wrongBody ?? 0) >= 100);
  });

  it('reports native bodies in a Converse job', async () => {
    const found = await check(good, { invocationType: 'Converse' });
    assert.deepEqual(found.byCode, { wrongInvocationType: 100 });
  });

  it('makes two shards of 100,001 records, both above the minimum', async function () {
    this.timeout(30_000);
    const lines = Array.from(
      { length: 100_001 },
      (_, n) => `{"recordId":"${n}","modelInput":{}}\n`,
    );
    const content = lines.join('');
    const found = await check(content, { workers: 0, rangeBytes: 1_000_000 });
    assert.deepEqual(
      found.shards.map((shard) => shard.records),
      [50_001, 50_000],
    );
    for (const { start, end, firstLine, records: count } of found.shards) {
      const part = content.slice(start, end);
      assert.equal(part, lines.slice(firstLine - 1, firstLine - 1 + count).join(''));
    }
  });

  const refusals: [string, (path: string) => string, string][] = [
    ['a missing file', (path) => `${path}.none`, 'notFound'],
    ['a folder', (path) => dirname(path), 'invalidInput'],
  ];
  for (const [what, pathOf, kind] of refusals) {
    it(`refuses ${what}`, async () => {
      const path = pathOf(write('x.jsonl', good));
      await assert.rejects(checkDataset(path), (error) => isAppError(error) && error.kind === kind);
    });
  }

  it('refuses a file that changes while it is read', async () => {
    const path = write('changing.jsonl', records(2000));
    const onProgress = () => {
      utimesSync(path, new Date(), new Date(1_000_000));
    };
    const checking = checkDataset(path, { onProgress, workers: 0, rangeBytes: 1000 });
    await assert.rejects(checking, (error) => isAppError(error) && error.kind === 'invalidInput');
  });

  it('refuses a file that is cut short while it is read', async () => {
    const path = write('shrinking.jsonl', records(2000));
    const onProgress = () => {
      writeFileSync(path, '');
    };
    const checking = checkDataset(path, { onProgress, workers: 0, rangeBytes: 1000 });
    await assert.rejects(checking, (error) => isAppError(error) && error.kind === 'invalidInput');
  });

  it('agrees with a slow check on damaged files at every range size', async function () {
    this.timeout(120_000);
    const random = new Random(23);
    for (let round = 0; round < 12; round++) {
      const content = Buffer.from(damagedFile(random));
      const path = write('damaged.jsonl', content);
      const expected = slowCheck(content, claude);
      const sizes = [1, 2, 3, 5, 7, 16, 61, 100, 255, 1000, content.length, content.length * 2];
      for (const rangeBytes of sizes) {
        const options = {
          workers: 0,
          rangeBytes,
          modelId: 'anthropic.claude-x',
          problemLimit: 9999,
        };
        const found = await checkDataset(path, { ...options, invocationType: 'InvokeModel' });
        assert.equal(found.lines, expected.lines);
        assert.equal(found.records, expected.records);
        assert.deepEqual(codesOf(found), expected.found, `range ${rangeBytes}`);
      }
    }
  });

  it('does not look below a folder it cannot open', async () => {
    const folder = join(dirname(write('y.jsonl', '')), 'folder.jsonl');
    mkdirSync(folder);
    await assert.rejects(checkDataset(folder), /is a folder/);
  });
});

/** Good, bad, blank, repeated and damaged lines; sometimes a mark, CR LF or no last newline. */
function damagedFile(random: Random): string {
  const lines = [aRecord('first')];
  for (let count = 0; count < 40; count++) {
    const good = aRecord(
      `é日🙂-${random.below(60)}`,
      random.pick(['a', 'b'.repeat(50), 'ü\n"', 'cut \ud83d']),
    );
    const kinds = [
      good,
      good,
      mutate(random, good),
      '',
      '  ',
      aRecord(undefined),
      '[]',
      `${good}\r`,
    ];
    lines.push(random.pick(kinds));
  }
  return random.pick(['', '\ufeff']) + lines.join('\n') + random.pick(['', '\n', '\r\n', '\n\n']);
}
