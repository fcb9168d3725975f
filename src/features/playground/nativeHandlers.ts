import type { InvokeRequest } from '../../core/converse/runtimeApi.js';
import { familyOf } from '../../core/models/families.js';
import { checkBodyText, completeBodyText, describeBodyText } from '../../core/native/editBody.js';
import { bodySchema, readyBody } from '../../core/native/readyBody.js';
import type { BodyHelp, BodyProblem, NativeRequest, ReadyNative } from './contract.js';

/** The ready-made body of a model and whether its members are known. */
export function readyNative({ modelId }: { modelId: string }): ReadyNative {
  return { ...readyBody(modelId), isKnown: familyOf(modelId) !== undefined };
}

/** What is wrong with a body, with line and column. */
export function checkNative({ modelId, body }: { modelId: string; body: string }): BodyProblem[] {
  const family = familyOf(modelId);
  // Of an unknown family nothing is known of its members, but JSON it has to be.
  return checkBodyText(body, family ? bodySchema(family) : {}).map((finding) => ({
    ...finding,
    ...placeOf(body, finding.start),
  }));
}

/** What can be written at an offset of a body, and what its model takes there. */
export function helpNative(input: { modelId: string; body: string; offset: number }): BodyHelp {
  const { modelId, body, offset } = input;
  const family = familyOf(modelId);
  if (!family) return { suggestions: [] };
  const schema = bodySchema(family);
  const about = describeBodyText(body, offset, schema)?.text;
  const suggestions = completeBodyText(body, offset, schema);
  return { suggestions, ...(about !== undefined && { about }) };
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
    ...(guardrail?.id && { guardrail }),
    ...(trace && { trace }),
    ...(serviceTier && { serviceTier }),
    ...(latency && { latency }),
  };
}
