import * as l10n from '@vscode/l10n';
import type { Family } from '../models/families.js';
import { embeddingBodies } from './embeddingBodies.js';
import type { Members } from './member.js';
import {
  anyList,
  anyObject,
  choice,
  count,
  flag,
  input,
  limit,
  messages,
  question,
  share,
  stop,
  temperature,
  texts,
  topP,
} from './memberForms.js';

const chatMessages = () =>
  messages(
    [{ role: 'user', content: question }],
    ...['system', 'developer', 'user', 'assistant', 'tool'],
  );

const chatMembers = (): Members => ({
  messages: chatMessages(),
  temperature: { ...temperature(), max: 2 },
  top_p: topP(),
  stop: { type: 'any', about: l10n.t('A text, or a list of texts, that end the answer.') },
  tools: anyList(l10n.t('Functions the model may ask for.')),
  tool_choice: { type: 'any', about: l10n.t('auto, none, required, or one function.') },
  response_format: anyObject(l10n.t('`{"type": "json_schema", …}` for an answer in a given form.')),
});

const chat = (): Members => ({
  ...chatMembers(),
  max_tokens: limit(l10n.t('How long the answer may be, in tokens.')),
});

/**
 * The native body of each family: member names, ranges and what they mean.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html and its sub-pages.
 */
export const nativeBodies: Readonly<Record<Family, () => Members>> = {
  anthropic: () => ({
    anthropic_version: {
      type: 'string',
      about: l10n.t('The version of the body; Bedrock knows this one.'),
      isRequired: true,
      choices: ['bedrock-2023-05-31'],
      start: 'bedrock-2023-05-31',
    },
    max_tokens: { ...limit(l10n.t('How long the answer may be, in tokens.')), isRequired: true },
    system: {
      type: 'any',
      about: l10n.t('What the model should be: a text, or a list of text blocks.'),
    },
    messages: messages(
      [{ role: 'user', content: [{ type: 'text', text: question }] }],
      ...['user', 'assistant'],
    ),
    temperature: temperature(),
    top_p: topP(),
    top_k: count(l10n.t('Only the k most probable tokens are considered.')),
    stop_sequences: stop(),
    tools: anyList(
      l10n.t('Tools the model may ask for, each with name, description and input_schema.'),
    ),
    tool_choice: anyObject(l10n.t('`{"type": "auto"}`, `any`, or one tool by name.')),
    thinking: anyObject(l10n.t('`{"type": "enabled", "budget_tokens": 1024}` shows the thoughts.')),
    anthropic_beta: texts(l10n.t('Names of beta features.')),
    output_config: anyObject(l10n.t('Form and effort of the answer.')),
  }),
  nova: () => ({
    schemaVersion: {
      type: 'string',
      about: l10n.t('The version of the body.'),
      choices: ['messages-v1'],
      start: 'messages-v1',
    },
    system: anyList(l10n.t('What the model should be: `[{"text": "…"}]`.')),
    messages: messages([{ role: 'user', content: [{ text: question }] }], 'user', 'assistant'),
    inferenceConfig: {
      type: 'object',
      about: l10n.t('Parameters of the answer.'),
      members: {
        maxTokens: limit(l10n.t('How long the answer may be, in tokens.')),
        temperature: temperature(),
        topP: topP(),
        topK: count(l10n.t('Only the k most probable tokens are considered.'), 0, 128),
        stopSequences: stop(),
      },
    },
    toolConfig: anyObject(l10n.t('Tools, as Converse has them.')),
  }),
  titanText: () => ({
    inputText: input(l10n.t('The prompt.')),
    textGenerationConfig: {
      type: 'object',
      about: l10n.t('Parameters of the answer.'),
      members: {
        maxTokenCount: limit(l10n.t('How long the answer may be, in tokens.'), 8192),
        temperature: temperature(),
        topP: topP(),
        stopSequences: stop(),
      },
    },
  }),
  jurassic2: () => ({
    prompt: input(l10n.t('The prompt.')),
    maxTokens: limit(l10n.t('How long the answer may be, in tokens.'), 8191),
    temperature: temperature(),
    topP: topP(),
    stopSequences: stop(),
    countPenalty: anyObject(l10n.t('`{"scale": 0}`: against repeated tokens, by count.')),
    presencePenalty: anyObject(l10n.t('`{"scale": 0}`: against tokens that are there already.')),
    frequencyPenalty: anyObject(l10n.t('`{"scale": 0}`: against frequent tokens.')),
  }),
  jamba: () => ({
    messages: chatMessages(),
    max_tokens: limit(l10n.t('How long the answer may be, in tokens.'), 4096),
    temperature: { ...temperature(), max: 2 },
    top_p: topP(),
    stop: { type: 'any', about: l10n.t('A text, or a list of texts, that end the answer.') },
    n: count(l10n.t('How many answers.'), 1, 16),
    frequency_penalty: { type: 'number', about: l10n.t('Against frequent tokens.') },
    presence_penalty: { type: 'number', about: l10n.t('Against tokens that are there already.') },
    tools: anyList(l10n.t('Functions the model may ask for.')),
    response_format: anyObject(l10n.t('`{"type": "json_object"}` for JSON.')),
  }),
  cohereCommand: () => ({
    prompt: input(l10n.t('The prompt.')),
    temperature: { ...share(l10n.t('How much chance there is in the answer.'), 5), start: 0.9 },
    max_tokens: limit(l10n.t('How long the answer may be; without it only 20 tokens.'), 4096),
    p: share(l10n.t('Only tokens that together have this probability are considered.')),
    k: {
      type: 'number',
      about: l10n.t('Only the k most probable tokens are considered.'),
      min: 0,
      max: 500,
    },
    stop_sequences: stop(),
    num_generations: count(l10n.t('How many answers.'), 1, 5),
    return_likelihoods: choice(
      l10n.t('Whether probabilities come back.'),
      'GENERATION',
      'ALL',
      'NONE',
    ),
    truncate: choice(l10n.t('Which end of a long prompt is cut.'), 'NONE', 'START', 'END'),
    logit_bias: anyObject(l10n.t('Token id → bias from -10 to 10.')),
    stream: flag(l10n.t('True for streaming.')),
  }),
  cohereCommandR: () => ({
    message: input(l10n.t('The question.')),
    chat_history: anyList(
      l10n.t('Earlier turns: `{"role": "USER" or "CHATBOT", "message": "…"}`.'),
    ),
    preamble: { type: 'string', about: l10n.t('What the model should be.') },
    documents: anyList(l10n.t('Texts the answer may cite: `{"title": "…", "snippet": "…"}`.')),
    max_tokens: limit(l10n.t('How long the answer may be, in tokens.'), 4000),
    temperature: temperature(),
    p: share(l10n.t('Only tokens that together have this probability are considered.'), 0.99),
    k: count(l10n.t('Only the k most probable tokens are considered.'), 0, 500),
    stop_sequences: stop(),
    tools: anyList(l10n.t('Tools the model may ask for.')),
    tool_results: anyList(l10n.t('What the tools gave.')),
  }),
  llama: () => ({
    prompt: input(
      l10n.t('The prompt with the markers of Llama 3: each turn between header and <|eot_id|>.'),
      `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${question}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
    ),
    max_gen_len: limit(l10n.t('How long the answer may be, in tokens.'), 8192),
    temperature: temperature(),
    top_p: topP(),
    images: texts(l10n.t('Images in base64, for the models that see (3.2 and newer).')),
  }),
  mistralText: () => ({
    prompt: input(l10n.t('The prompt with Mistral’s markers.'), `<s>[INST] ${question} [/INST]`),
    max_tokens: limit(l10n.t('How long the answer may be, in tokens.'), 8192),
    temperature: temperature(),
    top_p: topP(),
    top_k: {
      type: 'number',
      about: l10n.t('Only the k most probable tokens are considered.'),
      min: 0,
      max: 200,
    },
    stop: stop(),
  }),
  mistralChat: chat,
  deepseekR1: () => ({
    prompt: input(
      l10n.t('The prompt with DeepSeek’s markers; thoughts come first in the answer.'),
      `<｜begin▁of▁sentence｜><｜User｜>${question}<｜Assistant｜><think>\n`,
    ),
    max_tokens: limit(l10n.t('How long thoughts and answer may be, in tokens.'), 32_768, 2000),
    temperature: temperature(),
    top_p: topP(),
    stop: stop(),
  }),
  openAiChat: chat,
  gptOss: () => ({
    ...chatMembers(),
    max_completion_tokens: limit(
      l10n.t('How long thoughts and answer may be, in tokens.'),
      undefined,
      1000,
    ),
    reasoning_effort: choice(l10n.t('How long the model thinks.'), 'low', 'medium', 'high'),
  }),
  ...embeddingBodies,
};

/** The members of a family's native body. */
export function nativeBody(family: Family): Members {
  return nativeBodies[family]();
}
