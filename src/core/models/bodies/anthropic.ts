import * as l10n from '@vscode/l10n';
import {
  commonProblems,
  foreignProblems,
  messageProblems,
  missingProblems,
  wrong,
} from './checks.js';
import { arrayOf, at, bodyOutput, lastUserText, numberOf, stringOf } from './json.js';
import type { BodyForm, JsonObject } from './types.js';

const name = 'Claude';
const version = 'bedrock-2023-05-31';
const foreign = {
  inferenceConfig: () =>
    l10n.t('Write "max_tokens", "temperature" and "top_p" at the top, or use Converse.'),
  max_completion_tokens: () => l10n.t('Write "max_tokens".'),
  max_gen_len: () => l10n.t('Write "max_tokens".'),
  prompt: () => l10n.t('Write "messages".'),
  inputText: () => l10n.t('Write "messages".'),
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html */
export const anthropic: BodyForm = {
  checkBody(body) {
    return [
      ...commonProblems(body),
      ...missingProblems(body, name, ['anthropic_version', 'max_tokens', 'messages']),
      ...versionProblems(body),
      ...foreignProblems(body, name, foreign),
      ...messageProblems(body, { name, roles: ['user', 'assistant'], content: 'any' }),
    ];
  },
  readOutput(output) {
    const texts = arrayOf(at(output, 'content'))
      .filter((block) => at(block, 'type') === 'text')
      .map((block) => stringOf(at(block, 'text')) ?? '');
    return bodyOutput(texts.join(''), {
      inputTokens: at(output, 'usage', 'input_tokens'),
      outputTokens: at(output, 'usage', 'output_tokens'),
      stopReason: at(output, 'stop_reason'),
    });
  },
  readInput: lastUserText,
};

function versionProblems(body: JsonObject) {
  const given = body['anthropic_version'];
  const problems = [];
  if (given !== undefined && given !== null && given !== version) {
    problems.push(
      wrong(l10n.t('"anthropic_version" must be "{0}" on Bedrock. Change it.', version)),
    );
  }
  const limit = body['max_tokens'];
  if (limit !== undefined && limit !== null && !((numberOf(limit) ?? 0) >= 1)) {
    problems.push(wrong(l10n.t('"max_tokens" must be a number of at least 1. Change it.')));
  }
  return problems;
}
