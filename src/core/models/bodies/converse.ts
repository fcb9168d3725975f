import * as l10n from '@vscode/l10n';
import {
  bodyProblem,
  commonProblems,
  foreignProblems,
  has,
  messageProblems,
  missingProblems,
} from './checks.js';
import { arrayOf, at, bodyOutput, isObject, lastUserText, stringOf } from './json.js';
import type { BodyForm, BodyOutput, BodyProblem, JsonObject } from './types.js';

const name = 'Converse';
const limit = () => l10n.t('Write "inferenceConfig": {"maxTokens": …}.');
const foreign = {
  anthropic_version: () => l10n.t('Remove it, or choose InvokeModel.'),
  max_tokens: limit,
  max_completion_tokens: limit,
  max_gen_len: limit,
  temperature: () => l10n.t('Write it inside "inferenceConfig".'),
  top_p: () => l10n.t('Write "inferenceConfig": {"topP": …}.'),
  prompt: () => l10n.t('Write "messages", or choose InvokeModel.'),
  inputText: () => l10n.t('Write "messages", or choose InvokeModel.'),
};

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const converse: BodyForm = {
  checkBody(body) {
    return [
      ...commonProblems(body),
      ...missingProblems(body, name, ['messages']),
      ...foreignProblems(body, name, foreign),
      ...messageProblems(body, { name, roles: ['user', 'assistant'], content: 'blocks' }),
      ...unsupported(body),
    ];
  },
  readOutput: readConverseOutput,
  readInput: lastUserText,
};

/** Converse's response, which is also Nova's own. Reasoning blocks are not part of the text. */
export function readConverseOutput(output: unknown): BodyOutput {
  const blocks = arrayOf(at(output, 'output', 'message', 'content'));
  const text = blocks.map((block) => stringOf(at(block, 'text')) ?? '').join('');
  return bodyOutput(text, {
    inputTokens: at(output, 'usage', 'inputTokens'),
    outputTokens: at(output, 'usage', 'outputTokens'),
    stopReason: at(output, 'stopReason'),
  });
}

/** Tools and cache points: https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference.html */
function unsupported(body: JsonObject): BodyProblem[] {
  const problems: BodyProblem[] = [];
  if (has(body, 'toolConfig')) {
    problems.push(
      bodyProblem(
        'unsupportedInBatch',
        l10n.t(
          'Tools are not supported in Converse batch jobs. Remove "toolConfig", or write the model\'s own body and choose InvokeModel.',
        ),
      ),
    );
  }
  const blocks = [
    ...arrayOf(body['system']),
    ...arrayOf(body['messages']).flatMap((message) => arrayOf(at(message, 'content'))),
  ];
  if (blocks.some((block) => isObject(block) && has(block, 'cachePoint'))) {
    problems.push(
      bodyProblem(
        'unsupportedInBatch',
        l10n.t('Prompt caching is not supported in batch jobs. Remove the "cachePoint" blocks.'),
      ),
    );
  }
  return problems;
}
