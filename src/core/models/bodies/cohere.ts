import * as l10n from '@vscode/l10n';
import { readCommandRAnswer } from '../../answers/cohereAnswer.js';
import { modelAnswer } from '../../answers/modelAnswer.js';
import { at } from './json.js';
import {
  answerLength,
  anyList,
  anyObject,
  choice,
  count,
  flag,
  input,
  limit,
  plain,
  share,
  stop,
  temperature,
  topK,
  topP,
} from './memberForms.js';
import { promptForm } from './promptText.js';

/** Command and Command Light. */
export const cohereCommand = promptForm({
  name: () => 'Command',
  page: 'model-parameters-cohere-command',
  member: 'prompt',
  own: { limit: 'max_tokens', topP: 'p', topK: 'k', stop: 'stop_sequences' },
  extras: 'refused',
  members: {
    prompt: input(() => l10n.t('The prompt.')),
    temperature: {
      ...share(() => l10n.t('How much chance there is in the answer.'), 5),
      start: 0.9,
    },
    max_tokens: limit(() => l10n.t('How long the answer may be; without it only 20 tokens.'), 4096),
    p: topP(),
    k: { ...topK(0, 500), type: 'number' },
    stop_sequences: stop(),
    num_generations: count(() => l10n.t('How many answers.'), 1, 5),
    return_likelihoods: choice(
      () => l10n.t('Whether probabilities come back.'),
      ...['GENERATION', 'ALL', 'NONE'],
    ),
    truncate: choice(() => l10n.t('Which end of a long prompt is cut.'), 'NONE', 'START', 'END'),
    logit_bias: anyObject(() => l10n.t('Token id → bias from -10 to 10.')),
    stream: flag(() => l10n.t('True for streaming.')),
  },
  readOutput: (output) =>
    modelAnswer(at(output, 'generations', 0, 'text'), {
      stopReason: at(output, 'generations', 0, 'finish_reason'),
    }),
});

/** Command R and R+. */
export const cohereCommandR = promptForm({
  name: () => 'Command R',
  page: 'model-parameters-cohere-command-r-plus',
  member: 'message',
  own: { limit: 'max_tokens', topP: 'p', topK: 'k', stop: 'stop_sequences', system: 'preamble' },
  extras: 'refused',
  members: {
    message: input(() => l10n.t('The question.')),
    chat_history: anyList(() =>
      l10n.t('Earlier turns: `{"role": "USER" or "CHATBOT", "message": "…"}`.'),
    ),
    preamble: plain('string', () => l10n.t('What the model should be.')),
    documents: anyList(() =>
      l10n.t('Texts the answer may cite: `{"title": "…", "snippet": "…"}`.'),
    ),
    max_tokens: { ...limit(answerLength, 4000), isSoft: true },
    temperature: temperature(),
    p: { ...topP(0.99), isSoft: true },
    k: { ...topK(0, 500), type: 'number', isSoft: true },
    stop_sequences: stop(),
    tools: anyList(() => l10n.t('Tools the model may ask for.')),
    tool_results: anyList(() => l10n.t('What the tools gave.')),
    search_queries_only: plain('boolean'),
    prompt_truncation: plain('string'),
    frequency_penalty: plain('number'),
    presence_penalty: plain('number'),
    seed: plain('integer'),
    return_prompt: plain('boolean'),
    raw_prompting: plain('boolean'),
    stream: flag(() => l10n.t('True for streaming.')),
  },
  readOutput: readCommandRAnswer,
});
