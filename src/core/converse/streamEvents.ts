import type {
  Citation,
  ImageFormat,
  JsonObject,
  JsonValue,
  ToolResultContent,
  Usage,
} from './types.js';

/**
 * What `aws.runtime.converseStream` yields: plain JSON, one object an event, in AWS's order. `timing`
 * is ours and comes last. A failure is thrown, not an event.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
export type StreamEvent =
  | { readonly type: 'messageStart'; readonly requestId?: string }
  | { readonly type: 'blockStart'; readonly index: number; readonly start: BlockStart }
  | { readonly type: 'text'; readonly index: number; readonly text: string }
  | { readonly type: 'reasoning'; readonly index: number; readonly text: string }
  | { readonly type: 'signature'; readonly index: number; readonly signature: string }
  /** Base64 of encrypted thoughts. */
  | { readonly type: 'redacted'; readonly index: number; readonly base64: string }
  /** A fragment of the tool input's JSON text. */
  | { readonly type: 'toolInput'; readonly index: number; readonly json: string }
  | {
      readonly type: 'toolResult';
      readonly index: number;
      readonly content: readonly ToolResultContent[];
    }
  | { readonly type: 'citation'; readonly index: number; readonly citation: Citation }
  | {
      readonly type: 'image';
      readonly index: number;
      readonly base64?: string;
      readonly error?: string;
    }
  | { readonly type: 'blockStop'; readonly index: number }
  | {
      readonly type: 'messageStop';
      readonly stopReason: string;
      readonly additionalFields?: JsonValue;
    }
  | {
      readonly type: 'metadata';
      readonly usage?: Usage;
      readonly latencyMs?: number;
      readonly trace?: JsonObject;
      readonly serviceTier?: string;
    }
  /** Milliseconds since the request was sent. `firstTokenMs` is absent where no token came. */
  | { readonly type: 'timing'; readonly firstTokenMs?: number; readonly totalMs: number };

/** What a block says of itself before its first delta; text blocks say nothing. */
export type BlockStart =
  | {
      readonly type: 'toolUse';
      readonly toolUseId: string;
      readonly name: string;
      readonly isServerTool?: boolean;
    }
  | {
      readonly type: 'toolResult';
      readonly toolUseId: string;
      readonly status?: 'success' | 'error';
      readonly isServerTool?: boolean;
      readonly serverType?: string;
    }
  | { readonly type: 'image'; readonly format: ImageFormat };
