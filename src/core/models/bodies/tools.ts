import * as l10n from '@vscode/l10n';
import type { Member } from './member.js';
import { anyObject, plain } from './memberForms.js';

/** The root of a tool's input: an object, as every provider on Bedrock wants it. */
const inputSchema: Member = {
  type: 'object',
  members: {
    type: {
      type: 'string',
      isRequired: true,
      choices: ['object'],
      instead: () => l10n.t('Write "object".'),
    },
  },
};

/**
 * Tools in Converse's form.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html (2026-11)
 */
export const converseTools: Member = {
  type: 'object',
  about: () => l10n.t('Tools, as Converse has them.'),
  members: {
    tools: {
      type: 'array',
      isRequired: true,
      min: 1,
      items: {
        type: 'object',
        isUnion: true,
        members: {
          toolSpec: {
            type: 'object',
            members: {
              name: { type: 'string', isRequired: true },
              description: { type: 'string', text: 'nonEmpty' },
              inputSchema: {
                type: 'object',
                isRequired: true,
                members: { json: { ...inputSchema, isRequired: true } },
              },
            },
          },
          systemTool: anyObject(),
          cachePoint: anyObject(),
        },
      },
    },
    toolChoice: plain('object'),
  },
};

/** Claude's own tools; those that Anthropic runs have no schema. */
export const claudeTools: Member = {
  type: 'array',
  about: () => l10n.t('Tools the model may ask for, each with name, description and input_schema.'),
  items: { type: 'object', members: { input_schema: inputSchema } },
};
