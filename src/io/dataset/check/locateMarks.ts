import type { FileHandle } from 'node:fs/promises';
import type { Place, ShardMark } from '../../../core/batch/plan.js';
import { isBlankLine, scanLines } from '../../../node/lines/lineScan.js';
import { keptLineBytes } from '../../../node/lines/rangeReader.js';

/** The exact places of marks: counts the few records from the cut before each. */
export async function locateMarks(file: FileHandle, marks: readonly ShardMark[]): Promise<Place[]> {
  const places: Place[] = [];
  for (const mark of marks) places.push(await locate(file, mark));
  return places;
}

async function locate(file: FileHandle, { records, cut }: ShardMark): Promise<Place> {
  let missing = records - cut.records;
  if (missing === 0) return cut;
  let lines = cut.lines;
  let offset = cut.offset;
  const scan = scanLines(file, {
    from: offset,
    to: Number.MAX_SAFE_INTEGER,
    keepBytes: keptLineBytes,
  });
  for await (const line of scan) {
    lines++;
    offset = line.end;
    if (!isBlankLine(line)) missing--;
    if (missing === 0) break;
  }
  return { records, offset, lines };
}
