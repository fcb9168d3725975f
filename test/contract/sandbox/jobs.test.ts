import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateModelInvocationJobCommand,
  type CreateModelInvocationJobCommandInput,
  GetModelInvocationJobCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-bedrock';
import {
  type Job,
  type Stand,
  converseLines,
  createJob,
  getText,
  idOf,
  jobInput,
  keysBelow,
  makeStand,
  outputOf,
  protocols,
  putText,
  refusal,
  waitForJob,
} from './support.js';

for (const protocol of protocols) {
  describe(`a batch job over ${protocol}`, () => {
    let stand: Stand;
    before(async () => (stand = await makeStand({ speed: 20 }, protocol)));
    after(() => stand.dispose());

    it('goes through its statuses, counts its records and writes shuffled output with a manifest', async () => {
      const uri = await putText(stand, 'run/a.jsonl', converseLines(120));
      const jobArn = await createJob(stand, uri);
      const seen: Job[] = [];
      await waitForJob(stand, jobArn, (job) => {
        seen.push(job);
        return job.endTime !== undefined;
      });
      const last = seen.at(-1)!;
      assert.deepEqual(
        [...new Set(seen.map((job) => job.status))],
        ['Submitted', 'Validating', 'Scheduled', 'InProgress', 'Completed'],
      );
      const counts = seen
        .filter((job) => job.status === 'InProgress')
        .map((job) => job.processedRecordCount!);
      assert.ok(new Set(counts).size > 3, `counters move: ${counts.join(' ')}`);
      assert.deepEqual(
        [
          last.totalRecordCount,
          last.processedRecordCount,
          last.successRecordCount,
          last.errorRecordCount,
        ],
        [120, 120, 120, 0],
      );

      assert.deepEqual(await keysBelow(stand, `out/${idOf(jobArn)}/`), [
        `out/${idOf(jobArn)}/a.jsonl.out`,
        `out/${idOf(jobArn)}/manifest.json.out`,
      ]);
      const lines = await outputOf(stand, jobArn);
      const ids = lines.map((line) => line.recordId);
      const inOrder = Array.from({ length: 120 }, (_, at) => `r${at}`);
      assert.notDeepEqual(ids, inOrder);
      assert.deepEqual([...ids].sort(), [...inOrder].sort());
      const seventh = lines.find((line) => line.recordId === 'r7')!;
      assert.deepEqual(seventh.modelInput, {
        messages: [{ role: 'user', content: [{ text: 'question 7' }] }],
      });
      assert.match(seventh.modelOutput!.output.message.content[0]!.text, /question 7/);
      const manifest = JSON.parse(
        await getText(stand, `out/${idOf(jobArn)}/manifest.json.out`),
      ) as Record<string, number>;
      const sum = (name: 'inputTokens' | 'outputTokens') =>
        lines.reduce((total, line) => total + line.modelOutput!.usage[name], 0);
      assert.deepEqual(manifest, {
        totalRecordCount: 120,
        processedRecordCount: 120,
        successRecordCount: 120,
        errorRecordCount: 0,
        inputTokenCount: sum('inputTokens'),
        outputTokenCount: sum('outputTokens'),
      });
      const file = JSON.parse(
        await readFile(join(stand.dataDir, 'jobs', `${idOf(jobArn)}.json`), 'utf8'),
      ) as Job;
      assert.equal(file.status, 'Completed');
    });
  });
}

describe('batch jobs of the sandbox', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand({ speed: 500 })));
  after(() => stand.dispose());

  it('fails a job with fewer than 100 records after Create has succeeded', async () => {
    const jobArn = await createJob(stand, await putText(stand, 'few/a.jsonl', converseLines(1)));
    const job = await waitForJob(stand, jobArn);
    assert.deepEqual(
      [job.status, job.message],
      ['Failed', 'Batch job contains less records (1) than the required minimum of: 100'],
    );
    assert.deepEqual([job.totalRecordCount, job.errorRecordCount], [0, 0]);
  });

  const badInputs: [string, string, RegExp][] = [
    ['text that is not JSON', 'not json', /line 2/],
    ['a list', '[1]', /not a JSON object at line 2/],
    ['a record without modelInput', '{"recordId":"x"}', /no modelInput at line 2/],
    [
      'a modelInput that is text',
      '{"modelInput":"x"}',
      /modelInput is not a JSON object at line 2/,
    ],
  ];
  for (const [what, line, message] of badInputs) {
    it(`fails a job whose file holds ${what}`, async () => {
      const lines = converseLines(120).split('\n');
      lines.splice(1, 0, line);
      const jobArn = await createJob(stand, await putText(stand, 'bad/a.jsonl', lines.join('\n')));
      const job = await waitForJob(stand, jobArn);
      assert.equal(job.status, 'Failed');
      assert.match(job.message!, message);
    });
  }

  for (const [what, uri] of [
    ['a missing object', 's3://bedrock-sandbox/none.jsonl'],
    ['a missing bucket', 's3://no-such-bucket/a.jsonl'],
    ['a file that is not .jsonl', 's3://bedrock-sandbox/notes.txt'],
  ] as const) {
    it(`fails a job with ${what}`, async () => {
      await putText(stand, 'notes.txt', converseLines(100));
      const job = await waitForJob(stand, await createJob(stand, uri));
      assert.equal(job.status, 'Failed');
      assert.ok(job.message);
    });
  }

  it('fails a job with more than 100,000 records', async () => {
    const lines = '{"modelInput":{}}\n'.repeat(100_001);
    await writeFile(join(stand.dataDir, 'buckets', stand.sandbox.bucket, 'too-many.jsonl'), lines);
    const job = await waitForJob(
      stand,
      await createJob(stand, 's3://bedrock-sandbox/too-many.jsonl'),
    );
    assert.equal(job.status, 'Failed');
    assert.match(job.message!, /more records \(100001\) than the allowed maximum of: 100000/);
  });

  it('reads every JSONL file below a prefix and writes an output beside each', async () => {
    await putText(stand, 'many/a.jsonl', converseLines(60));
    await putText(stand, 'many/sub/b.jsonl', converseLines(70));
    await putText(stand, 'many/readme.md', 'not a record');
    await putText(stand, 'many-other/c.jsonl', converseLines(5));
    const jobArn = await createJob(stand, 's3://bedrock-sandbox/many');
    const job = await waitForJob(stand, jobArn);
    assert.deepEqual([job.status, job.totalRecordCount], ['Completed', 130]);
    const folder = `out/${idOf(jobArn)}/`;
    assert.deepEqual(
      await keysBelow(stand, folder),
      ['a.jsonl.out', 'manifest.json.out', 'sub/b.jsonl.out'].map((name) => folder + name),
    );
  });

  it('gives a record without recordId one of 11 letters and digits, and ignores other fields', async () => {
    const lines = converseLines(100).replaceAll(/"recordId":"r\d+"/g, '"note":1');
    const jobArn = await createJob(stand, await putText(stand, 'noid/a.jsonl', lines));
    await waitForJob(stand, jobArn);
    const output = await outputOf(stand, jobArn);
    for (const { recordId } of output) assert.match(recordId, /^[A-Za-z0-9]{11}$/);
    assert.equal(new Set(output.map((line) => line.recordId)).size, 100);
  });

  it('makes a wrong body the error of its record, and completes', async () => {
    const lines = converseLines(120, (at) => {
      if (at === 3) return { toolConfig: { tools: [] } };
      return at === 5 ? { messages: [] } : {};
    });
    const jobArn = await createJob(stand, await putText(stand, 'errors/a.jsonl', lines));
    const job = await waitForJob(stand, jobArn);
    assert.deepEqual(
      [job.status, job.successRecordCount, job.errorRecordCount],
      ['Completed', 118, 2],
    );
    const output = await outputOf(stand, jobArn);
    const tool = output.find((line) => line.recordId === 'r3')!;
    assert.deepEqual(tool.error, {
      errorCode: 400,
      errorMessage: 'Tool use is not supported for batch inference Converse requests.',
    });
    assert.equal(tool.modelOutput, undefined);
    assert.equal(output.find((line) => line.recordId === 'r5')!.error!.errorCode, 400);
  });

  it('completes with no success at all where every body is of another provider', async () => {
    const jobArn = await createJob(
      stand,
      await putText(stand, 'wrong/a.jsonl', converseLines(100)),
      {
        modelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
        modelInvocationType: 'InvokeModel',
      },
    );
    const job = await waitForJob(stand, jobArn);
    assert.deepEqual(
      [job.status, job.successRecordCount, job.errorRecordCount],
      ['Completed', 0, 100],
    );
    assert.match(
      (await outputOf(stand, jobArn))[0]!.error!.errorMessage,
      /anthropic_version: Field required/,
    );
  });

  it('returns the same job for the same client request token', async () => {
    const uri = await putText(stand, 'token/a.jsonl', converseLines(100));
    const clientRequestToken = 'token-1';
    const arns = await Promise.all(
      [1, 2, 3].map(() => createJob(stand, uri, { clientRequestToken })),
    );
    assert.equal(new Set(arns).size, 1);
    const other = await createJob(stand, uri, { clientRequestToken: 'token-2' });
    assert.notEqual(other, arns[0]);
  });

  const wrong: [
    string,
    {
      [Name in keyof CreateModelInvocationJobCommandInput]?:
        CreateModelInvocationJobCommandInput[Name] | undefined;
    },
    RegExp,
  ][] = [
    [
      'an underscore in the name',
      { jobName: 'my_job' },
      /'my_job' at 'jobName' failed to satisfy constraint/,
    ],
    ['dashes without end in the name', { jobName: `a${'-'.repeat(61)}_` }, /'jobName'/],
    ['no name', { jobName: undefined }, /'jobName'.*must not be null/],
    ['a role that is no role', { roleArn: 'arn:aws:iam::000000000000:user/x' }, /'roleArn'/],
    [
      'a space in the S3 URI',
      { inputDataConfig: { s3InputDataConfig: { s3Uri: 's3://bucket/a b.jsonl' } } },
      /'inputDataConfig.s3InputDataConfig.s3Uri'/,
    ],
    ['no input', { inputDataConfig: undefined }, /'inputDataConfig'/],
    [
      '23 hours',
      { timeoutDurationInHours: 23 },
      /'timeoutDurationInHours'.*greater than or equal to 24/,
    ],
    ['169 hours', { timeoutDurationInHours: 169 }, /less than or equal to 168/],
    [
      'an unknown invocation type',
      { modelInvocationType: 'Chat' as 'Converse' },
      /enum value set: \[InvokeModel, Converse\]/,
    ],
    ['a bad tag', { tags: [{ key: 'ü', value: 'x' }] }, /tags\.1\.member\.key/],
    ['a bad token', { clientRequestToken: 'a_b' }, /'clientRequestToken'/],
    [
      'an unknown model',
      { modelId: 'amazon.nova-nothing-v1:0' },
      /^The provided model identifier is invalid\.$/,
    ],
    [
      'a profile of another geography',
      { modelId: 'eu.amazon.nova-lite-v1:0' },
      /^The provided model identifier is invalid\.$/,
    ],
    [
      'a profile-only model by its bare id',
      { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' },
      /^Invocation of model ID anthropic\.claude-haiku-4-5-20251001-v1:0 with on-demand throughput isn't supported\. Retry your request with the ID or ARN of an inference profile that contains this model\.$/,
    ],
  ];
  for (const [what, change, message] of wrong) {
    it(`refuses a job with ${what}`, async () => {
      const valid = jobInput(stand, 's3://bedrock-sandbox/a.jsonl');
      const input = { ...valid, ...change };
      const error = await refusal(stand.bedrock.send(new CreateModelInvocationJobCommand(input)));
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], ['ValidationException', 400]);
      assert.match(error.message, message);
    });
  }

  for (const modelId of [
    'us.amazon.nova-lite-v1:0',
    'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
    'arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-lite-v1:0',
    'global.anthropic.claude-opus-4-6-v1',
  ]) {
    it(`takes ${modelId} as a model`, async () => {
      const uri = await putText(stand, 'ids/a.jsonl', converseLines(100));
      const job = await waitForJob(stand, await createJob(stand, uri, { modelId }));
      assert.deepEqual([job.status, job.modelId], ['Completed', modelId]);
    });
  }

  it('finds a job by ARN and by id, and no other', async () => {
    const jobArn = await createJob(stand, await putText(stand, 'find/a.jsonl', converseLines(100)));
    for (const jobIdentifier of [jobArn, idOf(jobArn)]) {
      const job = await stand.bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier }));
      assert.equal(job.jobArn, jobArn);
    }
    const missing = await refusal(
      stand.bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier: 'zzzzzzzzzzzz' })),
    );
    assert.deepEqual(
      [missing.name, missing.$metadata?.httpStatusCode],
      ['ResourceNotFoundException', 404],
    );
    const malformed = await refusal(
      stand.bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier: 'x' })),
    );
    assert.equal(malformed.name, 'ValidationException');
  });

  it('keeps, adds and removes tags', async () => {
    const uri = await putText(stand, 'tags/a.jsonl', converseLines(100));
    const resourceARN = await createJob(stand, uri, { tags: [{ key: 'a', value: '1' }] });
    await stand.bedrock.send(
      new TagResourceCommand({
        resourceARN,
        tags: [
          { key: 'a', value: '2' },
          { key: 'b', value: '' },
        ],
      }),
    );
    const { tags } = await stand.bedrock.send(new ListTagsForResourceCommand({ resourceARN }));
    assert.deepEqual(tags, [
      { key: 'a', value: '2' },
      { key: 'b', value: '' },
    ]);
    await stand.bedrock.send(new UntagResourceCommand({ resourceARN, tagKeys: ['a'] }));
    const left = await stand.bedrock.send(new ListTagsForResourceCommand({ resourceARN }));
    assert.deepEqual(left.tags, [{ key: 'b', value: '' }]);
  });
});
