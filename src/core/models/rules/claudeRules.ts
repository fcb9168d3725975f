import * as l10n from '@vscode/l10n';
import { isBlank } from '../bodies/finding.js';
import type { ModelRule } from './rule.js';

const date = '2026-11-25';
const page = 'https://docs.aws.amazon.com/bedrock/latest/userguide/';

/** Claude 4.1, 4.5 and 4.6 with and without a date; not `claude-opus-4-20250514`. */
const oneParameter = /^anthropic\.claude-(?:opus|sonnet|haiku)-4-[156](?!\d)/;
/** Models whose cards or recorded refusals say that sampling and a thinking budget are gone. */
const noSampling = /^anthropic\.claude-(?:opus-4-[78]|opus-5|sonnet-5)(?![\d]|-\d(?!\d))/;
/** Claude from 4.7 on, whatever it will be called. */
const later = /^anthropic\.claude-(?:[a-z]+-)(?:4-[789](?!\d)|4-\d\d(?!\d)|[5-9](?!\d)|\d\d(?!\d))/;
const claude = /^anthropic\.claude-(?!instant|v\d)/;

/** What Claude models refuse; the texts of the refusals are Anthropic's own. */
export const claudeRules: readonly ModelRule[] = [
  {
    id: 'claude-one-sampling-parameter',
    models: oneParameter,
    sources: [
      `${page}model-parameters-anthropic-claude-messages-request-response.html`,
      'https://github.com/aws-samples/bedrock-access-gateway/pull/238',
      'https://github.com/aws-samples/bedrock-chat/pull/979',
    ],
    date,
    where: 'parameters',
    breach({ temperature, topP }) {
      if (!temperature || !topP) return undefined;
      return {
        path: topP.path,
        message: () => l10n.t('This model takes temperature or top P, not both. Clear one.'),
        refusal:
          '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
      };
    },
  },
  {
    id: 'claude-no-sampling-parameters',
    models: noSampling,
    likely: later,
    sources: [
      `${page}model-card-anthropic-claude-opus-4-7.html`,
      'https://github.com/logancyang/obsidian-copilot/issues/2600',
      'https://platform.claude.com/docs/en/about-claude/models/migration-guide',
    ],
    date,
    where: 'parameters',
    breach({ temperature, topP, topK }) {
      const found = temperature ?? topP ?? topK;
      if (!found) return undefined;
      const name = String(found.path.at(-1));
      return {
        path: found.path,
        // With adaptive thinking the default value is taken.
        isExcused: !topK && (temperature?.value ?? 1) === 1 && (topP?.value ?? 1) === 1,
        message: () =>
          l10n.t('This model takes no sampling parameters: "{0}" is refused. Remove it.', name),
        refusal: `\`${apiNames[name] ?? name}\` is deprecated for this model.`,
      };
    },
  },
  {
    id: 'claude-adaptive-thinking-only',
    models: noSampling,
    likely: later,
    sources: [
      `${page}model-card-anthropic-claude-opus-4-7.html`,
      'https://github.com/earendil-works/pi/pull/7081',
      'https://github.com/coder/coder/pull/26691',
    ],
    date,
    where: 'additionalFields',
    breach({ thinking }) {
      if (thinking?.value.type !== 'enabled') return undefined;
      return {
        path: [...thinking.path, 'type'],
        message: () =>
          l10n.t(
            'This model has no thinking budget. Write "thinking": {"type": "adaptive"} and set the effort.',
          ),
        refusal:
          '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
      };
    },
  },
  {
    id: 'claude-stop-sequence-blank',
    models: claude,
    sources: ['https://github.com/BerriAI/litellm/issues/3286'],
    date,
    where: 'parameters',
    breach({ stopSequences }) {
      const found = stopSequences.find(({ value }) => isBlank(value));
      if (!found) return undefined;
      return {
        path: found.path,
        message: () =>
          l10n.t(
            'Claude takes no stop sequence of only white space or line breaks. Write one with a visible character.',
          ),
        refusal: 'stop_sequences: each stop sequence must contain non-whitespace',
      };
    },
  },
  {
    id: 'claude-schema-root',
    models: claude,
    sources: [
      'https://github.com/anthropics/claude-code/issues/5973',
      'https://github.com/windoze95/cantinarr/issues/497',
    ],
    date,
    where: 'tools',
    breach({ schemas }) {
      const names = ['oneOf', 'anyOf', 'allOf'];
      const found = schemas.find(({ value }) => names.some((name) => Object.hasOwn(value, name)));
      if (!found) return undefined;
      return {
        path: found.path,
        message: () =>
          l10n.t(
            'Claude takes no "oneOf", "anyOf" or "allOf" at the root of a tool’s schema. Write one object with all properties.',
          ),
        refusal: `tools.${found.path.find((step) => typeof step === 'number') ?? 0}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`,
      };
    },
  },
  {
    id: 'claude-no-prefill',
    models: /^anthropic\.claude-(?:opus|sonnet)-4-6(?!\d)/,
    likely: later,
    sources: [
      'https://github.com/anomalyco/opencode/issues/29760',
      'https://github.com/anomalyco/opencode/issues/13768',
    ],
    date,
    where: 'turns',
    breach({ messages }) {
      const last = messages.at(-1);
      if (last?.role !== 'assistant') return undefined;
      return {
        path: last.path,
        // A turn that a server tool paused is sent back as it is.
        isExcused: !last.endsWithText,
        message: () =>
          l10n.t(
            'This model does not go on with an answer that is begun. End the conversation with a user message.',
          ),
        refusal:
          'This model does not support assistant message prefill. The conversation must end with a user message.',
      };
    },
  },
  {
    id: 'claude-system-turn',
    models: /^anthropic\.claude-(?:3|v2|instant|(?:opus|sonnet|haiku)-4(?:-[1-7](?!\d)|-\d{8}|$))/,
    likely: /^(?!anthropic\.claude-opus-(?:4-8|[5-9]))[a-z0-9]+\./,
    sources: [
      'https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages',
      'https://github.com/simonw/llm-anthropic/issues/73',
    ],
    date,
    where: 'turns',
    breach({ messages }) {
      const index = messages.findIndex(({ role, isEmpty }) => role === 'system' && !isEmpty);
      // The first one has no place with any model: the description of the body says so.
      if (index <= 0) return undefined;
      return {
        path: [...(messages[index]?.path ?? []), 'role'],
        message: () =>
          l10n.t(
            'This model takes "user" and "assistant" messages only. Move the system text to the "system" member.',
          ),
        refusal: `messages.${index}.role: Input should be 'user' or 'assistant'`,
      };
    },
  },
];

const apiNames: Readonly<Record<string, string>> = { topP: 'top_p', topK: 'top_k' };
