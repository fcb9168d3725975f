import type { Finding } from '../bodies/finding.js';
import { baseModelId } from '../families.js';
import { claudeRules } from './claudeRules.js';
import { featureRules } from './featureRules.js';
import type { RequestFacts } from './requestFacts.js';
import type { ModelRule, RuleSubject } from './rule.js';
import { thinkingRules } from './thinkingRules.js';

/** Every rule of models that is known, each with its sources and their date. */
export const modelRules: readonly ModelRule[] = [...claudeRules, ...thinkingRules, ...featureRules];

/** True for a model that is known to refuse what a rule is about. */
export function isRuledOut(ruleId: string, modelId: string): boolean {
  return modelRules.some(({ id, models }) => id === ruleId && models.test(baseModelId(modelId)));
}

interface RuleOfModel {
  readonly rule: ModelRule;
  /** False where the model is newer than the table. */
  readonly isKnown: boolean;
}

const ofModels = new Map<string, readonly RuleOfModel[]>();

/** The rules of a model; asked for every record with a shape of its own, so they are kept. */
function rulesOf(modelId: string): readonly RuleOfModel[] {
  const kept = ofModels.get(modelId);
  if (kept) return kept;
  const id = baseModelId(modelId);
  const rules = modelRules
    .map((rule) => ({ rule, isKnown: rule.models.test(id) }))
    .filter(({ rule, isKnown }) => isKnown || rule.likely?.test(id) === true);
  if (ofModels.size >= 100) ofModels.clear();
  ofModels.set(modelId, rules);
  return rules;
}

/**
 * What a model is known to refuse in a request. An error where its page or a recorded refusal says so for
 * this model, a warning for models newer than the table and where there are exceptions; a model that is
 * not in the table has no rules.
 */
export function ruleFindings(
  factsOf: () => RequestFacts | undefined,
  { modelId = '', disabledRules = [] }: RuleSubject,
): Finding[] {
  const rules = rulesOf(modelId);
  const facts = rules.length > 0 ? factsOf() : undefined;
  if (!facts) return [];
  const found: Finding[] = [];
  for (const { rule, isKnown } of rules) {
    const breach = rule.breach(facts);
    if (!breach || disabledRules.includes(rule.id)) continue;
    const { path, message, refusal, isExcused } = breach;
    const severity = isKnown && isExcused !== true ? 'error' : 'warning';
    found.push({ severity, path, fault: { kind: 'rule', message, refusal }, rule: rule.id });
  }
  return found;
}
