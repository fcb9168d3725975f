import * as l10n from '@vscode/l10n';
import { imageType, roleOf } from './media.js';
import type { Group, Member } from './member.js';
import { anyObject, plain, question } from './memberForms.js';

const required = (member: Member): Member => ({ ...member, isRequired: true });

const source = (forms: Readonly<Record<string, Group>>): Member => ({
  type: 'object',
  isRequired: true,
  tag: 'type',
  forms,
  isSoft: true,
});

const asked: Group = { members: {} };

/** Blocks that the models and AWS's tools write, and that are sent back as they are. */
const written = [
  ...['thinking', 'redacted_thinking', 'search_result', 'server_tool_use', 'container_upload'],
  ...['web_search_tool_result', 'web_fetch_tool_result', 'code_execution_tool_result'],
  ...['bash_code_execution_tool_result', 'text_editor_code_execution_tool_result'],
  ...['tool_search_tool_result', 'tool_reference', 'mcp_tool_use', 'mcp_tool_result', 'compaction'],
];

const openAiImage = () =>
  l10n.t('Convert it to {"type": "image", "source": {"type": "base64", …}}, or use Converse.');

/**
 * Claude's content blocks. Unknown ones are a warning only: Anthropic adds some.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 * (2026-11)
 */
const block: Member = {
  type: 'object',
  instead: () => l10n.t('Write {"type": "text", "text": "…"}.'),
  tag: 'type',
  isSoft: true,
  wrongForms: {
    image_url: openAiImage,
    input_image: openAiImage,
    input_text: () => l10n.t('Write "text".'),
    output_text: () => l10n.t('Write "text".'),
  },
  forms: {
    text: { members: { text: { type: 'string', isRequired: true, text: 'nonBlank' } } },
    image: {
      members: {
        source: source({
          base64: { members: { media_type: imageType, data: required(plain('string')) } },
        }),
      },
    },
    document: { members: { source: required(anyObject()) } },
    tool_use: {
      members: {
        id: required(plain('string')),
        name: required(plain('string')),
        input: {
          type: 'object',
          isRequired: true,
          instead: () => l10n.t('Write an object: {"name": "value"}.'),
        },
      },
    },
    tool_result: { members: { tool_use_id: required(plain('string')) } },
    ...Object.fromEntries(written.map((name) => [name, asked])),
  },
};

/** Claude's conversation: a text or blocks a message. */
export const claudeMessages: Member = {
  type: 'array',
  about: () => l10n.t('The conversation so far, the question last.'),
  isRequired: true,
  min: 1,
  instead: () => l10n.t('Write at least one message: [{"role": "user", "content": "…"}].'),
  start: [{ role: 'user', content: [{ type: 'text', text: question }] }],
  items: {
    type: 'object',
    about: () => l10n.t('One message.'),
    instead: () => l10n.t('Write {"role": "user", "content": …}.'),
    members: {
      role: roleOf(['user', 'assistant', 'system']),
      content: {
        type: 'any',
        about: () => l10n.t('A text, or a list of blocks.'),
        isRequired: true,
        instead: () => l10n.t('Write the text of the message.'),
        either: [
          { type: 'string', text: 'nonBlank' },
          {
            type: 'array',
            min: 1,
            rule: 'blank-text',
            instead: () => l10n.t('Write the text of the message.'),
            items: block,
          },
        ],
      },
    },
  },
};

/** Claude's system prompt: a text or text blocks. */
export const claudeSystem: Member = {
  type: 'any',
  about: () => l10n.t('What the model should be: a text, or a list of text blocks.'),
  instead: () => l10n.t('Write a text.'),
  either: [
    plain('string'),
    {
      type: 'array',
      items: {
        type: 'object',
        instead: () => l10n.t('Write {"type": "text", "text": "…"}.'),
        tag: 'type',
        isSoft: true,
        forms: {
          text: { members: { text: { type: 'string', isRequired: true, text: 'nonBlank' } } },
        },
      },
    },
  ],
};
