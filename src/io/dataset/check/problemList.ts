import type { Problem, ProblemCode } from '../../../core/batch/types.js';

/** Problems found so far: all counted, the first ones of each severity kept. */
export class ProblemList {
  count = 0;
  errorCount = 0;
  readonly byCode: Partial<Record<ProblemCode, number>> = {};
  private readonly errors: Problem[] = [];
  private readonly warnings: Problem[] = [];

  constructor(private readonly limit: number) {}

  add(found: Problem): void {
    this.note(found.code, found.severity === 'error', 1);
    const list = found.severity === 'error' ? this.errors : this.warnings;
    if (list.length < this.limit) list.push(found);
  }

  /** Counts problems that are not kept. */
  note(code: ProblemCode, isError: boolean, count: number): void {
    if (count === 0) return;
    this.count += count;
    if (isError) this.errorCount += count;
    this.byCode[code] = (this.byCode[code] ?? 0) + count;
  }

  /** True where another problem of this severity would only be counted. */
  isFull(isError: boolean): boolean {
    return (isError ? this.errors : this.warnings).length >= this.limit;
  }

  /** Adds what a later part of the file has; its lines are counted from `linesBefore`. */
  append(part: ProblemPart, linesBefore: number): void {
    this.count += part.count;
    this.errorCount += part.errorCount;
    for (const [code, count] of Object.entries(part.byCode) as [ProblemCode, number][]) {
      this.byCode[code] = (this.byCode[code] ?? 0) + count;
    }
    for (const found of part.kept) {
      const list = found.severity === 'error' ? this.errors : this.warnings;
      if (list.length < this.limit) list.push({ ...found, line: found.line + linesBefore });
    }
  }

  /** A copy that can be posted to another thread. */
  toPart(): ProblemPart {
    const kept = [...this.errors, ...this.warnings];
    return { count: this.count, errorCount: this.errorCount, byCode: this.byCode, kept };
  }

  /** At most `limit` problems in line order; errors stay where not all fit. */
  first(): Problem[] {
    const byLine = (a: Problem, b: Problem) => a.line - b.line;
    const errors = this.errors.toSorted(byLine).slice(0, this.limit);
    const warnings = this.warnings.toSorted(byLine).slice(0, this.limit - errors.length);
    return [...errors, ...warnings].sort(byLine);
  }
}

/** The problems of one range, lines counted from its start. */
export interface ProblemPart {
  readonly count: number;
  readonly errorCount: number;
  readonly byCode: Readonly<Partial<Record<ProblemCode, number>>>;
  readonly kept: readonly Problem[];
}
