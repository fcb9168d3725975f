import { parseJsonText } from '../converse/jsonText.js';
import type { InvokeRequest } from '../converse/runtimeApi.js';
import type { JsonValue } from '../converse/types.js';

/**
 * The body as JSON to print as a literal, or undefined where it has to stay a text: not JSON, or with
 * numbers that JavaScript cannot hold exactly.
 */
export function bodyValue(body: string): JsonValue | undefined {
  if (/\d{16}/.test(body)) return undefined;
  const parsed = parseJsonText(body);
  return parsed.ok ? parsed.value : undefined;
}

/** The options of InvokeModel that are set, as the SDKs name them. */
export function invokeOptions(request: InvokeRequest): [string, string][] {
  const { guardrail, trace, serviceTier, latency } = request;
  return [
    ...(guardrail
      ? ([
          ['guardrailIdentifier', guardrail.id],
          ['guardrailVersion', guardrail.version],
        ] as [string, string][])
      : []),
    ...(trace ? [['trace', trace] as [string, string]] : []),
    ...(latency ? [['performanceConfigLatency', latency] as [string, string]] : []),
    ...(serviceTier ? [['serviceTier', serviceTier] as [string, string]] : []),
  ];
}
