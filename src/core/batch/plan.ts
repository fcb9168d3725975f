import { batchLimits, type Shard } from './types.js';

/**
 * Places between lines where the dataset may be cut, in file order: what lies before each, counted in
 * records, bytes and lines. The first is the start (0, 0, 0), the last the end of the file.
 */
export interface Cuts {
  readonly records: readonly number[];
  readonly offsets: readonly number[];
  readonly lines: readonly number[];
}

/** The quotas a plan keeps; the defaults are Bedrock's. */
export interface PlanLimits {
  readonly minRecords: number;
  readonly maxRecords: number;
  readonly maxBytes: number;
  /** Bytes that uploading may add to a record (an id for records without). */
  readonly extraBytesPerRecord: number;
}

const defaults: PlanLimits = {
  minRecords: batchLimits.minRecordsPerJob,
  maxRecords: batchLimits.maxRecordsPerJob,
  maxBytes: batchLimits.maxFileBytes,
  extraBytesPerRecord: 0,
};

/** The distance between cuts that keeps plans exact: at most this many records and, roughly, bytes. */
export const cutEvery = { records: 50, bytes: 1_000_000 } as const;

/** Where a shard begins or ends: so many records lie before it. */
export interface ShardMark {
  readonly records: number;
  /** The last cut at or before it: where to start counting. */
  readonly cut: Place;
}

/** A place between two lines: what lies before it. */
export interface Place {
  readonly records: number;
  readonly offset: number;
  readonly lines: number;
}

/**
 * Where to split a dataset: as few shards and as even as the quotas allow, none below the minimum of
 * records where that is possible. The first mark is the start, the last the end; fewer records than
 * the minimum make one shard, none make no marks.
 */
export function planMarks(cuts: Cuts, limits: Partial<PlanLimits> = {}): ShardMark[] {
  const quota = { ...defaults, ...limits };
  const last = cuts.records.length - 1;
  const records = cuts.records[last] ?? 0;
  if (records === 0) return [];
  const bytes = (cuts.offsets[last] ?? 0) + records * quota.extraBytesPerRecord;
  const fewest = Math.max(
    1,
    Math.ceil(records / quota.maxRecords),
    Math.ceil(bytes / quota.maxBytes),
  );
  for (let count = fewest; count <= fewest * 2 + 1; count++) {
    const byRecords = evenRecords(cuts, records, count);
    if (fits(cuts, byRecords, quota)) return byRecords;
    const byBytes = evenBytes(cuts, count);
    if (fits(cuts, byBytes, quota)) return byBytes;
  }
  return greedy(cuts, quota);
}

/** The shards between places that lie one after another. */
export function shardsBetween(places: readonly Place[]): Shard[] {
  const shards: Shard[] = [];
  for (let part = 1; part < places.length; part++) {
    const from = places[part - 1];
    const to = places[part];
    if (!from || !to || to.records === from.records) continue;
    shards.push({
      index: shards.length,
      start: from.offset,
      end: to.offset,
      records: to.records - from.records,
      firstLine: from.lines + 1,
    });
  }
  return shards;
}

function evenRecords(cuts: Cuts, records: number, count: number): ShardMark[] {
  const marks: ShardMark[] = [];
  for (let part = 0; part < count; part++) {
    const target = Math.round((records * part) / count);
    marks.push({ records: target, cut: placeOf(cuts, lastAtMost(cuts.records, target)) });
  }
  return [...marks, endMark(cuts)];
}

function evenBytes(cuts: Cuts, count: number): ShardMark[] {
  const total = cuts.offsets.at(-1) ?? 0;
  const marks: ShardMark[] = [];
  for (let part = 0; part < count; part++) {
    marks.push(markAt(cuts, lastAtMost(cuts.offsets, (total * part) / count)));
  }
  return [...marks, endMark(cuts)];
}

/** Fills each shard to the quotas: for records too large to be split evenly. */
function greedy(cuts: Cuts, quota: PlanLimits): ShardMark[] {
  const marks = [markAt(cuts, 0)];
  let from = 0;
  for (let to = 1; to < cuts.records.length; to++) {
    if (to - 1 > from && !isWithin(placeOf(cuts, from), placeOf(cuts, to), quota)) {
      from = to - 1;
      marks.push(markAt(cuts, from));
    }
  }
  return [...marks, endMark(cuts)];
}

function placeOf(cuts: Cuts, index: number): Place {
  return {
    records: cuts.records[index] ?? 0,
    offset: cuts.offsets[index] ?? 0,
    lines: cuts.lines[index] ?? 0,
  };
}

function markAt(cuts: Cuts, index: number): ShardMark {
  const cut = placeOf(cuts, index);
  return { records: cut.records, cut };
}

function endMark(cuts: Cuts): ShardMark {
  return markAt(cuts, cuts.records.length - 1);
}

/** Index of the last value that is not above the target; the values never fall. */
function lastAtMost(values: readonly number[], target: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= target) low = middle;
    else high = middle - 1;
  }
  return low;
}

function fits(cuts: Cuts, marks: readonly ShardMark[], quota: PlanLimits): boolean {
  return marks.slice(1).every((to, index) => {
    const from = marks[index];
    if (!from) return false;
    const records = to.records - from.records;
    if (marks.length > 2 && records < quota.minRecords) return false;
    // The true end is between two cuts: the later one is the safe side.
    const after = placeOf(cuts, indexAtLeast(cuts.records, to.records));
    return isWithin(
      { ...from.cut, records: from.records },
      { ...after, records: to.records },
      quota,
    );
  });
}

function indexAtLeast(values: readonly number[], target: number): number {
  const index = lastAtMost(values, target);
  return (values[index] ?? 0) < target ? index + 1 : index;
}

function isWithin(from: Place, to: Place, quota: PlanLimits): boolean {
  const records = to.records - from.records;
  const bytes = to.offset - from.offset + records * quota.extraBytesPerRecord;
  return records <= quota.maxRecords && bytes <= quota.maxBytes;
}
