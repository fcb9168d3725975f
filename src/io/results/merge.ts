import type { ResultColumns } from './columns.js';
import type { SegmentRows } from './segment.js';

interface Part {
  readonly columns: ResultColumns;
  readonly file: number;
  /** Batches that wait for the segments before this one. */
  held: SegmentRows[];
  lines: number;
  isDone: boolean;
}

/** Puts the batches of segments that are scanned side by side into file order. */
export class SegmentMerger {
  private readonly parts: Part[] = [];
  /** First segment of each columns object that is not complete, with the lines before it. */
  private readonly fronts = new Map<ResultColumns, { at: number; end: number }>();

  /** Announces a file's segments, given by their indexes, in order. */
  addFile(columns: ResultColumns, file: number, segments: readonly number[]): void {
    for (const segment of segments) {
      this.parts[segment] = { columns, file, held: [], lines: 0, isDone: false };
      const front = this.fronts.get(columns);
      if (front) front.end = segment + 1;
      else this.fronts.set(columns, { at: segment, end: segment + 1 });
    }
  }

  /** Takes a batch; true where it could be appended at once. */
  add(segment: number, rows: SegmentRows): boolean {
    const part = this.parts[segment] as Part;
    part.lines = rows.linesSoFar;
    if (this.fronts.get(part.columns)?.at !== segment) {
      part.held.push(rows);
      return false;
    }
    this.append(segment, rows);
    return true;
  }

  /** The segment is complete: what waited for it is appended. */
  finish(segment: number): void {
    const part = this.parts[segment] as Part;
    part.isDone = true;
    const front = this.fronts.get(part.columns);
    if (!front) return;
    while (front.at < front.end && this.parts[front.at]?.isDone) {
      front.at++;
      const next = this.parts[front.at];
      if (front.at >= front.end || !next) return;
      for (const rows of next.held) this.append(front.at, rows);
      next.held = [];
    }
  }

  private append(segment: number, rows: SegmentRows): void {
    const { columns, file } = this.parts[segment] as Part;
    columns.append(rows, file, 1 + this.linesBefore(segment));
  }

  private linesBefore(segment: number): number {
    const { columns, file } = this.parts[segment] as Part;
    let lines = 0;
    for (let at = segment - 1; at >= 0; at--) {
      const before = this.parts[at];
      if (before?.columns !== columns || before.file !== file) break;
      lines += before.lines;
    }
    return lines;
  }
}
