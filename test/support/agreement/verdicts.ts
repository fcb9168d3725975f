import { awsFaultOf } from '../../../src/sandbox/awsError.js';
import type { CatalogueModel } from '../../../src/sandbox/models/catalogue.js';
import { readConverse } from '../../../src/sandbox/runtime/converse.js';
import { invokeNative } from '../../../src/sandbox/runtime/invoke.js';
import { writeReply } from '../../../src/sandbox/runtime/writer.js';
import type { InvocationType } from '../../../src/core/batch/types.js';
import { baseModelId } from '../../../src/core/models/families.js';

export type Verdict = 'ok' | 'warning' | 'error';

/** The worst of what was found. */
export function worst(found: readonly { readonly severity: 'error' | 'warning' }[]): Verdict {
  if (found.some(({ severity }) => severity === 'error')) return 'error';
  return found.length > 0 ? 'warning' : 'ok';
}

/** What the sandbox answers to a body: its refusal, or undefined. */
export async function refusalOf(
  modelId: string,
  type: InvocationType,
  body: object,
): Promise<string | undefined> {
  const model: CatalogueModel = {
    ...{ id: baseModelId(modelId), name: 'A model', provider: 'Someone', started: '2026-01-01' },
    ...{ input: ['TEXT'], output: ['TEXT'], streaming: true, onDemand: true, profiles: [] },
  };
  const json = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
  try {
    if (type === 'Converse') readConverse(json, model);
    else await invokeNative(model, json, writeReply, new AbortController().signal);
    return undefined;
  } catch (error) {
    const fault = awsFaultOf(error);
    if (fault?.code !== 'ValidationException') throw error;
    return fault.message;
  }
}
