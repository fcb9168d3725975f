import assert from 'node:assert/strict';
import { parseOutputLine } from '../../../../src/core/results/outputLine.js';
import type { ResultRows } from '../../../../src/io/results/columns.js';
import { hashId, lineStatus } from '../../../../src/io/results/scan.js';
import { SegmentScanner } from '../../../../src/io/results/scanSegment.js';
import { createScanMemory } from '../../../../src/node/lines/scanMemory.js';
import { Random } from '../../node/lines/randomJson.js';
import { temporaryFolder } from '../dataset/files.js';
import { randomFile } from './randomLines.js';

/** A row as the simple way finds it: the whole file in memory, each line through JSON.parse. */
function slowRows(file: Buffer) {
  const rows = [];
  let line = 0;
  for (let start = 0; start < file.length;) {
    const newline = file.indexOf(10, start);
    const end = newline < 0 ? file.length : newline;
    line++;
    const offset = start === 0 && file.indexOf('\ufeff') === 0 ? 3 : start;
    start = end + 1;
    const text = file.toString('utf8', offset, end);
    if (text.trim() === '') continue;
    const { recordId, status, errorCode = -1, isBroken } = parseOutputLine(text);
    const hash = { low: 0, high: 0 };
    hashId(recordId, hash);
    const id = [hash.low | 0, hash.high | 0];
    const kept = lineStatus[isBroken === true ? 'broken' : status];
    rows.push([line, offset, end - offset, ...id, kept, errorCode]);
  }
  return { rows, lines: line };
}

function listed(rows: ResultRows, linesBefore: number) {
  return Array.from({ length: rows.count }, (_, row) => [
    linesBefore + rows.lines[row]!,
    ...[rows.offsets[row], rows.lengths[row], rows.hashLow[row], rows.hashHigh[row]],
    ...[rows.status[row], rows.errorCode[row]],
  ]);
}

function scanAll(
  path: string,
  bytes: number,
  segmentBytes: number,
  memory = createScanMemory(1 << 20),
) {
  const scanner = new SegmentScanner([{ path, bytes }], memory);
  const found = [];
  let lines = 0;
  for (let start = 0; start < bytes; start += segmentBytes) {
    const end = Math.min(bytes, start + segmentBytes);
    const part = scanner.scan({ file: 0, start, end });
    found.push(...listed(part.rows, lines));
    lines += part.lines;
  }
  scanner.dispose();
  return { rows: found, lines };
}

describe('SegmentScanner', () => {
  const write = temporaryFolder();

  it('finds in random files, cut anywhere, what JSON.parse leads to', () => {
    const random = new Random(20261125);
    for (let round = 0; round < 60; round++) {
      const file = randomFile(random, 1 + random.below(60));
      const path = write('random.jsonl.out', file);
      const expected = slowRows(file);
      for (const segmentBytes of [file.length + 1, 1 + random.below(40), 100 + random.below(900)]) {
        assert.deepEqual(scanAll(path, file.length, segmentBytes), expected, `round ${round}`);
      }
    }
  });

  it('finds the same without WebAssembly', () => {
    const random = new Random(7);
    for (let round = 0; round < 20; round++) {
      const file = randomFile(random, 40);
      const path = write('plain.jsonl.out', file);
      const plain = createScanMemory(1 << 20, null);
      assert.deepEqual(scanAll(path, file.length, 500, plain), slowRows(file));
    }
  });

  it('reads lines of more than 25 MB', () => {
    const line = (id: string, bytes: number) =>
      `{"modelInput":{"text":"${'x'.repeat(bytes)}"},"modelOutput":{"a":[1]},"recordId":"${id}"}\n`;
    const file = Buffer.from(line('a', 10) + line('b', 27_000_000) + line('c', 10));
    const path = write('long.jsonl.out', file);
    assert.deepEqual(scanAll(path, file.length, 4 << 20), slowRows(file));
  }).timeout(30_000);

  it('says so where the file became shorter', () => {
    const path = write('short.jsonl.out', '{}\n');
    assert.throws(() => scanAll(path, 100, 1000), { kind: 'invalidInput' });
  });
});
