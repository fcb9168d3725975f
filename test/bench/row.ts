import { medianCost, type Cost } from './cost.js';

/** One line of the bench's table; `ok` is absent where nothing was measured, or only for reference. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  /** Of wall time; the target is about this one. */
  readonly ratio?: number;
  readonly oursCpu?: string;
  readonly baselineCpu?: string;
  readonly cpuRatio?: number;
  readonly target: string;
  readonly ok?: boolean;
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

/** A row for a time whose median must not exceed a limit. */
export function timeLimitRow(what: string, costs: readonly Cost[], limit: number): BenchRow {
  const cost = medianCost(costs);
  return { ...limitRow(what, cost.milliseconds, limit, 'ms'), oursCpu: cpuText(cost) };
}

/** How much faster than a baseline, by medians; without a target for reference. */
export function fasterRow(
  what: string,
  ourCosts: readonly Cost[],
  baselineCosts: readonly Cost[],
  target?: number,
): BenchRow {
  const [ours, baseline] = [medianCost(ourCosts), medianCost(baselineCosts)];
  const row = {
    what,
    ...ownTimes(ours),
    target: target === undefined ? 'for reference' : `≥ ${target}×`,
  };
  if (baselineCosts.length === 0) return { ...row, baseline: 'not installed' };
  const ratio = baseline.milliseconds / ours.milliseconds;
  return {
    ...row,
    ...baselineTimes(baseline),
    ratio,
    cpuRatio: baseline.cpuMilliseconds / ours.cpuMilliseconds,
    ...(target !== undefined && { ok: ratio >= target }),
  };
}

/** How many times as long as a baseline it takes, by medians. */
export function slowerRow(
  what: string,
  ourCosts: readonly Cost[],
  baselineCosts: readonly Cost[],
  target: number,
): BenchRow {
  const [ours, baseline] = [medianCost(ourCosts), medianCost(baselineCosts)];
  const ratio = ours.milliseconds / baseline.milliseconds;
  return {
    what,
    ...ownTimes(ours),
    ...baselineTimes(baseline),
    ratio,
    cpuRatio: ours.cpuMilliseconds / baseline.cpuMilliseconds,
    target: `≤ ${target}×`,
    ok: ratio <= target,
  };
}

/** CPU time as the table shows it. */
export function cpuText({ cpuMilliseconds }: Cost): string {
  return `${(cpuMilliseconds / 1000).toFixed(cpuMilliseconds < 100 ? 3 : 2)} s`;
}

function ownTimes(cost: Cost) {
  return { ours: `${Math.round(cost.milliseconds)} ms`, oursCpu: cpuText(cost) };
}

function baselineTimes(cost: Cost) {
  return { baseline: `${Math.round(cost.milliseconds)} ms`, baselineCpu: cpuText(cost) };
}
