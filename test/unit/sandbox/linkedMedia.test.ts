import assert from 'node:assert/strict';
import { catalogue, type CatalogueModel } from '../../../src/sandbox/models/catalogue.js';
import { runRecord } from '../../../src/sandbox/jobs/runRecord.js';
import { writeReply } from '../../../src/sandbox/runtime/writer.js';

/** https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-data.html, read 2026-11-25. */
describe('media in S3 that a record names', () => {
  const model = catalogue.find(({ id }) => id === 'amazon.nova-lite-v1:0') as CatalogueModel;
  const source = { s3Location: { uri: 's3://my-bucket/pics/a.png' } };
  const content = [{ image: { format: 'png', source } }, { text: 'What is it?' }];
  const record = JSON.stringify({
    recordId: 'r1',
    modelInput: { messages: [{ role: 'user', content }] },
  });

  for (const isConverse of [true, false]) {
    for (const isSingleFile of [true, false]) {
      const ends = isSingleFile ? 'fail' : 'run';
      it(`${ends} with ${isConverse ? 'Converse' : 'InvokeModel'} and a ${isSingleFile ? 'single file' : 'folder'} as input`, async () => {
        const runner = {
          ...{ model, isConverse, isSingleFile, respond: writeReply, faultFor: () => undefined },
          signal: new AbortController().signal,
        };
        const { line, isSuccess } = await runRecord(runner, record, 0);
        assert.equal(isSuccess, !isSingleFile, line);
        if (isSingleFile) assert.match(line, /"errorCode":400.*not in the input folder/);
      });
    }
  }
});
