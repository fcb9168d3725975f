import type { ResultFilter, ResultOrder } from '../../core/results/types.js';
import type { ResultColumns } from './columns.js';
import { extra, type Join, superseded } from './join.js';
import { lineStatus } from './scan.js';

/** How rows are shown. */
export interface ResultView {
  readonly order: ResultOrder;
  readonly filter?: ResultFilter;
}

/** A row's key: output rows first, then the input rows without an output. */
export function missingKey(outputCount: number, inputRow: number): number {
  return outputCount + inputRow;
}

/** The keys of all rows of a view, in its order. */
export function orderKeys(
  view: ResultView,
  output: ResultColumns,
  join: Join | undefined,
): Uint32Array {
  let keys = view.order === 'file' || !join ? fileOrder(output, join) : inputOrder(output, join);
  const needsAttention = (key: number) =>
    key >= output.count || output.status[key] !== lineStatus.success;
  if (view.filter === 'errors') keys = keys.filter(needsAttention);
  if (view.order === 'errorsFirst') keys = partition(keys, needsAttention);
  return keys;
}

/** Outputs as the files have them, then what is missing. */
function fileOrder(output: ResultColumns, join: Join | undefined): Uint32Array {
  const keys = new Uint32Array(output.count + (join?.outputOf.length ?? 0));
  let count = 0;
  for (let row = 0; row < output.count; row++) {
    if (join?.inputOf[row] !== superseded) keys[count++] = row;
  }
  join?.outputOf.forEach((row, input) => {
    if (row < 0) keys[count++] = missingKey(output.count, input);
  });
  return keys.subarray(0, count);
}

/** As the input has them, then what the input does not know. */
function inputOrder(output: ResultColumns, join: Join): Uint32Array {
  const keys = new Uint32Array(output.count + join.outputOf.length);
  let count = 0;
  join.outputOf.forEach((row, input) => {
    keys[count++] = row >= 0 ? row : missingKey(output.count, input);
  });
  for (let row = 0; row < output.count; row++) {
    if (join.inputOf[row] === extra) keys[count++] = row;
  }
  return keys.subarray(0, count);
}

function partition(keys: Uint32Array, isFirst: (key: number) => boolean): Uint32Array {
  const ordered = new Uint32Array(keys.length);
  let count = 0;
  for (const key of keys) if (isFirst(key)) ordered[count++] = key;
  for (const key of keys) if (!isFirst(key)) ordered[count++] = key;
  return ordered;
}
