import type { Citation } from '../converse/types.js';
import { arrayOf, at, contentText, stringOf } from '../models/bodies/json.js';
import { modelAnswer, toolCall, type ModelAnswer } from './modelAnswer.js';

/**
 * Command R's answer:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html
 */
export function readCommandRAnswer(output: unknown): ModelAnswer {
  const documents = arrayOf(at(output, 'documents'));
  return modelAnswer(at(output, 'text'), {
    toolCalls: arrayOf(at(output, 'tool_calls')).flatMap((call, index) =>
      toolCall(at(call, 'name'), at(call, 'parameters'), ['tool_calls', index, 'parameters']),
    ),
    citations: arrayOf(at(output, 'citations')).map((each) => cohereCitation(each, documents)),
    inputTokens: at(output, 'meta', 'billed_units', 'input_tokens'),
    outputTokens: at(output, 'meta', 'billed_units', 'output_tokens'),
    stopReason: at(output, 'finish_reason'),
  });
}

/** Cohere's chat of today, in which the message is an object: https://docs.cohere.com/reference/chat */
export function readCohereChatAnswer(output: unknown): ModelAnswer {
  const said = at(output, 'message');
  return modelAnswer(contentText(at(said, 'content')), {
    reasoning: at(said, 'tool_plan'),
    toolCalls: arrayOf(at(said, 'tool_calls')).flatMap((call, index) =>
      toolCall(at(call, 'function', 'name'), at(call, 'function', 'arguments'), [
        ...['message', 'tool_calls', index, 'function', 'arguments'],
      ]),
    ),
    inputTokens: at(output, 'usage', 'tokens', 'input_tokens'),
    outputTokens: at(output, 'usage', 'tokens', 'output_tokens'),
    stopReason: at(output, 'finish_reason'),
  });
}

/** Cohere names documents by id; their titles and texts are beside the citations where it has them. */
export function cohereCitation(citation: unknown, documents: readonly unknown[]): Citation {
  const ids = arrayOf(at(citation, 'document_ids')).flatMap((id) => stringOf(id) ?? []);
  const cited = documents.filter((each) => ids.includes(stringOf(at(each, 'id')) ?? ''));
  const [title] = cited.flatMap((each) => stringOf(at(each, 'title')) ?? []);
  const quotes = cited.flatMap((each) => stringOf(at(each, 'snippet')) ?? []);
  return {
    ...(title !== undefined && { title }),
    ...(ids.length > 0 && { source: ids.join(', ') }),
    quotes,
  };
}
