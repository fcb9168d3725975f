/** What a policy does with a finding; `NONE` only reports it. */
export type PolicyAction = 'BLOCK' | 'ANONYMIZE' | 'NONE';

/** Which side of a call is looked at. */
export type GuardSource = 'INPUT' | 'OUTPUT';

export type Strength = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';

/** Members that every rule of a policy has; absent means block, and enabled. */
export interface RuleSwitches {
  readonly action?: PolicyAction;
  readonly inputAction?: PolicyAction;
  readonly outputAction?: PolicyAction;
  readonly inputEnabled?: boolean;
  readonly outputEnabled?: boolean;
}

export interface TopicRule extends RuleSwitches {
  readonly name: string;
  readonly definition: string;
  readonly examples?: readonly string[];
}

export interface ContentRule extends RuleSwitches {
  readonly type: string;
  readonly inputStrength: Strength;
  readonly outputStrength: Strength;
}

export interface WordRule extends RuleSwitches {
  readonly text: string;
}

export interface EntityRule extends RuleSwitches {
  readonly type: string;
}

export interface RegexRule extends RuleSwitches {
  readonly name: string;
  readonly pattern: string;
}

export interface GroundingRule {
  readonly type: 'GROUNDING' | 'RELEVANCE';
  /** A score below it is a finding; 0 to 1. */
  readonly threshold: number;
  readonly action?: PolicyAction;
  readonly enabled?: boolean;
}

/** The policies, as GetGuardrail shows them. */
export interface Policies {
  readonly topicPolicy?: { readonly topics: readonly TopicRule[] };
  readonly contentPolicy?: { readonly filters: readonly ContentRule[] };
  readonly wordPolicy?: {
    readonly words?: readonly WordRule[];
    readonly managedWordLists?: readonly EntityRule[];
  };
  readonly sensitiveInformationPolicy?: {
    readonly piiEntities?: readonly EntityRule[];
    readonly regexes?: readonly RegexRule[];
  };
  readonly contextualGroundingPolicy?: { readonly filters: readonly GroundingRule[] };
}

/** What a person writes of a guardrail: texts and policies. */
export interface GuardrailDefinition extends Policies {
  readonly name: string;
  readonly description?: string;
  readonly blockedInputMessaging: string;
  readonly blockedOutputsMessaging: string;
}

/** The draft or a numbered version; times are ISO-8601. */
export interface GuardrailVersion extends GuardrailDefinition {
  readonly version: string;
  readonly status: 'READY';
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A guardrail with its versions: the draft first, then 1, 2, … */
export interface Guardrail {
  readonly guardrailId: string;
  readonly guardrailArn: string;
  /** Token of the create that made it: the same token makes no second one. */
  readonly clientRequestToken?: string;
  readonly versions: readonly GuardrailVersion[];
}

/** A version's number, or `DRAFT`, in a guardrail. */
export function versionOf(guardrail: Guardrail, version: string): GuardrailVersion | undefined {
  return guardrail.versions.find((at) => at.version === version);
}
