import type { InvokeRequest } from '../converse/runtimeApi.js';
import type { ConverseRequest } from '../converse/wire.js';

export interface ConverseCall {
  readonly operation: 'Converse' | 'ConverseStream';
  readonly request: ConverseRequest;
}

export interface InvokeCall {
  readonly operation: 'InvokeModel' | 'InvokeModelWithResponseStream';
  readonly request: InvokeRequest;
}

/** A call to show as code. */
export type CodeCall = ConverseCall | InvokeCall;

/** True for a call with AWS's common request instead of a provider's own body. */
export function isConverseCall(call: CodeCall): call is ConverseCall {
  return call.operation === 'Converse' || call.operation === 'ConverseStream';
}

/** Where the code should call. */
export interface CodePlace {
  readonly region: string;
  /** A custom endpoint, as the sandbox's; AWS's own where absent. */
  readonly endpoint?: string;
  /** A profile of the shared config files. */
  readonly profile?: string;
}

/** The members of a Converse request beside modelId, in AWS's order, those that are set. */
export function converseMembers(request: ConverseRequest): [string, unknown][] {
  return Object.entries(request).filter(([name]) => name !== 'modelId');
}
