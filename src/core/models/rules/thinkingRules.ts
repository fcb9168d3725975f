import * as l10n from '@vscode/l10n';
import type { RequestFacts } from './requestFacts.js';
import type { Breach, ModelRule } from './rule.js';

const date = '2026-11-25';
const sources = [
  'https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html',
];
const leastBudget = 1024;

/** The page's list of models with a thinking budget: 3.7, 4, 4.1, 4.5 and 4.6. */
const models =
  /^anthropic\.claude-(?:3-7-sonnet|(?:opus|sonnet)-4(?:-\d{8}|$)|(?:opus|sonnet|haiku)-4-[156](?!\d))/;

const isThinking = ({ thinking }: RequestFacts) =>
  thinking !== undefined && thinking.value.type !== 'disabled';

const reference =
  'Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking';

type Rest = Pick<ModelRule, 'id' | 'where'>;

function thinkingRule(rest: Rest, breach: (facts: RequestFacts) => Breach | undefined): ModelRule {
  return {
    ...rest,
    models,
    sources,
    date,
    breach: (facts) => (isThinking(facts) ? breach(facts) : undefined),
  };
}

/** What Claude refuses while it thinks. */
export const thinkingRules: readonly ModelRule[] = [
  thinkingRule(
    { id: 'claude-thinking-budget-minimum', where: 'additionalFields' },
    ({ thinking }) => {
      if (thinking?.value.type !== 'enabled') return undefined;
      const { budget } = thinking.value;
      if (budget !== undefined && budget >= leastBudget) return undefined;
      return {
        path: budget === undefined ? thinking.path : [...thinking.path, 'budget_tokens'],
        message: () =>
          l10n.t(
            'The thinking budget must be at least {0} tokens. Raise "budget_tokens".',
            leastBudget,
          ),
        refusal:
          budget === undefined
            ? 'thinking.enabled.budget_tokens: Field required'
            : 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
      };
    },
  ),
  thinkingRule(
    { id: 'claude-thinking-budget-below-limit', where: 'additionalFields' },
    ({ thinking, maxTokens, isInterleaved }) => {
      const budget = thinking?.value.type === 'enabled' ? thinking.value.budget : undefined;
      if (!thinking || budget === undefined || !maxTokens || budget < maxTokens.value) {
        return undefined;
      }
      return {
        path: [...thinking.path, 'budget_tokens'],
        // Between tool calls thinking may take more than one answer's limit.
        isExcused: isInterleaved,
        message: () =>
          l10n.t(
            'The thinking budget ({0}) must be smaller than the most tokens of the answer ({1}). Lower the one or raise the other.',
            budget,
            maxTokens.value,
          ),
        refusal: `\`max_tokens\` must be greater than \`thinking.budget_tokens\`. ${reference}#max-tokens-and-context-window-size`,
      };
    },
  ),
  thinkingRule({ id: 'claude-thinking-temperature', where: 'parameters' }, ({ temperature }) => {
    if (!temperature || temperature.value === 1) return undefined;
    return {
      path: temperature.path,
      message: () => l10n.t('With thinking the temperature can only be 1. Clear it.'),
      refusal: `\`temperature\` may only be set to 1 when thinking is enabled or in adaptive mode. ${reference}#important-considerations-when-using-extended-thinking`,
    };
  }),
  thinkingRule({ id: 'claude-thinking-top-p', where: 'parameters' }, ({ topP }) => {
    if (!topP || topP.value >= 0.95) return undefined;
    return {
      path: topP.path,
      message: () => l10n.t('With thinking top P must be at least 0.95. Clear it.'),
      refusal: `\`top_p\` must be greater than or equal to 0.95 or unset when thinking is enabled. ${reference}#important-considerations-when-using-extended-thinking`,
    };
  }),
  thinkingRule({ id: 'claude-thinking-top-k', where: 'additionalFields' }, ({ topK }) => {
    if (!topK) return undefined;
    return {
      path: topK.path,
      message: () => l10n.t('With thinking there is no top K. Remove it.'),
      refusal: `\`top_k\` must be unset when thinking is enabled. ${reference}#important-considerations-when-using-extended-thinking`,
    };
  }),
  thinkingRule({ id: 'claude-thinking-forced-tool', where: 'tools' }, ({ forcedTool }) => {
    if (!forcedTool) return undefined;
    return {
      path: forcedTool,
      message: () => l10n.t('With thinking no tool can be forced. Let the model choose.'),
      refusal: 'Thinking may not be enabled when tool_choice forces tool use.',
    };
  }),
  thinkingRule({ id: 'claude-thinking-prefill', where: 'turns' }, ({ messages }) => {
    const last = messages.at(-1);
    if (last?.role !== 'assistant' || !last.endsWithText) return undefined;
    return {
      path: last.path,
      message: () =>
        l10n.t(
          'With thinking an answer cannot be begun. End the conversation with a user message.',
        ),
      refusal: `When thinking is enabled, a final \`assistant\` message must start with a thinking block. ${reference}`,
    };
  }),
];
