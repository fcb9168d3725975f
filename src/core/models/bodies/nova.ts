import * as l10n from '@vscode/l10n';
import { readConverseAnswer } from '../../answers/converseAnswer.js';
import { bodyForm } from './bodyForm.js';
import { lastUserText } from './json.js';
import { converseMessages, systemBlocks } from './media.js';
import {
  answerLength,
  anyObject,
  limit,
  question,
  stop,
  temperature,
  topK,
  topP,
} from './memberForms.js';
import { converseTools } from './tools.js';
import type { BodyForm } from './types.js';
import { claudeNames, modelNames, openAiNames, wrongNames } from './wrongNames.js';

const messages = () => l10n.t('Write "messages": [{"role": "user", "content": [{"text": "…"}]}].');
const inside = (member: string) => () => l10n.t('Write "inferenceConfig": {"{0}": …}.', member);

/** Amazon Nova's understanding models: Converse's blocks, and a configuration of their own. */
export const nova: BodyForm = bodyForm({
  name: () => 'Nova',
  source: 'https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html',
  date: '2026-11-25',
  refuser: 'schema',
  extras: 'refused',
  wrongNames: {
    ...modelNames,
    ...openAiNames,
    ...claudeNames,
    ...wrongNames({
      limit: inside('maxTokens'),
      temperature: () => l10n.t('Write it inside "inferenceConfig".'),
      topP: inside('topP'),
      topK: inside('topK'),
      stop: inside('stopSequences'),
      system: 'system',
      tools: 'toolConfig',
      toolChoice: () => l10n.t('Write "toolConfig": {"toolChoice": …}.'),
    }),
    prompt: messages,
    inputText: messages,
  },
  members: {
    schemaVersion: {
      type: 'string',
      about: () => l10n.t('The version of the body.'),
      choices: ['messages-v1'],
      start: 'messages-v1',
    },
    system: systemBlocks,
    messages: {
      ...converseMessages('user', 'assistant'),
      start: [{ role: 'user', content: [{ text: question }] }],
    },
    inferenceConfig: {
      type: 'object',
      about: () => l10n.t('Parameters of the answer.'),
      extras: 'refused',
      wrongNames: wrongNames({
        limit: 'maxTokens',
        topP: 'topP',
        topK: 'topK',
        stop: 'stopSequences',
      }),
      members: {
        maxTokens: limit(answerLength),
        temperature: temperature(),
        topP: topP(),
        topK: { ...topK(0, 128), isSoft: true },
        stopSequences: stop(),
        reasoningConfig: anyObject(),
      },
    },
    toolConfig: converseTools,
    reasoningConfig: anyObject(),
    additionalModelRequestFields: anyObject(),
  },
  readOutput: readConverseAnswer,
  readInput: lastUserText,
});
