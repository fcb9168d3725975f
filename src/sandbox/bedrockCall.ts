import type { FaultRules } from './faults/faultRules.js';
import type { GuardrailStore } from './guardrails/guardrailStore.js';
import type { BatchEngine } from './jobs/batchEngine.js';
import type { JobStore } from './jobs/jobStore.js';
import type { OwnModels } from './models/ownModels.js';
import type { Json } from './runtime/bodyCheck.js';
import type { Responder } from './runtime/chat.js';
import type { SandboxIdentity } from './state/identity.js';

/** What the handlers of Bedrock work with. */
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

/** One call beside its input: the services, and what the SDK's types do not say. */
export interface BedrockCall extends BedrockServices {
  /** The body as it was sent: what describes a body by its JSON (`core/models/bodies`) reads this one. */
  readonly json: Json;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
  /** Sets a header that AWS sends and its model does not name. */
  readonly setHeader: (name: string, value: string) => void;
}
