import * as l10n from '@vscode/l10n';
import { commonProblems, foreignProblems, messageProblems, missingProblems } from './checks.js';
import { at, bodyOutput, contentText, lastUserText, stringOf } from './json.js';
import type { BodyForm, BodyOutput } from './types.js';

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];
const foreign = {
  anthropic_version: () => l10n.t('Remove it: it belongs to Claude.'),
  inferenceConfig: () =>
    l10n.t('Write "max_tokens", "temperature" and "top_p" at the top, or use Converse.'),
  max_gen_len: () => l10n.t('Write "max_tokens".'),
  inputText: () => l10n.t('Write "messages".'),
  prompt: () => l10n.t('Write "messages".'),
};

/** The OpenAI-style chat body that Jamba, newer Mistral and the open-weight models share. */
function chatForm(model: () => string, readOutput: (output: unknown) => BodyOutput): BodyForm {
  return {
    checkBody(body) {
      const name = model();
      return [
        ...commonProblems(body),
        ...missingProblems(body, name, ['messages']),
        ...foreignProblems(body, name, foreign),
        ...messageProblems(body, { name, roles, content: 'any', takesImageUrl: true }),
      ];
    },
    readOutput,
    readInput: lastUserText,
  };
}

/** `choices[0]` and OpenAI's `usage`; Mistral Large 24.07 says `stop_reason`, others `finish_reason`. */
export function readChatOutput(output: unknown): BodyOutput {
  const choice = at(output, 'choices', 0);
  return bodyOutput(contentText(at(choice, 'message', 'content')), {
    inputTokens: at(output, 'usage', 'prompt_tokens'),
    outputTokens: at(output, 'usage', 'completion_tokens'),
    stopReason: at(choice, 'finish_reason') ?? at(choice, 'stop_reason'),
  });
}

/** gpt-oss puts `<reasoning>…</reasoning>` before its answer when called through InvokeModel. */
export function stripReasoning(text: string): string {
  return text.replace(/^\s*<reasoning>[\s\S]*?<\/reasoning>\s*/, '');
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-jamba.html */
export const jamba = chatForm(() => 'Jamba', readChatOutput);
/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-chat-completion.html */
export const mistralChat = chatForm(() => 'Mistral', readChatOutput);
/** https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html (open-weight samples) */
export const openAiChat = chatForm(() => l10n.t('this model'), readChatOutput);
/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html */
export const gptOss = chatForm(
  () => 'gpt-oss',
  (output) => {
    const read = readChatOutput(output);
    return { ...read, text: stripReasoning(stringOf(read.text) ?? '') };
  },
);
