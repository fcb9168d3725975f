import type { Problem, ProblemCode } from '../../../core/batch/types.js';

/** Problems found so far: all counted; the first of each code and the first ones of each severity kept. */
export class ProblemList {
  count = 0;
  errorCount = 0;
  readonly byCode: Partial<Record<ProblemCode, number>> = {};
  /** The first of each code: one that blocks must not hide behind a thousand others. */
  private readonly firsts = new Map<ProblemCode, Problem>();
  private readonly errors: Problem[] = [];
  private readonly warnings: Problem[] = [];

  constructor(private readonly limit: number) {}

  add(found: Problem): void {
    this.note(found.code, found.severity === 'error', 1);
    this.keep(found);
  }

  /** Counts problems that are not kept. */
  note(code: ProblemCode, isError: boolean, count: number): void {
    if (count === 0) return;
    this.count += count;
    if (isError) this.errorCount += count;
    this.byCode[code] = (this.byCode[code] ?? 0) + count;
  }

  /** True where another problem of this code would only be counted. */
  isFull(code: ProblemCode, isError: boolean): boolean {
    return this.firsts.has(code) && (isError ? this.errors : this.warnings).length >= this.limit;
  }

  /** Adds what a later part of the file has; its lines are counted from `linesBefore`. */
  append(part: ProblemPart, linesBefore: number): void {
    this.count += part.count;
    this.errorCount += part.errorCount;
    for (const [code, count] of Object.entries(part.byCode) as [ProblemCode, number][]) {
      this.byCode[code] = (this.byCode[code] ?? 0) + count;
    }
    for (const found of part.kept) this.keep({ ...found, line: found.line + linesBefore });
  }

  /** A copy that can be posted to another thread. */
  toPart(): ProblemPart {
    const { count, errorCount, byCode } = this;
    const others = [...this.errors, ...this.warnings];
    return { count, errorCount, byCode, kept: [...this.firsts.values(), ...others] };
  }

  /** The first of each code and others up to the limit, errors before warnings; in line order. */
  first(): Problem[] {
    const byLine = (a: Problem, b: Problem) => a.line - b.line;
    const firsts = [...this.firsts.values()];
    const others = [...this.errors.toSorted(byLine), ...this.warnings.toSorted(byLine)];
    return [...firsts, ...others.slice(0, Math.max(0, this.limit - firsts.length))].sort(byLine);
  }

  private keep(found: Problem): void {
    const list = found.severity === 'error' ? this.errors : this.warnings;
    if (!this.firsts.has(found.code)) this.firsts.set(found.code, found);
    else if (list.length < this.limit) list.push(found);
  }
}

/** The problems of one range, lines counted from its start. */
export interface ProblemPart {
  readonly count: number;
  readonly errorCount: number;
  readonly byCode: Readonly<Partial<Record<ProblemCode, number>>>;
  readonly kept: readonly Problem[];
}
