import * as z from 'zod/mini';

/**
 * `manifest.json.out`: counts and tokens of a job. A member that is absent or no number is unknown.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-results.html
 */
export interface Manifest {
  readonly totalRecordCount?: number;
  readonly processedRecordCount?: number;
  readonly successRecordCount?: number;
  readonly errorRecordCount?: number;
  readonly inputTokenCount?: number;
  readonly outputTokenCount?: number;
}

const members = [
  'totalRecordCount',
  'processedRecordCount',
  'successRecordCount',
  'errorRecordCount',
  'inputTokenCount',
  'outputTokenCount',
] as const;

const Count = z.number().check(z.nonnegative());

/** The manifest in the text; everything unknown where the text is no JSON object. */
export function parseManifest(text: string): Manifest {
  const found: Partial<Record<(typeof members)[number], number>> = {};
  const fields = parseObject(text);
  for (const member of members) {
    const count = Count.safeParse(fields[member]);
    if (count.success) found[member] = count.data;
  }
  return found;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Half-written while the job runs: nothing is known yet.
    return {};
  }
}

/** Several jobs' manifests as one; a member one of them does not know is unknown in the sum. */
export function addManifests(manifests: readonly Manifest[]): Manifest {
  const sum: Partial<Record<(typeof members)[number], number>> = {};
  for (const member of members) {
    let total: number | undefined = manifests.length > 0 ? 0 : undefined;
    for (const manifest of manifests) {
      const count = manifest[member];
      total = total === undefined || count === undefined ? undefined : total + count;
    }
    if (total !== undefined) sum[member] = total;
  }
  return sum;
}
