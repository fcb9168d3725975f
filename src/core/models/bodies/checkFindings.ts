import { claudeFacts, converseFacts, type RequestFacts } from '../rules/requestFacts.js';
import { ruleFindings } from '../rules/modelRules.js';
import type { RuleSubject } from '../rules/rule.js';
import { findFaults } from './findFaults.js';
import type { Finding } from './finding.js';
import type { BodyDescription, JsonObject } from './types.js';

/**
 * Everything that is wrong with a body: what does not fit its description, then what its model is known
 * to refuse. The dataset check, the editor, the playground, chat and the sandbox all ask here.
 */
export function checkFindings(
  body: JsonObject,
  description: BodyDescription,
  subject: RuleSubject,
): Finding[] {
  const found = [...findFaults(body, description), ...(description.more?.(body) ?? [])];
  const { disabledRules = [] } = subject;
  const said = found.filter(
    (finding) =>
      description.excuses?.(finding, body) !== true &&
      !(finding.rule !== undefined && disabledRules.includes(finding.rule)),
  );
  return [
    ...said.map((finding) => softened(finding, body)),
    ...ruleFindings(() => factsOf(body, description), subject),
  ];
}

/** A beta feature may bring members of its own. */
function softened(finding: Finding, body: JsonObject): Finding {
  const isBeta = Array.isArray(body['anthropic_beta']) && body['anthropic_beta'].length > 0;
  const isUnknown = finding.fault.kind === 'extra' && !finding.fault.hint;
  return isBeta && isUnknown ? { ...finding, severity: 'warning' } : finding;
}

function factsOf(
  body: JsonObject,
  { refuser, members }: BodyDescription,
): RequestFacts | undefined {
  if (refuser === 'anthropic') return claudeFacts(body);
  if (refuser === 'converse') return converseFacts(body);
  const isNova = members['inferenceConfig'] !== undefined;
  return isNova ? converseFacts(body, false) : undefined;
}
