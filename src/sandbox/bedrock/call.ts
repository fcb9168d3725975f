import type { Json } from '../runtime/bodyCheck.js';
import type { Responder } from '../runtime/chat.js';
import type { BatchEngine } from '../jobs/batchEngine.js';
import type { JobStore } from '../jobs/jobStore.js';
import type { FaultRules, Fault } from '../faults/faultRules.js';
import type { GuardrailStore } from '../guardrails/guardrailStore.js';
import type { WireRequest, WireResponse } from '../http/wire.js';
import type { OwnModels } from '../models/ownModels.js';
import type { SandboxIdentity } from '../state/identity.js';

/** What the Bedrock operations work with. */
export interface BedrockServices {
  readonly identity: SandboxIdentity;
  readonly region: string;
  readonly speed: number;
  readonly jobs: JobStore;
  readonly engine: BatchEngine;
  readonly faults: FaultRules;
  readonly guardrails: GuardrailStore;
  readonly ownModels: OwnModels;
  readonly respond: Responder;
}

/** One Bedrock request: body parsed, path labels decoded. */
export interface BedrockCall extends BedrockServices {
  readonly request: WireRequest;
  readonly labels: readonly string[];
  readonly body: Json;
  /** A fault for the stream of this answer. */
  readonly fault: Fault | undefined;
}

export type BedrockOperation = (call: BedrockCall) => Promise<WireResponse> | WireResponse;
