import type { Json } from '../runtime/bodyCheck.js';
import type { Policies } from './guardrail.js';

/** A text unit of a guardrail's price, in characters. */
const charactersOfUnit = 1000;

/** Text units that each policy of a guardrail counts. */
function usageOf(policies: Policies, texts: readonly string[]): Json {
  const units = Math.ceil(texts.join('').length / charactersOfUnit);
  const counted = (isUsed: boolean) => (isUsed ? units : 0);
  const { piiEntities = [], regexes = [] } = policies.sensitiveInformationPolicy ?? {};
  return {
    topicPolicyUnits: counted(policies.topicPolicy !== undefined),
    contentPolicyUnits: counted(policies.contentPolicy !== undefined),
    wordPolicyUnits: counted(policies.wordPolicy !== undefined),
    sensitiveInformationPolicyUnits: counted(piiEntities.length > 0),
    sensitiveInformationPolicyFreeUnits: counted(regexes.length > 0),
    contextualGroundingPolicyUnits: counted(policies.contextualGroundingPolicy !== undefined),
  };
}

/** Characters that were looked at, of all that came. */
function coverageOf(guarded: readonly string[], all: readonly { text: string }[]): Json {
  const total = all.reduce((sum, { text }) => sum + text.length, 0);
  return { textCharacters: { guarded: guarded.join('').length, total } };
}

/** What an assessment says of its own cost; the latency in milliseconds is made up, and always the same. */
export function metricsOf(
  policies: Policies,
  guarded: readonly string[],
  all: readonly { text: string }[],
): Json {
  return {
    guardrailProcessingLatency: 60 + Math.ceil(guarded.join('').length / 40),
    usage: usageOf(policies, guarded),
    guardrailCoverage: coverageOf(guarded, all),
  };
}
