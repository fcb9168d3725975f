import type { InvokeStreamEvent, RuntimeApi } from '../../../core/converse/runtimeApi.js';
import { isCancelled, toFailure } from '../../../core/errors.js';
import {
  type NativeAnswer,
  nativeFromResponse,
  reduceNative,
  waitingNative,
} from '../../../core/native/nativeAnswer.js';
import type { StreamedCall } from '../../../core/streaming/streamedRuns.js';
import type { NativeRequest } from '../document/documentSchema.js';
import { invokeRequest } from './nativeHandlers.js';

export interface NativeCallPorts {
  readonly runtime: () => Promise<Pick<RuntimeApi, 'invoke' | 'invokeStream'>>;
  readonly keep: (answer: NativeAnswer) => Promise<void>;
}

/** InvokeModel with the provider's own body as a run; what came of a broken one is kept. */
export function nativeCall(
  request: NativeRequest,
  { runtime, keep }: NativeCallPorts,
): StreamedCall<NativeAnswer, InvokeStreamEvent, NativeAnswer> {
  const sent = invokeRequest(request);
  return {
    key: 'native',
    waiting: waitingNative(request.modelId),
    reduce: reduceNative,
    async make(signal, onEvent) {
      const api = await runtime();
      // Stopped before anything was sent: nothing is billed.
      signal.throwIfAborted();
      if (!request.isStreaming) {
        const response = await api.invoke(sent, signal);
        const { indentedSource } = await import('../../../core/json/sourceText.js');
        return nativeFromResponse(request.modelId, response, indentedSource(response.body));
      }
      for await (const event of api.invokeStream(sent, signal)) onEvent(event);
      return undefined;
    },
    broken: (answer, error) =>
      isCancelled(error)
        ? { ...answer, status: 'stopped' }
        : { ...answer, status: 'failed', failure: toFailure(error) },
    end: (answer) => (answer.status === 'running' ? { ...answer, status: 'done' } : answer),
    keep,
  };
}
