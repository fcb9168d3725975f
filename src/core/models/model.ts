/** Where a model stands in its life, with the dates AWS gives (ISO 8601). */
export interface Lifecycle {
  /** ACTIVE, LEGACY, or a word AWS adds later. */
  readonly status: string;
  readonly startOfLife?: string;
  readonly legacy?: string;
  readonly endOfLife?: string;
}

/** An inference profile that leads to a model. */
export interface ModelProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: 'system' | 'application';
  /** Regions the profile may send a request to. */
  readonly regions: readonly string[];
}

/** A foundation model as the tree and the pickers show it. */
export interface Model {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly provider: string;
  /** Modalities as AWS spells them: TEXT, IMAGE, EMBEDDING, and others to come. */
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly streaming: boolean;
  /** ON_DEMAND, PROVISIONED, INFERENCE_PROFILE. */
  readonly inferenceTypes: readonly string[];
  readonly profiles: readonly ModelProfile[];
  readonly lifecycle: Lifecycle;
  /** Whether AWS's table lists the model for batch; `unknown` where it does not say. */
  readonly batch: 'yes' | 'no' | 'unknown';
}

/**
 * The id to invoke: the bare id where the model runs on demand here, otherwise a profile of this
 * geography, otherwise a global one. Undefined where neither exists (provisioned only).
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export function invocationId(model: Model): string | undefined {
  if (model.inferenceTypes.includes('ON_DEMAND')) return model.id;
  const system = model.profiles.filter((profile) => profile.type === 'system');
  const geographic = system.find((profile) => !profile.id.startsWith('global.'));
  return (geographic ?? system[0])?.id;
}

/** True after the model's end-of-life date: AWS refuses it, the sandbox still runs it. */
export function isPastEndOfLife(model: Model, now: Date): boolean {
  const { endOfLife } = model.lifecycle;
  return endOfLife !== undefined && Date.parse(endOfLife) <= now.getTime();
}
