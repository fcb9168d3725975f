import * as l10n from '@vscode/l10n';
import { checkFindings } from '../models/bodies/checkFindings.js';
import { converse } from '../models/bodies/converse.js';
import { faultText } from '../models/bodies/faultWords.js';
import type { Finding } from '../models/bodies/finding.js';
import { modelRules } from '../models/rules/modelRules.js';
import { buildConverseRequest, isPromptArn } from './buildRequest.js';
import type { Conversation, ConversationProblem } from './types.js';

type Where = ConversationProblem['where'];

/**
 * What the model or Converse would refuse in the request as it is sent. The form of the request is only
 * looked at where nothing else is wrong: the checks of single controls say it better.
 */
export function requestProblems(
  conversation: Conversation,
  found: readonly ConversationProblem[],
  disabledRules: readonly string[],
): ConversationProblem[] {
  if (conversation.modelId.trim() === '' || isPromptArn(conversation.modelId)) return [];
  const { modelId, ...body } = buildConverseRequest(conversation);
  const isWrong = found.some(({ severity }) => severity === 'error');
  return checkFindings(body, converse, { modelId, disabledRules })
    .filter(({ fault }) => fault.kind === 'rule' || !isWrong)
    .map((finding) => {
      const where = whereOf(finding);
      const last = conversation.turns.at(-1);
      return {
        severity: finding.severity,
        where,
        message: faultText(finding, { name: converse.name(), body: l10n.t('The request') }),
        ...(where === 'turns' && last && { turnId: last.id }),
      };
    });
}

const places: Readonly<Record<string, Where>> = {
  system: 'system',
  inferenceConfig: 'parameters',
  additionalModelRequestFields: 'additionalFields',
  toolConfig: 'tools',
  outputConfig: 'structuredOutput',
  guardrailConfig: 'guardrail',
};

/** The control that shows a finding: the one of its rule, where that has no better place. */
function whereOf({ path, rule }: Finding): Where {
  const ofRule = modelRules.find(({ id }) => id === rule)?.where;
  return places[String(path[0])] ?? ofRule ?? 'turns';
}
