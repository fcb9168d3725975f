import type { Block, JsonObject, JsonValue, Timing, Usage } from './types.js';

/**
 * A Converse request as it goes over the wire: AWS's own member names, bytes in base64. What
 * `aws.runtime` sends, what "View code" prints.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export interface ConverseRequest {
  readonly modelId: string;
  readonly messages: readonly WireMessage[];
  readonly system?: readonly JsonObject[];
  readonly inferenceConfig?: JsonObject;
  readonly toolConfig?: JsonObject;
  readonly guardrailConfig?: JsonObject;
  readonly additionalModelRequestFields?: JsonObject;
  readonly performanceConfig?: JsonObject;
  readonly serviceTier?: JsonObject;
  readonly outputConfig?: JsonObject;
  /** Only with a prompt ARN as modelId: name → {text}. */
  readonly promptVariables?: JsonObject;
}

export interface WireMessage {
  readonly role: 'user' | 'assistant';
  readonly content: readonly JsonObject[];
}

/** A Converse answer in one piece. What AWS did not say is absent. */
export interface ConverseResponse {
  readonly content: readonly Block[];
  readonly stopReason: string;
  readonly usage?: Usage;
  readonly timing: Timing;
  readonly trace?: JsonObject;
  readonly additionalFields?: JsonValue;
  readonly serviceTier?: string;
  readonly requestId?: string;
}
