import assert from 'node:assert/strict';
import * as names from '../../../../src/core/batch/names.js';
import { cpuTimeOf } from '../../../support/cpuTime.js';

// The service's own patterns, as its model has them.
const awsJobName = /^[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9+\-.]){0,63}$/;
const awsS3Uri =
  /^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:\/[-!_*'().a-z0-9A-Z]+(?:\/[-!_*'().a-z0-9A-Z]+)*)?\/?$/;

describe('checkJobName', () => {
  const texts = [
    'a',
    'job-1',
    'a+b.c-',
    'a--b',
    '-a',
    '',
    'a_b',
    'a b',
    'é',
    'x'.repeat(63),
    'x'.repeat(64),
    '.a',
    'a\n',
  ];
  for (const text of texts) {
    it(`agrees with the service about ${JSON.stringify(text)}`, () => {
      const isValid = awsJobName.test(text) && text.length <= 63 && !text.endsWith('\n');
      assert.equal(names.checkJobName(text) === undefined, isValid);
    });
  }

  it('answers at once about a name that makes the service pattern backtrack', async () => {
    const took = await cpuTimeOf(() => {
      assert.ok(names.checkJobName(`a${'-'.repeat(61)}_`));
    });
    assert.ok(took < 50, `${took} ms`);
  });
});

describe('checkS3Uri', () => {
  const valid = ['s3://bucket', 's3://bucket/', 's3://my.bucket-1/a/b/', "s3://bucket/a!_*'().b"];
  const invalid = [
    'bucket',
    's3://b',
    's3://Bucket/x',
    's3://bucket/a b',
    's3://bucket/year=2026/',
    's3://bucket/a//b',
    's3://bucket/é',
    's3://bucket/a+b',
    `s3://bucket/${'x'.repeat(1024)}`,
  ];
  for (const text of [...valid, ...invalid]) {
    it(`${valid.includes(text) ? 'accepts' : 'refuses'} ${text.slice(0, 40)}`, () => {
      assert.equal(names.checkS3Uri(text) === undefined, valid.includes(text));
      assert.equal(awsS3Uri.test(text) && text.length <= 1024, valid.includes(text));
    });
  }
});

describe('parseS3Uri', () => {
  const cases: [string, names.S3Location | undefined][] = [
    ['s3://bucket', { bucket: 'bucket', key: '' }],
    ['s3://bucket/', { bucket: 'bucket', key: '' }],
    ['s3://bucket/a/b', { bucket: 'bucket', key: 'a/b' }],
    ['https://bucket/a', undefined],
  ];
  for (const [text, location] of cases) {
    it(`reads ${text}`, () => {
      assert.deepEqual(names.parseS3Uri(text), location);
    });
  }
});

describe('toKeySegment', () => {
  const cases: [string, string][] = [
    ['tickets.jsonl', 'tickets.jsonl'],
    ['My Tickets (1).jsonl', 'My-Tickets-(1).jsonl'],
    ['Büro/café=1', 'Buro-cafe-1'],
    ['..', 'file'],
    ['../../etc/passwd', 'etc-passwd'],
    ['日本', 'file'],
    ['', 'file'],
  ];
  for (const [text, segment] of cases) {
    it(`makes ${segment} of ${JSON.stringify(text)}`, () => {
      assert.equal(names.toKeySegment(text), segment);
      assert.equal(names.checkS3Uri(`s3://bucket/${segment}`), undefined);
    });
  }
});

describe('toJobName', () => {
  const now = new Date('2026-11-22T09:15:00.123Z');
  const cases: [string, string][] = [
    ['tickets.jsonl', 'tickets-20261122T091500'],
    ['My Tickets_v2.csv', 'My-Tickets-v2-20261122T091500'],
    ['--', 'batch-20261122T091500'],
    ['日本.jsonl', 'batch-20261122T091500'],
    ['x'.repeat(100), `${'x'.repeat(47)}-20261122T091500`],
  ];
  for (const [text, name] of cases) {
    it(`makes a valid name of ${text.slice(0, 20)}`, () => {
      assert.equal(names.toJobName(text, now), name);
      assert.equal(names.checkJobName(name), undefined);
    });
  }
});

describe('the other checks', () => {
  const cases: [string, string | undefined, boolean][] = [
    ['a role', names.checkRoleArn('arn:aws:iam::123456789012:role/x/Batch'), true],
    ['a role in GovCloud', names.checkRoleArn('arn:aws-us-gov:iam::123456789012:role/x'), true],
    ['a user as role', names.checkRoleArn('arn:aws:iam::123456789012:user/x'), false],
    ['a tag key', names.checkTagKey('cost center'), true],
    ['an empty tag key', names.checkTagKey(''), false],
    ['an empty tag value', names.checkTagValue(''), true],
    ['a tag value with #', names.checkTagValue('#1'), false],
    ['24 hours', names.checkTimeoutHours(24), true],
    ['168 hours', names.checkTimeoutHours(168), true],
    ['23 hours', names.checkTimeoutHours(23), false],
    ['24.5 hours', names.checkTimeoutHours(24.5), false],
  ];
  for (const [what, problem, isValid] of cases) {
    it(`${isValid ? 'accept' : 'refuse'} ${what}`, () => {
      assert.equal(problem === undefined, isValid);
    });
  }
});
