import * as l10n from '@vscode/l10n';
import { readCompletionAnswer } from '../../answers/chatAnswer.js';
import { modelAnswer, type ModelAnswer } from '../../answers/modelAnswer.js';
import { bodyForm } from './bodyForm.js';
import { arrayOf, at, preview } from './json.js';
import type { Group, Hints, Members } from './member.js';
import {
  answerLength,
  anyObject,
  input,
  limit,
  plain,
  question,
  stop,
  temperature,
  texts,
  topK,
  topP,
} from './memberForms.js';
import type { BodyForm } from './types.js';
import { claudeNames, modelNames, openAiNames, wrongNames } from './wrongNames.js';

interface PromptForm {
  readonly name: () => string;
  /** The page below https://docs.aws.amazon.com/bedrock/latest/userguide/. */
  readonly page: string;
  /** The member that holds the text. */
  readonly member: string;
  /** The members that others spell differently. */
  readonly own: Parameters<typeof wrongNames>[0];
  readonly extras: NonNullable<Group['extras']>;
  readonly wrongNames?: Hints;
  readonly members: Members;
  readonly readOutput: (output: unknown) => ModelAnswer;
}

/** Bodies that are one text with parameters beside it. */
export function promptForm(form: PromptForm): BodyForm {
  const { name, page, member, own, extras, members, readOutput } = form;
  return bodyForm({
    name,
    source: `https://docs.aws.amazon.com/bedrock/latest/userguide/${page}.html`,
    date: '2026-11-25',
    refuser: 'schema',
    extras,
    wrongNames: {
      ...modelNames,
      ...openAiNames,
      ...claudeNames,
      ...wrongNames({
        ...own,
        input: () => l10n.t('Write "{0}" with the text, or use Converse.', member),
      }),
      inferenceConfig: () => l10n.t('Remove it: this body has its parameters at the top.'),
      ...form.wrongNames,
    },
    members,
    readOutput,
    readInput: (modelInput) => preview(at(modelInput, member)),
  });
}

const prompt = () => l10n.t('The prompt.');

/** AWS's page says 2048; the models of today are asked for more. */
export const llama = promptForm({
  name: () => 'Llama',
  page: 'model-parameters-meta',
  member: 'prompt',
  own: { limit: 'max_gen_len', topP: 'top_p' },
  extras: 'refused',
  members: {
    prompt: input(
      () =>
        l10n.t('The prompt with the markers of Llama 3: each turn between header and <|eot_id|>.'),
      `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${question}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
    ),
    max_gen_len: { ...limit(answerLength, 8192), isSoft: true },
    temperature: temperature(),
    top_p: topP(),
    images: texts(() => l10n.t('Images in base64, for the models that see (3.2 and newer).')),
  },
  readOutput: (output) =>
    modelAnswer(at(output, 'generation'), {
      inputTokens: at(output, 'prompt_token_count'),
      outputTokens: at(output, 'generation_token_count'),
      stopReason: at(output, 'stop_reason'),
    }),
});

/** Mistral 7B, Mixtral and the 24.02 models. */
export const mistralText = promptForm({
  name: () => l10n.t('this Mistral model'),
  page: 'model-parameters-mistral-text-completion',
  member: 'prompt',
  own: { limit: 'max_tokens', topP: 'top_p', topK: 'top_k', stop: 'stop' },
  extras: 'refused',
  members: {
    prompt: input(
      () => l10n.t('The prompt with Mistral’s markers.'),
      `<s>[INST] ${question} [/INST]`,
    ),
    max_tokens: { ...limit(answerLength, 8192), isSoft: true },
    temperature: temperature(),
    top_p: topP(),
    top_k: { ...topK(0, 200), type: 'number', isSoft: true },
    stop: stop(),
  },
  readOutput: (output) =>
    modelAnswer(at(output, 'outputs', 0, 'text'), {
      stopReason: at(output, 'outputs', 0, 'stop_reason'),
    }),
});

export const deepseekR1 = promptForm({
  name: () => 'DeepSeek-R1',
  page: 'model-parameters-deepseek',
  member: 'prompt',
  own: { limit: 'max_tokens', topP: 'top_p', stop: 'stop' },
  extras: 'doubtful',
  members: {
    prompt: input(
      () => l10n.t('The prompt with DeepSeek’s markers; thoughts come first in the answer.'),
      `<｜begin▁of▁sentence｜><｜User｜>${question}<｜Assistant｜><think>\n`,
    ),
    max_tokens: limit(
      () => l10n.t('How long thoughts and answer may be, in tokens.'),
      32_768,
      2000,
    ),
    temperature: temperature(),
    top_p: topP(),
    stop: stop(),
  },
  readOutput: readCompletionAnswer,
});

export const jurassic2 = promptForm({
  name: () => 'Jurassic-2',
  page: 'model-parameters-jurassic2',
  member: 'prompt',
  own: { limit: 'maxTokens', topP: 'topP', stop: 'stopSequences' },
  extras: 'refused',
  members: {
    prompt: input(prompt),
    maxTokens: limit(answerLength, 8191),
    temperature: temperature(),
    topP: topP(),
    stopSequences: stop(),
    countPenalty: anyObject(() => l10n.t('`{"scale": 0}`: against repeated tokens, by count.')),
    presencePenalty: anyObject(() =>
      l10n.t('`{"scale": 0}`: against tokens that are there already.'),
    ),
    frequencyPenalty: anyObject(() => l10n.t('`{"scale": 0}`: against frequent tokens.')),
    minTokens: plain('integer'),
    topKReturn: plain('integer'),
    numResults: plain('integer'),
    logitBias: anyObject(),
  },
  readOutput: (output) =>
    modelAnswer(at(output, 'completions', 0, 'data', 'text'), {
      inputTokens: countOf(at(output, 'prompt', 'tokens')),
      outputTokens: countOf(at(output, 'completions', 0, 'data', 'tokens')),
      stopReason: at(output, 'completions', 0, 'finishReason', 'reason'),
    }),
});

const inside = (member: string) => () =>
  l10n.t('Write "textGenerationConfig": {"{0}": …}.', member);

export const titanText = promptForm({
  name: () => 'Titan Text',
  page: 'model-parameters-titan-text',
  member: 'inputText',
  own: {
    limit: inside('maxTokenCount'),
    temperature: inside('temperature'),
    topP: inside('topP'),
    stop: inside('stopSequences'),
  },
  extras: 'refused',
  wrongNames: {
    inferenceConfig: () => l10n.t('Write "textGenerationConfig".'),
  },
  members: {
    inputText: input(prompt),
    textGenerationConfig: {
      type: 'object',
      about: () => l10n.t('Parameters of the answer.'),
      extras: 'refused',
      wrongNames: wrongNames({ limit: 'maxTokenCount', topP: 'topP', stop: 'stopSequences' }),
      members: {
        maxTokenCount: limit(answerLength, 8192),
        temperature: temperature(),
        topP: topP(),
        stopSequences: stop(),
      },
    },
  },
  readOutput: (output) =>
    modelAnswer(at(output, 'results', 0, 'outputText'), {
      inputTokens: at(output, 'inputTextTokenCount'),
      outputTokens: at(output, 'results', 0, 'tokenCount'),
      stopReason: at(output, 'results', 0, 'completionReason'),
    }),
});

function countOf(value: unknown): number | undefined {
  return Array.isArray(value) ? arrayOf(value).length : undefined;
}
