import type { Path } from '../bodies/finding.js';
import type { RequestFacts } from './requestFacts.js';

/** What a request does against a rule. */
export interface Breach {
  readonly path: Path;
  /** What is wrong and what to write instead. */
  readonly message: () => string;
  /** What AWS answers. */
  readonly refusal: string;
  /** True where AWS is known to take it sometimes. */
  readonly isExcused?: boolean;
}

/** What some models refuse although their body allows it. */
export interface ModelRule {
  /** The name it is switched off by in the settings. */
  readonly id: string;
  /** Base model ids that are known to refuse it. */
  readonly models: RegExp;
  /** Ids newer than the table that are likely to: a warning. */
  readonly likely?: RegExp;
  /** AWS's page or the recorded refusal, and when it was read. */
  readonly sources: readonly string[];
  readonly date: string;
  /** The playground's control that shows it. */
  readonly where: 'parameters' | 'additionalFields' | 'turns' | 'system' | 'tools';
  readonly breach: (facts: RequestFacts) => Breach | undefined;
}

/** The model a request is for, and the rules that are switched off. */
export interface RuleSubject {
  /** Id, profile or ARN. Without it no rule is looked at. */
  readonly modelId?: string;
  readonly disabledRules?: readonly string[];
}
