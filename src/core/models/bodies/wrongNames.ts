import * as l10n from '@vscode/l10n';
import type { Hints } from './member.js';

/** How the providers spell what they all have; people take one's name into another's body. */
const spellings = {
  limit: [
    ...[
      'max_tokens',
      'max_completion_tokens',
      'max_output_tokens',
      'max_new_tokens',
      'max_gen_len',
    ],
    ...['max_tokens_to_sample', 'maxTokens', 'maxTokenCount', 'maxOutputTokens', 'maxNewTokens'],
  ],
  temperature: ['temperature'],
  topP: ['top_p', 'topP', 'p'],
  topK: ['top_k', 'topK', 'k'],
  stop: ['stop', 'stop_sequences', 'stopSequences', 'stop_words'],
  system: ['system', 'system_prompt', 'systemPrompt', 'systemInstruction', 'preamble'],
  tools: ['tools', 'toolConfig', 'functions'],
  toolChoice: ['tool_choice', 'toolChoice', 'function_call'],
  format: ['response_format', 'output_config', 'outputConfig', 'response_schema', 'responseFormat'],
  effort: ['reasoning_effort', 'reasoning'],
  input: ['messages', 'prompt', 'inputText', 'contents', 'input', 'texts', 'message'],
  user: ['user'],
} as const;

type Meaning = keyof typeof spellings;

/** Parameters that only OpenAI's API has. */
const openAiOnly = [
  ...['n', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'logprobs', 'top_logprobs'],
  ...['seed', 'store', 'stream_options', 'modalities', 'parallel_tool_calls'],
];

const remove = () => l10n.t('Remove it.');
const removeModel = () => l10n.t('Remove it: the model is chosen outside the body.');
const removeClaude = () => l10n.t('Remove it: it belongs to Claude.');

/** The other spellings of what a body has: a name to write, or a sentence that says what to do. */
export function wrongNames(own: Partial<Record<Meaning, string | (() => string)>>): Hints {
  const hints: Record<string, () => string> = {};
  for (const [meaning, right] of Object.entries(own)) {
    const hint = typeof right === 'string' ? () => l10n.t('Write "{0}".', right) : right;
    for (const name of spellings[meaning as Meaning]) if (name !== right) hints[name] = hint;
  }
  return hints;
}

/** Names that no body but OpenAI's has. */
export const openAiNames: Hints = Object.fromEntries(openAiOnly.map((name) => [name, remove]));

/** Names of the model: it is chosen for the call or the job. */
export const modelNames: Hints = Object.fromEntries(
  ['model', 'model_id', 'modelName'].map((name) => [name, removeModel]),
);

/** Names that only Claude's body has. */
export const claudeNames: Hints = { anthropic_version: removeClaude };
