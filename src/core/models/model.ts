/** Where a model stands in its life, with the dates AWS gives (ISO 8601). */
export interface Lifecycle {
  /** ACTIVE, LEGACY, or a word AWS adds later. */
  readonly status: string;
  readonly startOfLife?: string;
  readonly legacy?: string;
  /** From here on a legacy model costs more. */
  readonly extendedAccess?: string;
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

/** Something of the account that leads to a model: shown beside the foundation models. */
export interface OwnModel {
  readonly kind: 'profile' | 'custom' | 'imported' | 'provisioned';
  readonly arn: string;
  readonly name: string;
  /** ARN or id of the model behind it, where AWS tells. */
  readonly base?: string;
  /** AWS's word: Active, Creating, InService … */
  readonly status?: string;
  /** ISO 8601. */
  readonly created?: string;
}

/** What an account may do with one model (GetFoundationModelAvailability); words as AWS spells them. */
export interface ModelAvailability {
  /** AVAILABLE, PENDING, NOT_AVAILABLE, ERROR. */
  readonly agreement: string;
  readonly agreementError?: string;
  /** AUTHORIZED, NOT_AUTHORIZED. */
  readonly authorization: string;
  /** AVAILABLE, NOT_AVAILABLE. */
  readonly entitlement: string;
  readonly region: string;
}

/** Prefixes of geographic profiles a Region prefers, first match wins. */
const geographies: readonly [RegExp, readonly string[]][] = [
  [/^us-gov-/, ['us-gov']],
  [/^us-/, ['us']],
  [/^ca-/, ['ca', 'us']],
  [/^eu-/, ['eu']],
  [/^ap-northeast-[13]$/, ['jp', 'apac']],
  [/^ap-southeast-[246]$/, ['au', 'apac']],
  [/^ap-south-/, ['in', 'apac']],
  [/^ap-/, ['apac']],
  [/^sa-/, ['sa', 'us']],
  [/^me-/, ['me']],
];

/** True where the model cannot be called by its bare id in this Region. */
export function needsProfile(model: Model): boolean {
  return !model.inferenceTypes.includes('ON_DEMAND');
}

/**
 * The id to invoke from a Region: the bare id where the model runs on demand here, otherwise a profile
 * of the Region's geography, otherwise a global one, otherwise any that AWS lists here. Undefined where
 * there is none (provisioned only).
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export function invocationId(model: Model, region: string): string | undefined {
  return needsProfile(model) ? systemProfile(model, region)?.id : model.id;
}

/** The system-defined profile that `invocationId` would take, whether it is needed or not. */
export function systemProfile(model: Model, region: string): ModelProfile | undefined {
  const system = model.profiles.filter(({ type }) => type === 'system');
  const fitting = geographies.find(([pattern]) => pattern.test(region))?.[1] ?? [];
  for (const prefix of [...fitting, 'global']) {
    const found = system.find(({ id }) => id.startsWith(`${prefix}.`));
    if (found) return found;
  }
  return system[0];
}

/** Where a model stands at a time; days are whole and counted to the next midnight of its end. */
export interface LifePhase {
  readonly phase: 'active' | 'legacy' | 'ended';
  /** Days until the end of life, where a date is known and ahead. */
  readonly daysLeft?: number;
}

const dayMs = 86_400_000;

/** The phase of a model's life, by its dates first and AWS's word second. */
export function lifePhase({ lifecycle }: Pick<Model, 'lifecycle'>, now: Date): LifePhase {
  const left =
    lifecycle.endOfLife === undefined ? NaN : Date.parse(lifecycle.endOfLife) - now.getTime();
  if (left <= 0) return { phase: 'ended' };
  const legacyAt = lifecycle.legacy === undefined ? NaN : Date.parse(lifecycle.legacy);
  const isLegacy = lifecycle.status === 'LEGACY' || legacyAt <= now.getTime();
  return {
    phase: isLegacy ? 'legacy' : 'active',
    ...(Number.isNaN(left) ? {} : { daysLeft: Math.ceil(left / dayMs) }),
  };
}

/** True after the model's end-of-life date: AWS refuses it, the sandbox still runs it. */
export function isPastEndOfLife(model: Model, now: Date): boolean {
  return lifePhase(model, now).phase === 'ended';
}
