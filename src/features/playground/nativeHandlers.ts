import type { InvokeRequest, RuntimeApi } from '../../core/converse/runtimeApi.js';
import { isCancelled, toAppError } from '../../core/errors.js';
import { familyOf } from '../../core/models/families.js';
import { checkBodyText } from '../../core/native/editBody.js';
import { bodySchema, readyBody } from '../../core/native/readyBody.js';
import { parseJsonText } from '../../core/converse/jsonText.js';
import type { BodyProblem, NativeEvent, NativeRequest, ReadyNative } from './contract.js';

/** The ready-made body of a model and whether its members are known. */
export function readyNative({ modelId }: { modelId: string }): ReadyNative {
  return { ...readyBody(modelId), isKnown: familyOf(modelId) !== undefined };
}

/** What is wrong with a body, with line and column. */
export function checkNative({ modelId, body }: { modelId: string; body: string }): BodyProblem[] {
  const family = familyOf(modelId);
  if (family) {
    return checkBodyText(body, bodySchema(family)).map(({ start, message, severity }) => ({
      ...placeOf(body, start),
      message,
      severity,
    }));
  }
  const parsed = parseJsonText(body);
  return parsed.ok ? [] : [{ line: 1, column: 1, message: parsed.message, severity: 'error' }];
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** A native call: headers and chunks as they come, or one response. A failure is an event: parts are kept. */
export async function* invokeNative(
  runtime: () => Promise<RuntimeApi>,
  native: NativeRequest,
  signal: AbortSignal,
): AsyncGenerator<NativeEvent> {
  const request = invokeRequest(native);
  try {
    const api = await runtime();
    if (native.isStreaming) {
      for await (const event of api.invokeStream(request, signal)) yield event;
    } else {
      yield { type: 'response', response: await api.invoke(request, signal) };
    }
  } catch (error) {
    if (isCancelled(error)) return;
    const { kind, message, action } = toAppError(error);
    yield { type: 'failed', failure: { kind, message, ...(action && { action }) } };
  }
}

/** The request without what is not set. */
export function invokeRequest(native: NativeRequest): InvokeRequest {
  const { modelId, body, contentType, accept, guardrail, trace } = native;
  return {
    modelId,
    body,
    ...(contentType && { contentType }),
    ...(accept && { accept }),
    ...(guardrail?.id && { guardrail }),
    ...(trace && { trace }),
  };
}
