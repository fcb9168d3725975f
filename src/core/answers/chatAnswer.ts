import type { Citation } from '../converse/types.js';
import { arrayOf, at, contentText, stringOf } from '../models/bodies/json.js';
import { modelAnswer, toolCall, type ModelAnswer, type ToolCall } from './modelAnswer.js';

const message = ['choices', 0, 'message'] as const;
const thoughts = /^\s*<reasoning>([\s\S]*?)<\/reasoning>\s*/;

/**
 * `choices[0]` and OpenAI's `usage`; Mistral Large 24.07 says `stop_reason`, others `finish_reason`.
 * gpt-oss puts `<reasoning>…</reasoning>` before its answer when called through InvokeModel:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html
 */
export function readChatAnswer(output: unknown): ModelAnswer {
  const first = at(output, 'choices', 0);
  const said = at(output, ...message);
  const text = contentText(at(said, 'content')) || (stringOf(at(said, 'refusal')) ?? '');
  return modelAnswer(text.replace(thoughts, ''), {
    reasoning:
      at(said, 'reasoning_content') ?? at(said, 'reasoning') ?? thoughts.exec(text)?.[1]?.trim(),
    toolCalls: chatCalls(said),
    citations: arrayOf(at(said, 'annotations')).flatMap(chatCitation),
    inputTokens: at(output, 'usage', 'prompt_tokens'),
    outputTokens: at(output, 'usage', 'completion_tokens'),
    stopReason: at(first, 'finish_reason') ?? at(first, 'stop_reason'),
  });
}

/** The form before chats, `choices[0].text`: DeepSeek-R1, imported models, Marketplace endpoints. */
export function readCompletionAnswer(output: unknown): ModelAnswer {
  return modelAnswer(at(output, 'choices', 0, 'text'), {
    inputTokens: at(output, 'usage', 'prompt_tokens'),
    outputTokens: at(output, 'usage', 'completion_tokens'),
    stopReason:
      at(output, 'choices', 0, 'stop_reason') ?? at(output, 'choices', 0, 'finish_reason'),
  });
}

function chatCalls(said: unknown): ToolCall[] {
  const calls = arrayOf(at(said, 'tool_calls')).flatMap((call, index) =>
    toolCall(at(call, 'function', 'name'), at(call, 'function', 'arguments'), [
      ...message,
      ...['tool_calls', index, 'function', 'arguments'],
    ]),
  );
  const old = at(said, 'function_call');
  const path = [...message, 'function_call', 'arguments'];
  return [...calls, ...toolCall(at(old, 'name'), at(old, 'arguments'), path)];
}

/** A page of the web that a chat's message is annotated with. */
export function chatCitation(annotation: unknown): Citation[] {
  const url = stringOf(at(annotation, 'url_citation', 'url'));
  if (url === undefined) return [];
  const title = stringOf(at(annotation, 'url_citation', 'title'));
  return [{ ...(title !== undefined && { title }), quotes: [], location: { web: { url } } }];
}
