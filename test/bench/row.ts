/** One line of the bench's table; `ok` is absent where nothing was measured. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  readonly ratio?: number;
  readonly target: string;
  readonly ok?: boolean;
}

/** The middle value: quoted instead of the best, because these machines are shared. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A row for something that must not exceed a limit. */
export function limitRow(what: string, value: number, limit: number, unit: string): BenchRow {
  return {
    what,
    ours: `${Math.round(value)} ${unit}`,
    baseline: '',
    target: `≤ ${limit} ${unit}`,
    ok: value <= limit,
  };
}
