/** What something took. */
export interface Cost {
  readonly milliseconds: number;
  /** Of all threads of the process: what a busy neighbour hardly changes. */
  readonly cpuMilliseconds: number;
}

/** Starts to measure this process; the result says what it took so far. */
export function startCost(): () => Cost {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return { milliseconds, cpuMilliseconds: (user + system) / 1000 };
  };
}

/** The middle value: quoted instead of the best, because these machines are shared. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The middle of both times. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    milliseconds: median(costs.map(({ milliseconds }) => milliseconds)),
    cpuMilliseconds: median(costs.map(({ cpuMilliseconds }) => cpuMilliseconds)),
  };
}
