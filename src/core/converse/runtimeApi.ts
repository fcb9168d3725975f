import type { AnswerParts } from '../answers/modelAnswer.js';
import type { ChunkParts } from '../native/chunkParts.js';
import type { NativeGuard } from '../native/nativeGuard.js';
import type { StreamEvent } from './streamEvents.js';
import type { Timing, Usage } from './types.js';
import type { ConverseRequest, ConverseResponse } from './wire.js';

/**
 * The paid calls of a connection (`aws.runtime`). None is ever repeated by itself. All throw AppError;
 * an abort throws `cancelled` at once. An error in the middle of a stream has `details.midStream: true`.
 */
export interface RuntimeApi {
  converse(request: ConverseRequest, signal?: AbortSignal): Promise<ConverseResponse>;
  converseStream(request: ConverseRequest, signal?: AbortSignal): AsyncIterable<StreamEvent>;
  invoke(request: InvokeRequest, signal?: AbortSignal): Promise<InvokeResponse>;
  invokeStream(request: InvokeRequest, signal?: AbortSignal): AsyncIterable<InvokeStreamEvent>;
  /** Tokens of a Converse request or a native body; an estimate that says so where AWS cannot count. */
  countTokens(input: CountTokensInput, signal?: AbortSignal): Promise<TokenCount>;
}

/** InvokeModel with the provider's own body. */
export interface InvokeRequest {
  readonly modelId: string;
  readonly body: string;
  /** `application/json` where not given: the SDK's own default is refused by guardrails. */
  readonly contentType?: string;
  readonly accept?: string;
  readonly guardrail?: { readonly id: string; readonly version: string };
  readonly trace?: 'ENABLED' | 'DISABLED' | 'ENABLED_FULL';
  readonly serviceTier?: string;
  readonly latency?: 'standard' | 'optimized';
}

export interface InvokeResponse extends NativeGuard, AnswerParts {
  /** The raw body; `base64` where it is not text. */
  readonly body: string;
  readonly isBase64?: boolean;
  /** The answer's text, where the body is JSON; '' where nothing in it is a text. */
  readonly text?: string;
  readonly contentType: string;
  readonly status: number;
  /** Every response header, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId?: string;
  /** Why the answer ends, in the provider's words. */
  readonly stopReason?: string;
  readonly usage?: Usage;
  readonly timing: Timing;
}

export type InvokeStreamEvent =
  | { readonly type: 'headers'; readonly headers: Readonly<Record<string, string>> }
  /** One native chunk: its JSON text, the text a person sees of it, and why the answer ends here. */
  | ({
      readonly type: 'chunk';
      readonly json: string;
      readonly text: string;
      readonly stopReason?: string;
      readonly usage?: Usage;
    } & ChunkParts &
      NativeGuard)
  | { readonly type: 'metrics'; readonly usage?: Usage; readonly latencyMs?: number }
  /** Milliseconds since the request was sent; comes last. */
  | { readonly type: 'timing'; readonly firstTokenMs?: number; readonly totalMs: number };

export type CountTokensInput =
  | { readonly converse: ConverseRequest }
  | { readonly invoke: { readonly modelId: string; readonly body: string } };

export interface TokenCount {
  readonly tokens: number;
  /** True where AWS could not count and the number is a guess from the text's length. */
  readonly isEstimate: boolean;
  /** Why it is an estimate. */
  readonly reason?: string;
}
