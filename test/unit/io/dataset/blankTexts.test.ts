import assert from 'node:assert/strict';
import { checkDataset } from '../../../../src/io/dataset/check/checkDataset.js';
import { aRecord, temporaryFolder } from './files.js';

describe('blank texts among others', () => {
  const write = temporaryFolder();
  const long = ' '.repeat(40);
  // As they stand in the file: the contents of a JSON string.
  const blank = ['', ' ', long, '\\n', ' \\t ', '\\u0020', '\\u000a '];
  const visible = ['a', ' a', `${long}a`, '\\n-', '\\u0041', '\\u00a0', '\\\\n'];

  for (const contents of [...blank, ...visible]) {
    const isBlank = blank.includes(contents);
    it(`says ${isBlank ? 'one' : 'none'} is blank where it is ${JSON.stringify(contents)}`, async () => {
      const record = (id: number, inside: string) =>
        aRecord(`r${id}`, 'TEXT').replace('TEXT', () => inside);
      const lines = Array.from({ length: 120 }, (_, index) =>
        record(index, index === 60 ? contents : 'Something to read.'),
      );
      const found = await checkDataset(write('blank.jsonl', `${lines.join('\n')}\n`));
      assert.deepEqual(found.byCode, isBlank ? { wrongBody: 1 } : {});
      assert.deepEqual(
        found.problems.map(({ line }) => line),
        isBlank ? [61] : [],
      );
    });
  }
});
