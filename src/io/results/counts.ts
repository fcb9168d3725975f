import type { ResultCounts } from '../../core/results/types.js';
import type { ResultColumns } from './columns.js';
import { extra, type Join, superseded } from './join.js';
import { lineStatus } from './scan.js';

/** Counts by status and error code; `missing` and `extra` only where the input was joined. */
export function countRows(output: ResultColumns, join: Join | undefined): ResultCounts {
  const byErrorCode: Record<string, number> = {};
  let success = 0;
  let errors = 0;
  let missing = 0;
  let extras = 0;
  for (let row = 0; row < output.count; row++) {
    const place = join?.inputOf[row];
    if (place === superseded) continue;
    const status = output.status[row];
    if (place === extra && status !== lineStatus.broken) {
      extras++;
      continue;
    }
    if (status === lineStatus.success) success++;
    else if (status === lineStatus.missing) missing++;
    else {
      errors++;
      const code = output.errorCode[row] as number;
      const name = code < 0 ? 'unknown' : String(code);
      byErrorCode[name] = (byErrorCode[name] ?? 0) + 1;
    }
  }
  for (const row of join?.outputOf ?? []) if (row < 0) missing++;
  return {
    success,
    errors,
    ...(join || missing > 0 ? { missing } : {}),
    ...(join && { extra: extras }),
    total: success + errors + missing + extras,
    byErrorCode,
  };
}
