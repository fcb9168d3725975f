import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { scanLines } from '../../../../src/node/lines/lineScan.js';
import { readLines, readRecordAt } from '../../../../src/node/lines/readLines.js';
import { aRecord, records, temporaryFolder } from '../../io/dataset/files.js';

describe('readLines', () => {
  const write = temporaryFolder();

  it('gives lines with their numbers and offsets', async () => {
    const path = write('a.jsonl', '\ufeffone\r\nzwei é\n\nfour');
    assert.deepEqual(await readLines(path, { line: 1, count: 9 }), [
      { line: 1, offset: 0, text: 'one', isTruncated: false },
      { line: 2, offset: 8, text: 'zwei é', isTruncated: false },
      { line: 3, offset: 16, text: '', isTruncated: false },
      { line: 4, offset: 17, text: 'four', isTruncated: false },
    ]);
  });

  it('starts at a known offset', async () => {
    const path = write('a.jsonl', 'one\ntwo\nthree\n');
    const [line] = await readLines(path, { line: 3, offset: 8 });
    assert.deepEqual(line, { line: 3, offset: 8, text: 'three', isTruncated: false });
  });

  it('cuts long lines and says so', async () => {
    const path = write('a.jsonl', `${'x'.repeat(50)}\nshort\n`);
    const [long, short] = await readLines(path, { count: 2, maxLineBytes: 10 });
    assert.deepEqual([long?.text, long?.isTruncated], ['x'.repeat(10), true]);
    assert.deepEqual([short?.text, short?.isTruncated], ['short', false]);
  });

  it('finds a record far into the file', async () => {
    const path = write('many.jsonl', records(5000));
    const found = await readRecordAt(path, 4321);
    assert.equal(found.text, aRecord('r4321'));
    assert.equal(found.parsed.record?.recordId, 'r4321');
  });

  it('refuses a line behind the end', async () => {
    await assert.rejects(readRecordAt(write('a.jsonl', records(3)), 4), /has no line 4/);
  });
});

describe('scanLines', () => {
  const write = temporaryFolder();

  it('gives the same lines at every chunk size', async () => {
    const text = 'é🙂\n\n日本\r\nlast';
    const file = await open(write('chunks', text), 'r');
    const to = Buffer.byteLength(text);
    for (let chunkBytes = 1; chunkBytes <= to; chunkBytes++) {
      const lines: string[] = [];
      for await (const line of scanLines(file, { from: 0, to, keepBytes: 99, chunkBytes })) {
        lines.push(line.bytes.toString('utf8'));
      }
      assert.deepEqual(lines, text.split('\n'), `chunks of ${chunkBytes}`);
    }
    await file.close();
  });
});
