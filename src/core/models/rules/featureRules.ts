import * as l10n from '@vscode/l10n';
import type { Path } from '../bodies/finding.js';
import type { RequestFacts } from './requestFacts.js';
import type { ModelRule } from './rule.js';

const table =
  'https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html';
const common = { date: '2026-11-25' } as const;

/** Chat models of the page's table that have no tools, no images and no system text. */
const completionOnly =
  'amazon\\.titan-t|mistral\\.mistral-7b-instruct|mistral\\.mixtral-8x7b|cohere\\.command-(?:text|light)|ai21\\.j2-';

const pattern = (...names: string[]) => new RegExp(`^(?:${names.join('|')})`);

/** What the table of Converse's features says No to. A native body that has no such member needs no rule. */
export const featureRules: readonly ModelRule[] = [
  {
    ...common,
    id: 'no-system-text',
    models: pattern(completionOnly),
    sources: [
      table,
      'https://github.com/567-labs/instructor/issues/1753',
      'https://github.com/danny-avila/LibreChat/issues/6456',
    ],
    where: 'system',
    breach: ({ isConverse, system }: RequestFacts) =>
      isConverse && system
        ? {
            path: system,
            message: () =>
              l10n.t('This model takes no system text. Put it into the first user message.'),
            refusal:
              "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
          }
        : undefined,
  },
  {
    ...common,
    id: 'no-tools',
    models: pattern(
      completionOnly,
      ...['meta\\.llama3-8b', 'meta\\.llama3-70b', 'meta\\.llama3-2-[13]b', 'meta\\.llama2'],
      ...['anthropic\\.claude-(?:v2|instant)', 'ai21\\.jamba-instruct', 'deepseek\\.r1'],
    ),
    sources: [table],
    where: 'tools',
    breach: ({ isConverse, tools }: RequestFacts) =>
      isConverse && tools
        ? {
            path: tools,
            message: () =>
              l10n.t('This model takes no tools. Remove them, or choose another model.'),
            refusal: "This model doesn't support tool use.",
          }
        : undefined,
  },
  mediaRule(
    'no-images',
    pattern(
      completionOnly,
      ...['mistral\\.mistral-(?:small|large)-24', 'meta\\.llama3-(?:8b|70b|1-|3-|2-[13]b)'],
      ...['cohere\\.command-r', 'ai21\\.jamba', 'deepseek\\.r1', 'amazon\\.nova-micro'],
      ...['anthropic\\.claude-(?:v2|instant)', 'meta\\.llama2'],
    ),
    ({ images }) => images[0],
    {
      message: () =>
        l10n.t('This model does not see images. Remove them, or choose another model.'),
      kind: 'image',
    },
  ),
  mediaRule(
    'no-documents',
    pattern(
      ...['amazon\\.titan-text-premier', 'ai21\\.jamba-instruct', 'ai21\\.j2-'],
      ...['cohere\\.command-light', 'amazon\\.nova-micro'],
    ),
    ({ documents }) => documents[0],
    {
      message: () =>
        l10n.t(
          'This model reads no documents. Put the text into the message, or choose another model.',
        ),
      kind: 'document',
    },
  ),
];

function mediaRule(
  id: string,
  models: RegExp,
  find: (facts: RequestFacts) => Path | undefined,
  { message, kind }: { readonly message: () => string; readonly kind: string },
): ModelRule {
  return {
    ...common,
    id,
    models,
    sources: [table],
    where: 'turns',
    breach(facts) {
      const path = find(facts);
      return (
        path && {
          path,
          message,
          refusal: `This model doesn't support the ${kind} content block that you provided. Update the content block and try again.`,
        }
      );
    },
  };
}
