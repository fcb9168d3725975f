import type { InvokeRequest } from '../../../core/converse/runtimeApi.js';
import { familyOf } from '../../../core/models/families.js';
import type { JsonObject } from '../../../core/converse/types.js';
import { canStream } from '../../../core/native/chunkText.js';
import { bodySchema, readyBody } from '../../../core/native/readyBody.js';
import type { BodyHelp, BodyProblem, NativeRequest, ReadyNative } from '../contract.js';

/** The ready-made body of a model, and whether it can be answered piece by piece. */
export function readyNative({ modelId }: { modelId: string }): ReadyNative {
  const family = familyOf(modelId);
  return { ...readyBody(modelId), canStream: family === undefined || canStream(family) };
}

/** What is wrong with a body, with line and column. */
export async function checkNative(
  input: { modelId: string; body: string },
  disabledRules: readonly string[] = [],
): Promise<BodyProblem[]> {
  const { modelId, body } = input;
  const { checkNativeBody } = await import('../../../core/native/checkNativeBody.js');
  const found = await checkNativeBody(body, { modelId, disabledRules });
  return found.map((finding) => ({ ...finding, ...placeOf(body, finding.start) }));
}

/** What can be written at an offset of a body, and what its model takes there. */
export async function helpNative(input: {
  modelId: string;
  body: string;
  offset: number;
}): Promise<BodyHelp> {
  const { modelId, body, offset } = input;
  const { completeJson, describeJson } = await jsonReader();
  const schema = schemaOf(modelId);
  const about = await describeJson(body, offset, schema);
  const suggestions = await completeJson(body, offset, schema);
  return { suggestions, ...(about !== undefined && { about }) };
}

/** Of an unknown family nothing is known of its members, but JSON it has to be. */
function schemaOf(modelId: string): JsonObject {
  const family = familyOf(modelId);
  return family ? bodySchema(family) : {};
}

/** Loaded with the first native body: it is large. */
function jsonReader() {
  return import('../../../core/json/jsonSchema.js');
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The request without what is not set. */
export function invokeRequest(native: NativeRequest): InvokeRequest {
  const { modelId, body, contentType, accept, guardrail, trace, serviceTier, latency } = native;
  return {
    modelId,
    body,
    ...(contentType && { contentType }),
    ...(accept && { accept }),
    ...(guardrail?.id && { guardrail: { id: guardrail.id, version: guardrail.version } }),
    ...(trace && { trace }),
    ...(serviceTier && { serviceTier }),
    ...(latency && { latency }),
  };
}
