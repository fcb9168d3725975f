import * as l10n from '@vscode/l10n';
import { commonProblems, foreignProblems, messageProblems, missingProblems } from './checks.js';
import { readConverseOutput } from './converse.js';
import { lastUserText } from './json.js';
import type { BodyForm } from './types.js';

const name = 'Nova';
const foreign = {
  anthropic_version: () => l10n.t('Remove it: it belongs to Claude.'),
  max_tokens: () => l10n.t('Write "inferenceConfig": {"maxTokens": …}.'),
  max_completion_tokens: () => l10n.t('Write "inferenceConfig": {"maxTokens": …}.'),
  max_gen_len: () => l10n.t('Write "inferenceConfig": {"maxTokens": …}.'),
  temperature: () => l10n.t('Write it inside "inferenceConfig".'),
  top_p: () => l10n.t('Write "inferenceConfig": {"topP": …}.'),
  prompt: () => l10n.t('Write "messages": [{"role": "user", "content": [{"text": "…"}]}].'),
  inputText: () => l10n.t('Write "messages": [{"role": "user", "content": [{"text": "…"}]}].'),
};

/** https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html */
export const nova: BodyForm = {
  checkBody(body) {
    return [
      ...commonProblems(body),
      ...missingProblems(body, name, ['messages']),
      ...foreignProblems(body, name, foreign),
      ...messageProblems(body, { name, roles: ['user', 'assistant'], content: 'blocks' }),
    ];
  },
  readOutput: readConverseOutput,
  readInput: lastUserText,
};
