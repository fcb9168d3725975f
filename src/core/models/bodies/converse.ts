import * as l10n from '@vscode/l10n';
import { readConverseAnswer } from '../../answers/converseAnswer.js';
import { bodyForm, firstAnswer, firstSystemTurn } from './bodyForm.js';
import { lastUserText } from './json.js';
import { converseMessages, systemBlocks } from './media.js';
import { answerLength, anyList, anyObject, stop, temperature, topP } from './memberForms.js';
import { converseTools } from './tools.js';
import type { BodyForm } from './types.js';
import { claudeNames, modelNames, openAiNames, wrongNames } from './wrongNames.js';

const inside = (member: string) => () => l10n.t('Write "inferenceConfig": {"{0}": …}.', member);
const messages = () => l10n.t('Write "messages", or choose InvokeModel.');
const additional = () => l10n.t('Write it inside "additionalModelRequestFields".');

/** A Converse request; the model comes with the call or the job. */
export const converse: BodyForm = bodyForm({
  name: () => 'Converse',
  source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
  date: '2026-11-25',
  refuser: 'converse',
  extras: 'doubtful',
  wrongNames: {
    ...modelNames,
    ...openAiNames,
    ...claudeNames,
    ...wrongNames({
      limit: inside('maxTokens'),
      temperature: () => l10n.t('Write it inside "inferenceConfig".'),
      topP: inside('topP'),
      topK: additional,
      stop: inside('stopSequences'),
      system: 'system',
      tools: 'toolConfig',
      toolChoice: () => l10n.t('Write "toolConfig": {"toolChoice": …}.'),
      format: 'outputConfig',
      effort: () => l10n.t('Write "outputConfig": {"effort": …}.'),
    }),
    anthropic_version: () => l10n.t('Remove it, or choose InvokeModel.'),
    thinking: additional,
    anthropic_beta: additional,
    prompt: messages,
    inputText: messages,
  },
  members: {
    messages: converseMessages('user', 'assistant', 'system'),
    system: systemBlocks,
    inferenceConfig: {
      type: 'object',
      about: () => l10n.t('Parameters of the answer.'),
      extras: 'doubtful',
      wrongNames: {
        ...openAiNames,
        ...wrongNames({
          limit: 'maxTokens',
          topP: 'topP',
          topK: additional,
          stop: 'stopSequences',
        }),
      },
      members: {
        maxTokens: { type: 'integer', about: answerLength, min: 1 },
        temperature: temperature(),
        topP: topP(),
        stopSequences: stop(),
      },
    },
    toolConfig: converseTools,
    guardrailConfig: anyObject(),
    additionalModelRequestFields: anyObject(),
    additionalModelResponseFieldPaths: anyList(),
    promptVariables: anyObject(),
    requestMetadata: anyObject(),
    performanceConfig: anyObject(),
    serviceTier: anyObject(),
    outputConfig: anyObject(),
  },
  more: (body) => [...firstSystemTurn(body), ...firstAnswer(body)],
  readOutput: readConverseAnswer,
  readInput: lastUserText,
});
