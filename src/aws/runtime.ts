import type { RuntimeApi } from '../core/converse/runtimeApi.js';
import { converse, converseStream } from './converse.js';
import { invoke, invokeStream } from './invoke.js';
import type { RuntimeCall } from './runtimeCall.js';
import { countTokens } from './tokens.js';

/** The runtime calls of a connection. Its client must have `maxAttempts: 1`: each call is paid. */
export function createRuntimeApi(call: RuntimeCall): RuntimeApi {
  return {
    converse: (request, signal) => converse(call, request, signal),
    converseStream: (request, signal) => converseStream(call, request, signal),
    invoke: (request, signal) => invoke(call, request, signal),
    invokeStream: (request, signal) => invokeStream(call, request, signal),
    countTokens: (of, signal) => countTokens(call, of, signal),
  };
}
