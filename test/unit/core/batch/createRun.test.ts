import assert from 'node:assert/strict';
import { checkRequest, createRun, judge } from '../../../../src/core/batch/createRun.js';
import type { RunRequest } from '../../../../src/core/batch/run.js';
import type { DatasetCheck, Problem, ProblemCode } from '../../../../src/core/batch/types.js';
import { aCheck, aRun, aShard, devConnection } from '../../../support/builders.js';

const { request } = aRun();

describe('the check of a request', () => {
  it('finds nothing wrong with one that AWS takes', () => {
    assert.deepEqual(checkRequest(request), {});
    assert.deepEqual(checkRequest({ ...request, timeoutHours: 24, tags: { team: 'support' } }), {});
  });

  const wrong: readonly [string, Partial<RunRequest>, keyof RunRequest, RegExp][] = [
    ['no model', { modelId: ' ' }, 'modelId', /^Choose a model\.$/],
    [
      'provisioned throughput',
      { modelId: 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc' },
      'modelId',
      /does not run on provisioned throughput/,
    ],
    ['no name', { jobName: '' }, 'jobName', /needs a name/],
    ['a name with an underscore', { jobName: 'my_job' }, 'jobName', /letters, digits and - \+ \./],
    ['no output', { outputS3Uri: '' }, 'outputS3Uri', /^Choose where Bedrock writes the results/],
    ['an output elsewhere', { outputS3Uri: 'https://x/' }, 'outputS3Uri', /starts with s3:\/\//],
    ['no input', { inputS3Uri: '  ' }, 'inputS3Uri', /^Choose where the file is uploaded to/],
    ['an input elsewhere', { inputS3Uri: '/tmp' }, 'inputS3Uri', /starts with s3:\/\//],
    ['no role', { roleArn: '' }, 'roleArn', /^Choose the role that Bedrock assumes/],
    ['a role by its name', { roleArn: 'BatchRole' }, 'roleArn', /role ARN looks like/],
    ['too short a timeout', { timeoutHours: 23 }, 'timeoutHours', /from 24 to 168/],
    ['too long a timeout', { timeoutHours: 169 }, 'timeoutHours', /from 24 to 168/],
    ['half an hour', { timeoutHours: 24.5 }, 'timeoutHours', /whole number/],
    ['a tag without a key', { tags: { '': 'x' } }, 'tags', /tag key/],
    ['a tag of odd characters', { tags: { team: 'a|b' } }, 'tags', /tag value/],
  ];
  for (const [what, fields, field, says] of wrong) {
    it(`finds ${what}, and nothing else`, () => {
      const problems = checkRequest({ ...request, ...fields });
      assert.deepEqual(Object.keys(problems), [field]);
      assert.match(problems[field] ?? '', says);
    });
  }

  it('tells all that is absent, the output before the input', () => {
    const nothing = { ...request, modelId: '', inputS3Uri: '', outputS3Uri: '', roleArn: '' };
    assert.deepEqual(Object.keys(checkRequest(nothing)), [
      'modelId',
      'outputS3Uri',
      'inputS3Uri',
      'roleArn',
    ]);
  });
});

const problem = (code: ProblemCode, fields: Partial<Problem> = {}): Problem => ({
  line: 1,
  code,
  message: code,
  severity: 'error',
  ...fields,
});

describe('the verdict on a checked dataset', () => {
  const cases: readonly [string, Partial<DatasetCheck>, string | undefined, number][] = [
    ['no problem', {}, undefined, 0],
    [
      'warnings alone',
      { problems: [problem('missingRecordId', { severity: 'warning' })] },
      undefined,
      0,
    ],
    [
      'one wrong body',
      { problems: [problem('wrongBody')], byCode: { wrongBody: 1 } },
      undefined,
      1,
    ],
    [
      'all bodies but one wrong',
      { problems: [problem('wrongBody')], byCode: { wrongBody: 119 } },
      undefined,
      119,
    ],
    [
      'every body wrong',
      { problems: [problem('wrongBody')], byCode: { wrongBody: 120 } },
      'wrongBody',
      120,
    ],
    [
      'records wrong in several ways, counted once each at most',
      {
        problems: [problem('modelIdInInput'), problem('wrongInvocationType')],
        byCode: { modelIdInInput: 100, wrongInvocationType: 100, unsupportedInBatch: 3 },
      },
      'modelIdInInput',
      120,
    ],
    [
      'a line that is no JSON, behind a wrong body',
      {
        problems: [problem('wrongBody'), problem('notJson', { line: 7 })],
        byCode: { wrongBody: 1, notJson: 1 },
      },
      'notJson',
      1,
    ],
    [
      'too few records',
      { records: 99, problems: [problem('tooFewRecords')], byCode: { tooFewRecords: 1 } },
      'tooFewRecords',
      0,
    ],
    [
      'no records at all',
      { records: 0, problems: [problem('emptyFile', { line: 0 })], byCode: { emptyFile: 1 } },
      'emptyFile',
      0,
    ],
  ];
  for (const [what, fields, blocking, failingRecords] of cases) {
    const outcome = blocking ? `is stopped by ${blocking}` : 'can be submitted';
    it(`of ${what}: ${outcome}, ${failingRecords} failing`, () => {
      const verdict = judge(aCheck({ ...fields, failingRecords }));
      assert.equal(verdict.blocking?.code, blocking);
      assert.equal('blocking' in verdict, blocking !== undefined);
      assert.equal(verdict.failingRecords, failingRecords);
    });
  }
});

describe('a new run', () => {
  const options = {
    id: 'id',
    now: new Date('2026-11-22T12:00:00Z'),
    connection: devConnection,
    datasetPath: 'C:\\data\\my tickets.v2.jsonl',
    check: aCheck(),
    request,
  };

  it('has a folder of its own below the input prefix, and its name from the file', () => {
    const run = createRun(options);
    assert.equal(run.state, 'submitting');
    assert.equal(run.createdAt, '2026-11-22T12:00:00.000Z');
    const [part] = run.shards;
    assert.match(part?.key ?? '', /^input\/id\/my.tickets\.v2\.jsonl$/);
    assert.deepEqual(
      [part?.bucket, part?.jobName, part?.token, part?.state],
      ['bucket', request.jobName, 'id', 'planned'],
    );
  });

  it('numbers its parts in key, name and token, within the 63 characters of a name', () => {
    const shards = [aShard(0).shard, aShard(1).shard];
    const jobName = 'x'.repeat(63);
    const run = createRun({
      ...options,
      check: aCheck({ shards }),
      request: { ...request, jobName, inputS3Uri: 's3://bucket' },
    });
    assert.deepEqual(
      run.shards.map(({ token }) => token),
      ['id-001', 'id-002'],
    );
    assert.deepEqual(
      run.shards.map((part) => part.jobName),
      [`${'x'.repeat(59)}-001`, `${'x'.repeat(59)}-002`],
    );
    assert.match(run.shards[1]?.key ?? '', /^id\/my.tickets\.v2-002\.jsonl$/);
  });

  it('is refused where the input is no S3 location', () => {
    assert.throws(
      () => createRun({ ...options, request: { ...request, inputS3Uri: 'bucket' } }),
      (error: unknown) => (error as { kind?: string }).kind === 'invalidInput',
    );
  });
});
