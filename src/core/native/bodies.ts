import type { Family } from '../models/families.js';
import type { Member, Members } from './member.js';

const question = 'Explain what a vector database is, in two sentences.';
const input = (about: string, start = question): Member => ({
  type: 'string',
  about,
  isRequired: true,
  start,
});
const limit = (about: string, max?: number, start = 400): Member => ({
  type: 'integer',
  about,
  min: 1,
  ...(max !== undefined && { max }),
  start,
});
const share = (about: string, max = 1): Member => ({ type: 'number', about, min: 0, max });
const count = (about: string, min = 0, max?: number): Member => ({
  type: 'integer',
  about,
  min,
  ...(max !== undefined && { max }),
});
const texts = (about: string): Member => ({
  type: 'array',
  about,
  items: { type: 'string', about: 'A text.' },
});
const flag = (about: string): Member => ({ type: 'boolean', about });
const anyObject = (about: string): Member => ({ type: 'object', about });
const anyList = (about: string): Member => ({ type: 'array', about });
const choice = (about: string, ...choices: string[]): Member => ({
  type: 'string',
  about,
  choices,
});

const temperature = share('How much chance there is in the answer; leave it out for the default.');
const topP = share('Only tokens that together have this probability are considered.');
const stop = texts('Texts that end the answer.');

const messages = (start: Member['start'], ...roles: string[]): Member => ({
  type: 'array',
  about: 'The conversation so far, the question last.',
  isRequired: true,
  min: 1,
  ...(start !== undefined && { start }),
  items: {
    type: 'object',
    about: 'One message.',
    members: {
      role: { type: 'string', about: 'Who speaks.', isRequired: true, choices: roles },
      content: { type: 'any', about: 'A text, or a list of blocks.' },
    },
  },
});

const chatMessages = messages(
  [{ role: 'user', content: question }],
  ...['system', 'developer', 'user', 'assistant', 'tool'],
);

const chatMembers: Members = {
  messages: chatMessages,
  temperature: { ...temperature, max: 2 },
  top_p: topP,
  stop: { type: 'any', about: 'A text, or a list of texts, that end the answer.' },
  tools: anyList('Functions the model may ask for.'),
  tool_choice: { type: 'any', about: 'auto, none, required, or one function.' },
  response_format: anyObject('`{"type": "json_schema", …}` for an answer in a given form.'),
};

const chat: Members = {
  ...chatMembers,
  max_tokens: limit('How long the answer may be, in tokens.'),
};

/**
 * The native body of each family: member names, ranges and what they mean.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html and its sub-pages.
 */
export const nativeBodies: Readonly<Record<Family, Members>> = {
  anthropic: {
    anthropic_version: {
      type: 'string',
      about: 'The version of the body; Bedrock knows this one.',
      isRequired: true,
      choices: ['bedrock-2023-05-31'],
      start: 'bedrock-2023-05-31',
    },
    max_tokens: { ...limit('How long the answer may be, in tokens.'), isRequired: true },
    system: { type: 'any', about: 'What the model should be: a text, or a list of text blocks.' },
    messages: messages(
      [{ role: 'user', content: [{ type: 'text', text: question }] }],
      ...['user', 'assistant'],
    ),
    temperature,
    top_p: topP,
    top_k: count('Only the k most probable tokens are considered.'),
    stop_sequences: stop,
    tools: anyList('Tools the model may ask for, each with name, description and input_schema.'),
    tool_choice: anyObject('`{"type": "auto"}`, `any`, or one tool by name.'),
    thinking: anyObject('`{"type": "enabled", "budget_tokens": 1024}` shows the thoughts.'),
    anthropic_beta: texts('Names of beta features.'),
    output_config: anyObject('Form and effort of the answer.'),
  },
  nova: {
    schemaVersion: {
      type: 'string',
      about: 'The version of the body.',
      choices: ['messages-v1'],
      start: 'messages-v1',
    },
    system: anyList('What the model should be: `[{"text": "…"}]`.'),
    messages: messages([{ role: 'user', content: [{ text: question }] }], 'user', 'assistant'),
    inferenceConfig: {
      type: 'object',
      about: 'Parameters of the answer.',
      members: {
        maxTokens: limit('How long the answer may be, in tokens.'),
        temperature,
        topP,
        topK: count('Only the k most probable tokens are considered.', 0, 128),
        stopSequences: stop,
      },
    },
    toolConfig: anyObject('Tools, as Converse has them.'),
  },
  titanText: {
    inputText: input('The prompt.'),
    textGenerationConfig: {
      type: 'object',
      about: 'Parameters of the answer.',
      members: {
        maxTokenCount: limit('How long the answer may be, in tokens.', 8192),
        temperature,
        topP,
        stopSequences: stop,
      },
    },
  },
  jurassic2: {
    prompt: input('The prompt.'),
    maxTokens: limit('How long the answer may be, in tokens.', 8191),
    temperature,
    topP,
    stopSequences: stop,
    countPenalty: anyObject('`{"scale": 0}`: against repeated tokens, by count.'),
    presencePenalty: anyObject('`{"scale": 0}`: against tokens that are there already.'),
    frequencyPenalty: anyObject('`{"scale": 0}`: against frequent tokens.'),
  },
  jamba: {
    messages: chatMessages,
    max_tokens: limit('How long the answer may be, in tokens.', 4096),
    temperature: { ...temperature, max: 2 },
    top_p: topP,
    stop: { type: 'any', about: 'A text, or a list of texts, that end the answer.' },
    n: count('How many answers.', 1, 16),
    frequency_penalty: { type: 'number', about: 'Against frequent tokens.' },
    presence_penalty: { type: 'number', about: 'Against tokens that are there already.' },
    tools: anyList('Functions the model may ask for.'),
    response_format: anyObject('`{"type": "json_object"}` for JSON.'),
  },
  cohereCommand: {
    prompt: input('The prompt.'),
    temperature: { ...share('How much chance there is in the answer.', 5), start: 0.9 },
    max_tokens: limit('How long the answer may be; without it only 20 tokens.', 4096),
    p: share('Only tokens that together have this probability are considered.'),
    k: {
      type: 'number',
      about: 'Only the k most probable tokens are considered.',
      min: 0,
      max: 500,
    },
    stop_sequences: stop,
    num_generations: count('How many answers.', 1, 5),
    return_likelihoods: choice('Whether probabilities come back.', 'GENERATION', 'ALL', 'NONE'),
    truncate: choice('Which end of a long prompt is cut.', 'NONE', 'START', 'END'),
    logit_bias: anyObject('Token id → bias from -10 to 10.'),
    stream: flag('True for streaming.'),
  },
  cohereCommandR: {
    message: input('The question.'),
    chat_history: anyList('Earlier turns: `{"role": "USER" or "CHATBOT", "message": "…"}`.'),
    preamble: { type: 'string', about: 'What the model should be.' },
    documents: anyList('Texts the answer may cite: `{"title": "…", "snippet": "…"}`.'),
    max_tokens: limit('How long the answer may be, in tokens.', 4000),
    temperature,
    p: share('Only tokens that together have this probability are considered.', 0.99),
    k: count('Only the k most probable tokens are considered.', 0, 500),
    stop_sequences: stop,
    tools: anyList('Tools the model may ask for.'),
    tool_results: anyList('What the tools gave.'),
  },
  llama: {
    prompt: input(
      'The prompt with the markers of Llama 3: each turn between header and <|eot_id|>.',
      `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${question}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
    ),
    max_gen_len: limit('How long the answer may be, in tokens.', 8192),
    temperature,
    top_p: topP,
    images: texts('Images in base64, for the models that see (3.2 and newer).'),
  },
  mistralText: {
    prompt: input('The prompt with Mistral’s markers.', `<s>[INST] ${question} [/INST]`),
    max_tokens: limit('How long the answer may be, in tokens.', 8192),
    temperature,
    top_p: topP,
    top_k: {
      type: 'number',
      about: 'Only the k most probable tokens are considered.',
      min: 0,
      max: 200,
    },
    stop,
  },
  mistralChat: chat,
  deepseekR1: {
    prompt: input(
      'The prompt with DeepSeek’s markers; thoughts come first in the answer.',
      `<｜begin▁of▁sentence｜><｜User｜>${question}<｜Assistant｜><think>\n`,
    ),
    max_tokens: limit('How long thoughts and answer may be, in tokens.', 32_768, 2000),
    temperature,
    top_p: topP,
    stop,
  },
  openAiChat: chat,
  gptOss: {
    ...chatMembers,
    max_completion_tokens: limit(
      'How long thoughts and answer may be, in tokens.',
      undefined,
      1000,
    ),
    reasoning_effort: choice('How long the model thinks.', 'low', 'medium', 'high'),
  },
  titanEmbedText: {
    inputText: input('The text to turn into a vector.'),
    dimensions: { type: 'integer', about: 'Length of the vector.', choices: [1024, 512, 256] },
    normalize: flag('True for vectors of length 1.'),
    embeddingTypes: texts('`float`, `binary` or both.'),
  },
  titanEmbedMultimodal: {
    inputText: {
      type: 'string',
      about: 'The text, beside or instead of an image.',
      start: question,
    },
    inputImage: { type: 'string', about: 'The image in base64.' },
    embeddingConfig: {
      type: 'object',
      about: 'Form of the vector.',
      members: {
        outputEmbeddingLength: {
          type: 'integer',
          about: 'Length of the vector.',
          choices: [256, 384, 1024],
        },
      },
    },
  },
  novaEmbed: {
    schemaVersion: {
      type: 'string',
      about: 'The version of the body.',
      start: 'nova-multimodal-embed-v1',
    },
    taskType: {
      type: 'string',
      about: 'What is asked for.',
      isRequired: true,
      choices: ['SINGLE_EMBEDDING'],
      start: 'SINGLE_EMBEDDING',
    },
    singleEmbeddingParams: {
      type: 'object',
      about: 'What to turn into a vector, and how.',
      isRequired: true,
      start: {
        embeddingPurpose: 'GENERIC_INDEX',
        embeddingDimension: 1024,
        text: { truncationMode: 'END', value: question },
      },
    },
  },
  cohereEmbed: {
    input_type: {
      type: 'string',
      about: 'What the vectors are for.',
      isRequired: true,
      choices: ['search_document', 'search_query', 'classification', 'clustering', 'image'],
      start: 'search_document',
    },
    texts: { ...texts('Texts to turn into vectors, at most 96.'), max: 96, start: [question] },
    images: texts('Images as data URIs, instead of texts.'),
    truncate: choice('Which end of a long text is cut.', 'NONE', 'START', 'END'),
    embedding_types: texts('`float`, `int8`, `uint8`, `binary`, `ubinary`.'),
  },
};
