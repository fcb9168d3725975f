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

/**
 * The shards of a dataset, as few and as even as the quotas allow, none below the minimum of records
 * where that is possible. Fewer records than the minimum make one shard.
 */
export function planShards(cuts: Cuts, limits: Partial<PlanLimits> = {}): Shard[] {
  const quota = { ...defaults, ...limits };
  const last = cuts.records.length - 1;
  const records = cuts.records[last] ?? 0;
  if (records === 0) return [];
  const bytes = sizeOf(cuts, 0, last, quota);
  const fewest = Math.max(
    1,
    Math.ceil(records / quota.maxRecords),
    Math.ceil(bytes / quota.maxBytes),
  );
  for (let count = fewest; count <= fewest * 2 + 1; count++) {
    for (const measure of [cuts.records, cuts.offsets]) {
      const marks = evenMarks(measure, count);
      if (fits(cuts, marks, quota)) return toShards(cuts, marks);
    }
  }
  return toShards(cuts, greedyMarks(cuts, quota));
}

/** Upload size of the lines between two cuts, with room for what is added. */
function sizeOf(cuts: Cuts, from: number, to: number, quota: PlanLimits): number {
  const bytes = (cuts.offsets[to] ?? 0) - (cuts.offsets[from] ?? 0);
  const records = (cuts.records[to] ?? 0) - (cuts.records[from] ?? 0);
  return bytes + records * quota.extraBytesPerRecord;
}

/** Cut numbers that split the measure evenly. */
function evenMarks(measure: readonly number[], count: number): number[] {
  const last = measure.length - 1;
  const total = measure[last] ?? 0;
  const marks = [0];
  for (let part = 1; part < count; part++) {
    marks.push(nearest(measure, (total * part) / count));
  }
  marks.push(last);
  return marks;
}

/** The number of the cut whose measure is nearest the target (the measure never falls). */
function nearest(measure: readonly number[], target: number): number {
  let low = 0;
  let high = measure.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((measure[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 ? (measure[low - 1] ?? 0) : -Infinity;
  return target - before < (measure[low] ?? 0) - target ? low - 1 : low;
}

function fits(cuts: Cuts, marks: readonly number[], quota: PlanLimits): boolean {
  for (let part = 1; part < marks.length; part++) {
    const from = marks[part - 1] ?? 0;
    const to = marks[part] ?? 0;
    const records = (cuts.records[to] ?? 0) - (cuts.records[from] ?? 0);
    if (records > quota.maxRecords || sizeOf(cuts, from, to, quota) > quota.maxBytes) return false;
    if (marks.length > 2 && records < quota.minRecords) return false;
  }
  return true;
}

/** Fills each shard to the quotas: for records too large to be split evenly. */
function greedyMarks(cuts: Cuts, quota: PlanLimits): number[] {
  const last = cuts.records.length - 1;
  const marks = [0];
  let from = 0;
  for (let to = 1; to <= last; to++) {
    const records = (cuts.records[to] ?? 0) - (cuts.records[from] ?? 0);
    const isOver = records > quota.maxRecords || sizeOf(cuts, from, to, quota) > quota.maxBytes;
    if (isOver && to - 1 > from) {
      from = to - 1;
      marks.push(from);
    }
  }
  marks.push(last);
  return marks;
}

function toShards(cuts: Cuts, marks: readonly number[]): Shard[] {
  const shards: Shard[] = [];
  for (let part = 1; part < marks.length; part++) {
    const from = marks[part - 1] ?? 0;
    const to = marks[part] ?? 0;
    const records = (cuts.records[to] ?? 0) - (cuts.records[from] ?? 0);
    if (records === 0) continue;
    shards.push({
      index: shards.length,
      start: cuts.offsets[from] ?? 0,
      end: cuts.offsets[to] ?? 0,
      records,
      firstLine: (cuts.lines[from] ?? 0) + 1,
    });
  }
  return shards;
}
