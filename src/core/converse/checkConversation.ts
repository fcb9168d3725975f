import * as l10n from '@vscode/l10n';
import { outputLimit } from '../native/outputLimit.js';
import { filledTurn, isPromptArn } from './buildRequest.js';
import { attachmentProblems } from './checkAttachments.js';
import { toolLoopProblems, toolProblems } from './checkTools.js';
import { parseJsonObject } from './jsonText.js';
import { requestProblems } from './requestProblems.js';
import type { Conversation, ConversationProblem, Settings, Turn } from './types.js';
import { isCode, isExpression, missingVariables } from './variables.js';

/**
 * What AWS would refuse, in words, before anything is sent. Errors should stop Send; warnings are for
 * showing. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function checkConversation(
  conversation: Conversation,
  disabledRules: readonly string[] = [],
): ConversationProblem[] {
  const { settings, modelId } = conversation;
  const found = [
    ...modelProblems(conversation),
    ...turnProblems(conversation),
    ...attachmentProblems(conversation.turns),
    ...parameterProblems(settings),
    ...outputProblems(modelId, settings),
    ...fieldProblems(settings),
    ...toolProblems(settings),
    ...toolLoopProblems(conversation),
    ...guardrailProblems(settings),
    ...missingVariables(conversation).map(withoutValue),
  ];
  return [...found, ...requestProblems(conversation, found, disabledRules)];
}

/** A program that is asked about may be full of double braces, so those are only pointed out. */
function withoutValue(name: string): ConversationProblem {
  const shown = `{{${name}}}`;
  return {
    severity: isCode(name) ? 'warning' : 'error',
    where: 'variables',
    item: name,
    message: isCode(name)
      ? l10n.t('{0} has no value and is sent as it stands.', shown)
      : isExpression(name)
        ? l10n.t(
            '{0} is not worked out: only names stand between double braces. Write a name, or fill it in beside the prompt.',
            shown,
          )
        : l10n.t('{0} has no value. Fill it in beside the prompt.', shown),
  };
}

type Where = ConversationProblem['where'];

function error(where: Where, message: string): ConversationProblem {
  return { severity: 'error', where, message };
}

function warning(where: Where, message: string): ConversationProblem {
  return { severity: 'warning', where, message };
}

function modelProblems({ modelId, settings, system }: Conversation): ConversationProblem[] {
  if (modelId.trim() === '') return [error('model', l10n.t('No model is chosen. Choose one.'))];
  if (!isPromptArn(modelId)) return [];
  const ignored = [
    ...(system.trim() === '' ? [] : [l10n.t('the system text')]),
    ...(Object.keys(settings.parameters).length === 0 ? [] : [l10n.t('the parameters')]),
    ...(settings.tools?.length ? [l10n.t('the tools')] : []),
    ...(settings.additionalFields?.trim() ? [l10n.t('the additional fields')] : []),
  ];
  if (ignored.length === 0) return [];
  const text = l10n.t(
    'A managed prompt brings its own settings: {0} are not sent.',
    ignored.join(', '),
  );
  return [warning('model', text)];
}

function turnProblems({ turns, modelId, variables }: Conversation): ConversationProblem[] {
  const isEmpty = (turn: Turn) => isBlankTurn(filledTurn(turn, variables));
  const sent = turns.filter((turn) => !isEmpty(turn));
  if (isPromptArn(modelId) && sent.length === 0) return [];
  const found: ConversationProblem[] = [];
  const last = turns.at(-1);
  if (last?.role === 'user' && isEmpty(last)) {
    const message = isBlankTurn(last)
      ? l10n.t('The message is empty. Write something.')
      : l10n.t('The message is empty with the values of its variables. Fill them in.');
    found.push({ ...error('turns', message), turnId: last.id });
  } else if (sent.length === 0) {
    found.push(error('turns', l10n.t('There is no message to send. Write one.')));
  }
  if (sent[0]?.role === 'assistant') {
    const message = l10n.t(
      'A conversation must start with a user message. Add one before this answer.',
    );
    found.push({ ...error('turns', message), turnId: sent[0].id });
  }
  return found;
}

function isBlankTurn({ content }: Turn): boolean {
  return content.every((block) => block.type === 'text' && block.text.trim() === '');
}

function parameterProblems({ parameters }: Settings): ConversationProblem[] {
  const { maxTokens, temperature, topP, stopSequences = [] } = parameters;
  const found: ConversationProblem[] = [];
  const share = (name: string, value: number | undefined) => {
    if (value !== undefined && !(value >= 0 && value <= 1)) {
      found.push(
        error('parameters', l10n.t('{0} must be between 0 and 1; it is {1}.', name, value)),
      );
    }
  };
  share(l10n.t('Temperature'), temperature);
  share(l10n.t('Top P'), topP);
  if (maxTokens !== undefined && !(Number.isInteger(maxTokens) && maxTokens >= 1)) {
    found.push(
      error(
        'parameters',
        l10n.t('Max tokens must be a whole number from 1; it is {0}.', maxTokens),
      ),
    );
  }
  if (stopSequences.some((one) => one === '')) {
    found.push(error('parameters', l10n.t('A stop sequence is empty. Remove it.')));
  }
  if (stopSequences.length > 2500) {
    found.push(error('parameters', l10n.t('More than 2,500 stop sequences. Remove some.')));
  }
  return found;
}

/** A warning only: the limits we know are older than what AWS allows today. */
function outputProblems(modelId: string, { parameters }: Settings): ConversationProblem[] {
  const { maxTokens } = parameters;
  const most = outputLimit(modelId);
  if (maxTokens === undefined || most === undefined || maxTokens <= most) return [];
  const text = l10n.t(
    'This model is known to write at most {0} tokens; AWS may refuse more.',
    most,
  );
  return [warning('parameters', text)];
}

function fieldProblems(settings: Settings): ConversationProblem[] {
  const found: ConversationProblem[] = [];
  const { additionalFields = '', structuredOutput } = settings;
  if (additionalFields.trim() !== '') {
    const parsed = parseJsonObject(additionalFields);
    if (!parsed.ok) {
      const message = l10n.t('The additional fields cannot be sent: {0}', parsed.message);
      found.push(error('additionalFields', message));
    }
  }
  if (structuredOutput) {
    const parsed = parseJsonObject(structuredOutput.schema);
    if (!parsed.ok) {
      found.push(
        error('structuredOutput', l10n.t('The schema cannot be sent: {0}', parsed.message)),
      );
    }
  }
  return found;
}

function guardrailProblems({ guardrail }: Settings): ConversationProblem[] {
  if (!guardrail) return [];
  const found: ConversationProblem[] = [];
  if (guardrail.id.trim() === '')
    found.push(error('guardrail', l10n.t('The guardrail has no id.')));
  if (!/^(?:DRAFT|[1-9]\d{0,7})$/.test(guardrail.version)) {
    found.push(
      error('guardrail', l10n.t('The guardrail version must be DRAFT or a number from 1.')),
    );
  }
  return found;
}
