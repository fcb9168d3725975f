import * as l10n from '@vscode/l10n';
import { readChatAnswer } from '../../answers/chatAnswer.js';
import { bodyForm } from './bodyForm.js';
import { lastUserText } from './json.js';
import type { Group, Hints, Member, Members } from './member.js';
import {
  answerLength,
  anyList,
  anyObject,
  choice,
  count,
  flag,
  limit,
  plain,
  question,
  temperature,
  topP,
} from './memberForms.js';
import { roleOf } from './media.js';
import type { BodyForm } from './types.js';
import { claudeNames } from './wrongNames.js';

const foreign: Hints = {
  ...claudeNames,
  inferenceConfig: () =>
    l10n.t('Write "max_tokens", "temperature" and "top_p" at the top, or use Converse.'),
  max_gen_len: () => l10n.t('Write "max_tokens".'),
  inputText: () => l10n.t('Write "messages".'),
  prompt: () => l10n.t('Write "messages".'),
};

/** OpenAI's conversation; an answer that only calls tools carries no content. */
const messages: Member = {
  type: 'array',
  about: () => l10n.t('The conversation so far, the question last.'),
  isRequired: true,
  min: 1,
  instead: () => l10n.t('Write at least one message: [{"role": "user", "content": "…"}].'),
  start: [{ role: 'user', content: question }],
  items: {
    type: 'object',
    about: () => l10n.t('One message.'),
    instead: () => l10n.t('Write {"role": "user", "content": …}.'),
    oneOf: ['content', 'tool_calls', 'reasoning_content', 'refusal'],
    members: {
      role: roleOf(['system', 'developer', 'user', 'assistant', 'tool']),
      content: {
        type: 'any',
        about: () => l10n.t('A text, or a list of blocks.'),
        instead: () => l10n.t('Write the text of the message.'),
        either: [plain('string'), plain('array')],
      },
    },
  },
};

const stopMember: Member = {
  type: 'any',
  about: () => l10n.t('A text, or a list of texts, that end the answer.'),
};
const tools = anyList(() => l10n.t('Functions the model may ask for.'));

const common: Members = {
  messages,
  temperature: { ...temperature(2), isSoft: true },
  top_p: topP(),
  stop: stopMember,
  tools,
  tool_choice: {
    type: 'any',
    about: () => l10n.t('auto, none, required, or one function.'),
  },
  response_format: anyObject(() =>
    l10n.t('`{"type": "json_schema", …}` for an answer in a given form.'),
  ),
};

const openWeight: Members = { ...common, max_tokens: limit(answerLength) };

interface ChatForm extends Group {
  readonly name: () => string;
  readonly source: string;
}

/** The OpenAI-style chat body that Jamba, newer Mistral and the open-weight models share. */
function chatForm(form: ChatForm): BodyForm {
  return bodyForm({
    wrongNames: foreign,
    ...form,
    date: '2026-11-25',
    refuser: 'schema',
    readOutput: readChatAnswer,
    readInput: lastUserText,
  });
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-jamba.html */
export const jamba = chatForm({
  name: () => 'Jamba',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-jamba.html',
  extras: 'doubtful',
  members: {
    ...common,
    messages,
    max_tokens: { ...limit(answerLength, 4096), isSoft: true },
    temperature: temperature(2),
    n: { ...count(() => l10n.t('How many answers.'), 1, 16), isSoft: true },
    frequency_penalty: plain('number', () => l10n.t('Against frequent tokens.')),
    presence_penalty: plain('number', () => l10n.t('Against tokens that are there already.')),
    response_format: anyObject(() => l10n.t('`{"type": "json_object"}` for JSON.')),
    documents: anyList(),
    stream: flag(() => l10n.t('True for streaming.')),
  },
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-chat-completion.html */
export const mistralChat = chatForm({
  name: () => 'Mistral',
  source:
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-chat-completion.html',
  members: openWeight,
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html (open-weight samples) */
export const openAiChat = chatForm({
  name: () => l10n.t('this model'),
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html',
  members: openWeight,
});

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html */
export const gptOss = chatForm({
  name: () => 'gpt-oss',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html',
  members: {
    ...common,
    max_completion_tokens: limit(
      () => l10n.t('How long thoughts and answer may be, in tokens.'),
      undefined,
      1000,
    ),
    reasoning_effort: choice(() => l10n.t('How long the model thinks.'), 'low', 'medium', 'high'),
  },
});
