import * as l10n from '@vscode/l10n';
import { arrayOf, at, contentText, stringOf, vectorSummary } from '../models/bodies/json.js';
import { readCompletionAnswer } from './chatAnswer.js';
import { readCohereChatAnswer } from './cohereAnswer.js';
import { modelAnswer, toolCall, type ModelAnswer } from './modelAnswer.js';

/**
 * Answers of models that are in no family of ours: imported ones, Marketplace endpoints, models that
 * came later. Each finds nothing in what is not its own.
 */
export const foreignReaders: readonly ((output: unknown) => ModelAnswer)[] = [
  readCompletionAnswer,
  readCohereChatAnswer,
  readResponse,
  readGemini,
  readGenerated,
  readVectors,
  readPictures,
  readPlain,
];

/** OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses/object */
function readResponse(output: unknown): ModelAnswer {
  const items = arrayOf(at(output, 'output'));
  const texts = (type: string, member: string) =>
    items
      .filter((item) => at(item, 'type') === type)
      .map((item) => contentText(at(item, member)))
      .join('');
  return modelAnswer(texts('message', 'content'), {
    reasoning: texts('reasoning', 'summary'),
    toolCalls: items.flatMap((item, index) =>
      at(item, 'type') === 'function_call'
        ? toolCall(at(item, 'name'), at(item, 'arguments'), ['output', index, 'arguments'])
        : [],
    ),
    inputTokens: at(output, 'usage', 'input_tokens'),
    outputTokens: at(output, 'usage', 'output_tokens'),
    stopReason: at(output, 'incomplete_details', 'reason') ?? at(output, 'status'),
  });
}

/** https://ai.google.dev/api/generate-content#generatecontentresponse */
function readGemini(output: unknown): ModelAnswer {
  return modelAnswer(contentText(at(output, 'candidates', 0, 'content', 'parts')), {
    inputTokens: at(output, 'usageMetadata', 'promptTokenCount'),
    outputTokens: at(output, 'usageMetadata', 'candidatesTokenCount'),
    stopReason: at(output, 'candidates', 0, 'finishReason'),
  });
}

/**
 * Hugging Face's text generation, one answer or a list of them:
 * https://huggingface.co/docs/text-generation-inference/reference/api_reference
 */
function readGenerated(output: unknown): ModelAnswer {
  const first = at(output, 0) ?? output;
  return modelAnswer(at(first, 'generated_text'), {
    outputTokens: at(first, 'details', 'generated_tokens'),
    stopReason: at(first, 'details', 'finish_reason'),
  });
}

/** Vectors under OpenAI's `data` (also TwelveLabs'), or alone. */
function readVectors(output: unknown): ModelAnswer {
  const vectors = arrayOf(at(output, 'data')).map((item) => at(item, 'embedding'));
  const found = vectors.length === 1 ? vectors[0] : vectors;
  return modelAnswer(vectorSummary(found) || vectorSummary(output), {
    inputTokens: at(output, 'usage', 'prompt_tokens'),
  });
}

/** Titan Image, Nova Canvas, Stability: base64 in `images` or `artifacts`. */
function readPictures(output: unknown): ModelAnswer {
  const pictures = [...arrayOf(at(output, 'images')), ...arrayOf(at(output, 'artifacts'))];
  return modelAnswer(pictures.map(() => l10n.t('[image]')).join(' '), {
    stopReason: at(output, 'finish_reasons', 0) ?? at(output, 'artifacts', 0, 'finishReason'),
  });
}

const textMembers = ['output', 'outputs', 'response', 'answer', 'result', 'generation', 'content'];

/** One text under a name that speaks for itself, or a list of one; TwelveLabs says `message`. */
function readPlain(output: unknown): ModelAnswer {
  const first = at(output, 'predictions', 0) ?? at(output, 0) ?? output;
  const texts = [...textMembers, 'message', 'text'].map((member) => {
    const value = at(first, member);
    return stringOf(value) ?? stringOf(at(value, 0));
  });
  return modelAnswer(
    stringOf(at(output, 'predictions', 0)) ?? texts.find((text) => text !== undefined),
    { stopReason: at(first, 'finishReason') ?? at(first, 'finish_reason') },
  );
}
