import assert from 'node:assert/strict';
import { parseOutputLine } from '../../../../src/core/results/outputLine.js';
import { readRecordError } from '../../../../src/core/results/recordError.js';

const rows: readonly [string, unknown, number | undefined, string | undefined][] = [
  ['Bedrock’s own', { errorCode: 400, errorMessage: 'bad' }, 400, 'bad'],
  ['a code as text', { errorCode: '429', errorMessage: 'slow' }, 429, 'slow'],
  ['a message alone', { message: 'bad' }, undefined, 'bad'],
  ['a text', 'bad', undefined, 'bad'],
  ['other names', { code: 503, message: 'busy' }, 503, 'busy'],
  ['a status', { statusCode: '500', Message: 'broken' }, 500, 'broken'],
  [
    'a code in words',
    { code: 'ThrottlingException', message: 'slow' },
    undefined,
    'ThrottlingException: slow',
  ],
  [
    'a type of AWS',
    { __type: 'com.amazon.coral#ValidationException', message: 'bad' },
    undefined,
    'ValidationException: bad',
  ],
  [
    'an error in an error',
    { type: 'error', error: { type: 'overloaded_error', message: 'busy' } },
    undefined,
    'overloaded_error: busy',
  ],
  [
    'a code outside and a text inside',
    { status: 400, error: { message: 'bad', code: null } },
    400,
    'bad',
  ],
  ['a text in an error', { error: 'bad', code: 7 }, 7, 'bad'],
  ['JSON in a text', '{"errorCode":429,"errorMessage":"slow"}', 429, 'slow'],
  ['a text that begins like JSON', '{bad', undefined, '{bad'],
  ['a list', [{ message: 'one' }, { code: 400, message: 'two' }], 400, 'one\ntwo'],
  ['a number', 429, 429, '429'],
  ['only a code', { errorCode: 500 }, 500, undefined],
  ['a code that is no whole number', { code: 4.5, message: 'x' }, undefined, '4.5: x'],
  ['a code beyond the index', { code: 2 ** 40, message: 'x' }, undefined, '1099511627776: x'],
  ['unknown members', { oops: [1] }, undefined, '{"oops":[1]}'],
  ['nothing', {}, undefined, undefined],
  ['a truth value', true, undefined, 'true'],
];

describe('the error of a record', () => {
  for (const [what, error, errorCode, errorMessage] of rows) {
    it(`reads ${what}`, () => {
      assert.deepEqual(readRecordError(error), {
        ...(errorCode !== undefined && { errorCode }),
        ...(errorMessage !== undefined && { errorMessage }),
      });
    });
  }

  it('ends in an error that goes on for ever', () => {
    const deep = Array.from({ length: 1000 }).reduce<object>((error) => ({ error }), {});
    assert.ok(readRecordError(deep).errorMessage);
  });
});

describe('a line that is no JSON', () => {
  const broken: readonly [string, string, RegExp][] = [
    ['{"recordId":"a","modelOutput":{"text":"half', 'a', /cut off/],
    ['{"modelInput":{"recordId":"x"},"recordId":"b","modelOut', 'b', /cut off/],
    ['{"modelInput":{"a":"\\"}"},"recordId" : "\\u0062\\\\" , "x', 'b\\', /cut off/],
    ['{"recordId":17,"modelOutput":{', '17', /cut off/],
    ['{"recordId":"a', '', /cut off/],
    ['{"recordId":1', '', /cut off/],
    ['{', '', /cut off/],
    ['no JSON', '', /not a JSON object/],
    ['[1]', '', /not a JSON object/],
    ['{"recordId":"a"} x', '', /not a JSON object/],
  ];
  for (const [line, recordId, message] of broken) {
    it(`reads ${line} as far as it goes`, () => {
      const read = parseOutputLine(line);
      assert.deepEqual(
        [read.recordId, read.status, read.isBroken],
        [recordId, 'error', true],
        line,
      );
      assert.match(read.errorMessage ?? '', message);
    });
  }

  it('passes a text of megabytes', () => {
    const line = `{"recordId":"a","modelOutput":{"text":"${'\\"x'.repeat(2_000_000)}`;
    assert.equal(parseOutputLine(line).recordId, 'a');
  });
});
