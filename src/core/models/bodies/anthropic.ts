import * as l10n from '@vscode/l10n';
import { readClaudeAnswer } from '../../answers/claudeAnswer.js';
import { bodyForm, firstSystemTurn } from './bodyForm.js';
import { claudeMessages, claudeSystem } from './claudeBlocks.js';
import type { Finding } from './finding.js';
import { arrayOf, at, lastUserText } from './json.js';
import {
  answerLength,
  anyList,
  anyObject,
  limit,
  plain,
  stop,
  temperature,
  texts,
  topK,
  topP,
} from './memberForms.js';
import { claudeTools } from './tools.js';
import type { BodyForm, JsonObject } from './types.js';
import { modelNames, openAiNames, wrongNames } from './wrongNames.js';

const version = 'bedrock-2023-05-31';

const atTheTop = () =>
  l10n.t('Write "max_tokens", "temperature" and "top_p" at the top, or use Converse.');

/** Anthropic's list is closed: anything else is answered with "Extra inputs are not permitted". */
export const anthropic: BodyForm = bodyForm({
  name: () => 'Claude',
  source:
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html',
  date: '2026-11-25',
  refuser: 'anthropic',
  extras: 'refused',
  wrongNames: {
    ...modelNames,
    ...openAiNames,
    ...wrongNames({
      limit: 'max_tokens',
      topP: 'top_p',
      topK: 'top_k',
      stop: 'stop_sequences',
      system: 'system',
      tools: 'tools',
      toolChoice: 'tool_choice',
      input: 'messages',
      format: 'output_config',
      effort: () => l10n.t('Write "output_config": {"effort": …}.'),
      user: () => l10n.t('Write "metadata": {"user_id": …}.'),
    }),
    response_format: () =>
      l10n.t('Write "output_config": {"format": {"type": "json_schema", "schema": …}}.'),
    parallel_tool_calls: () =>
      l10n.t('Write "tool_choice": {"type": "auto", "disable_parallel_tool_use": …}.'),
    inferenceConfig: atTheTop,
    generationConfig: atTheTop,
  },
  members: {
    anthropic_version: {
      type: 'string',
      about: () => l10n.t('The version of the body; Bedrock knows this one.'),
      isRequired: true,
      choices: [version],
      start: version,
    },
    max_tokens: { ...limit(answerLength), isRequired: true },
    system: claudeSystem,
    messages: claudeMessages,
    temperature: temperature(),
    top_p: topP(),
    top_k: topK(),
    stop_sequences: stop(),
    tools: claudeTools,
    tool_choice: anyObject(() => l10n.t('`{"type": "auto"}`, `any`, or one tool by name.')),
    thinking: anyObject(() =>
      l10n.t('`{"type": "enabled", "budget_tokens": 1024}` shows the thoughts.'),
    ),
    anthropic_beta: texts(() => l10n.t('Names of beta features.')),
    output_config: anyObject(() => l10n.t('Form and effort of the answer.')),
    output_format: anyObject(),
    metadata: anyObject(),
    context_management: anyObject(),
    mcp_servers: anyList(),
    container: plain('any'),
    cache_control: anyObject(),
    service_tier: plain('string'),
    inference_geo: plain('string'),
    speed: plain('string'),
  },
  more: firstSystemTurn,
  excuses: isEmptyTurn,
  readOutput: readClaudeAnswer,
  readInput: lastUserText,
});

/**
 * Anthropic lets the last message be empty where it is the assistant's, and a system turn that only
 * carries `output_config`: https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages
 */
function isEmptyTurn({ path, fault }: Finding, body: JsonObject): boolean {
  const messages = arrayOf(body['messages']);
  const index = path[1];
  if (path[0] !== 'messages' || path[2] !== 'content' || typeof index !== 'number') return false;
  const role = at(messages[index], 'role');
  if (fault.kind === 'tooFew' && role === 'system') return true;
  const isNothing = fault.kind === 'tooFew' || (fault.kind === 'blank' && fault.isEmpty);
  return isNothing && path.length === 3 && role === 'assistant' && index === messages.length - 1;
}
