import assert from 'node:assert/strict';
import { planMarks, shardsBetween, type Cuts } from '../../../../src/core/batch/plan.js';

/** A file of records of one size, with a cut every `every` records. */
function cutsOf(records: number, bytesEach: number, every = 50): Cuts {
  const cuts = { records: [] as number[], offsets: [] as number[], lines: [] as number[] };
  for (let at = 0; at < records + every; at += every) {
    const count = Math.min(at, records);
    cuts.records.push(count);
    cuts.offsets.push(count * bytesEach);
    cuts.lines.push(count);
  }
  return cuts;
}

/** Records of each shard a plan makes. */
function sizesOf(cuts: Cuts, limits = {}): number[] {
  const marks = planMarks(cuts, limits);
  return marks.slice(1).map((mark, index) => mark.records - (marks[index]?.records ?? 0));
}

describe('planMarks', () => {
  const cases: [string, number, number, number[]][] = [
    ['no records', 0, 1, []],
    ['one record', 1, 1, [1]],
    ['99 records', 99, 1, [99]],
    ['100,000 records', 100_000, 1, [100_000]],
    ['100,001 records', 100_001, 1, [50_001, 50_000]],
    ['500,000 records', 500_000, 900, [100_000, 100_000, 100_000, 100_000, 100_000]],
    ['250,000 records', 250_000, 1, [83_333, 83_334, 83_333]],
    ['1.5 GB in 1,500 records', 1500, 1_000_000, [750, 750]],
  ];
  for (const [what, records, bytes, sizes] of cases) {
    it(`splits ${what} evenly`, () => {
      assert.deepEqual(sizesOf(cutsOf(records, bytes)), sizes);
    });
  }

  it('never makes a shard below the minimum where that is possible', () => {
    for (let records = 100; records < 1000; records += 7) {
      const sizes = sizesOf(cutsOf(records, 10, 1), { minRecords: 100, maxRecords: 250 });
      assert.equal(
        sizes.reduce((a, b) => a + b, 0),
        records,
      );
      assert.ok(
        sizes.every((size) => size >= 100 && size <= 250),
        `${records}: ${sizes.join()}`,
      );
    }
  });

  it('splits by bytes where records differ in size', () => {
    const cuts = {
      records: [0, 100, 200, 300, 10_300],
      offsets: [0, 400, 800, 1200, 1300],
      lines: [0, 0, 0, 0, 0],
    };
    const marks = planMarks(cuts, { maxBytes: 700, minRecords: 1 });
    for (let part = 1; part < marks.length; part++) {
      const bytes = marks[part]!.cut.offset - marks[part - 1]!.cut.offset;
      assert.ok(bytes <= 700, String(bytes));
    }
  });

  it('leaves room for ids that uploading adds', () => {
    const cuts = cutsOf(1000, 10, 10);
    assert.equal(sizesOf(cuts, { maxBytes: 10_000 }).length, 1);
    assert.equal(sizesOf(cuts, { maxBytes: 10_000, extraBytesPerRecord: 5 }).length, 2);
  });
});

describe('shardsBetween', () => {
  it('numbers the shards and skips empty ones', () => {
    const places = [
      { records: 0, offset: 0, lines: 0 },
      { records: 5, offset: 50, lines: 6 },
      { records: 5, offset: 60, lines: 7 },
      { records: 9, offset: 90, lines: 11 },
    ];
    assert.deepEqual(shardsBetween(places), [
      { index: 0, start: 0, end: 50, records: 5, firstLine: 1 },
      { index: 1, start: 60, end: 90, records: 4, firstLine: 8 },
    ]);
  });
});
