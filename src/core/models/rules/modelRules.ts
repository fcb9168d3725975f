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

/**
 * What a model is known to refuse in a request. An error where its page or a recorded refusal says so for
 * this model, a warning for models newer than the table and where there are exceptions; a model that is
 * not in the table has no rules.
 */
export function ruleFindings(
  facts: RequestFacts,
  { modelId = '', disabledRules = [] }: RuleSubject,
): Finding[] {
  const id = baseModelId(modelId);
  if (id === '') return [];
  return modelRules.flatMap((rule) => {
    const isKnown = rule.models.test(id);
    if (!isKnown && rule.likely?.test(id) !== true) return [];
    if (disabledRules.includes(rule.id)) return [];
    const breach = rule.breach(facts);
    if (!breach) return [];
    const { path, message, refusal, isExcused } = breach;
    const severity = isKnown && isExcused !== true ? 'error' : 'warning';
    return [{ severity, path, fault: { kind: 'rule', message, refusal }, rule: rule.id }];
  });
}
