import { isJsonObject } from '../converse/jsonText.js';
import type { JsonObject, JsonValue } from '../converse/types.js';

/** What a guardrail adds to a native body or to the last chunk of a stream. */
export interface NativeGuard {
  /** `INTERVENED` or `NONE`. */
  readonly guardrailAction?: string;
  readonly trace?: JsonObject;
}

/**
 * The guardrail's part of a native body or chunk; empty where there is none.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-test-trace.html
 */
export function nativeGuard(body: JsonValue | undefined): NativeGuard {
  if (!isJsonObject(body)) return {};
  const action = body['amazon-bedrock-guardrailAction'];
  const trace = body['amazon-bedrock-trace'];
  return {
    ...(typeof action === 'string' && { guardrailAction: action }),
    ...(isJsonObject(trace) && { trace }),
  };
}
