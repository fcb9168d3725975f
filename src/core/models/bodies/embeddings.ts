import * as l10n from '@vscode/l10n';
import { anyOf, commonProblems, foreignProblems, has, missingProblems, wrong } from './checks.js';
import { arrayOf, at, bodyOutput, isObject, preview, stringOf, vectorSummary } from './json.js';
import type { BodyForm, BodyOutput, JsonObject } from './types.js';

const foreign = {
  messages: () => l10n.t('Embedding models take a text, not messages.'),
  prompt: () => l10n.t('Embedding models take a text, not a prompt.'),
  anthropic_version: () => l10n.t('Remove it: it belongs to Claude.'),
  inferenceConfig: () => l10n.t('Remove it: embedding models have no inference parameters.'),
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html */
export const titanEmbedText: BodyForm = {
  checkBody: (body) => [
    ...commonProblems(body),
    ...missingProblems(body, 'Titan Text Embeddings', ['inputText']),
    ...foreignProblems(body, 'Titan Text Embeddings', foreign),
  ],
  readOutput: readTitanVector,
  readInput: (modelInput) => preview(at(modelInput, 'inputText')),
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html */
export const titanEmbedMultimodal: BodyForm = {
  checkBody: (body) => [
    ...commonProblems(body),
    ...oneOf(body, 'Titan Multimodal Embeddings', ['inputText', 'inputImage']),
    ...foreignProblems(body, 'Titan Multimodal Embeddings', foreign),
  ],
  readOutput: readTitanVector,
  readInput: (modelInput) =>
    preview(at(modelInput, 'inputText')) || (at(modelInput, 'inputImage') ? l10n.t('[image]') : ''),
};

/** https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html: only what is certain is checked. */
export const novaEmbed: BodyForm = {
  checkBody: (body) => [
    ...commonProblems(body),
    ...foreignProblems(body, 'Nova Embeddings', foreign),
  ],
  readOutput: (output) => {
    const vectors = arrayOf(at(output, 'embeddings')).map((item) => at(item, 'embedding'));
    return bodyOutput(vectorSummary(vectors.length === 1 ? vectors[0] : vectors), {
      inputTokens: at(output, 'inputTextTokenCount'),
    });
  },
  readInput: (modelInput) =>
    preview(at(modelInput, 'singleEmbeddingParams', 'text', 'value')) ||
    preview(at(modelInput, 'inputText')),
};

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html */
export const cohereEmbed: BodyForm = {
  checkBody: (body) => [
    ...commonProblems(body),
    ...missingProblems(body, 'Cohere Embed', ['input_type']),
    ...oneOf(body, 'Cohere Embed', ['texts', 'images', 'inputs']),
    ...foreignProblems(body, 'Cohere Embed', foreign),
  ],
  readOutput: (output) => {
    const embeddings = at(output, 'embeddings');
    const first = isObject(embeddings)
      ? Object.values(embeddings).find((list) => Array.isArray(list))
      : embeddings;
    return bodyOutput(vectorSummary(first));
  },
  readInput: (modelInput) => {
    const texts = arrayOf(at(modelInput, 'texts')).map((text) => stringOf(text) ?? '');
    return preview(texts.join('\n')) || (at(modelInput, 'images') ? l10n.t('[image]') : '');
  },
};

function readTitanVector(output: unknown): BodyOutput {
  const plain = at(output, 'embedding');
  const byType = at(output, 'embeddingsByType');
  const typed = isObject(byType) ? Object.values(byType)[0] : undefined;
  const summary = vectorSummary(plain) || vectorSummary(typed);
  // Titan Multimodal puts its error text in `message` beside a null embedding.
  return bodyOutput(summary || (stringOf(at(output, 'message')) ?? ''), {
    inputTokens: at(output, 'inputTextTokenCount'),
  });
}

function oneOf(body: JsonObject, name: string, members: readonly string[]) {
  if (members.some((member) => has(body, member))) return [];
  const list = anyOf(members.map((member) => `"${member}"`));
  return [wrong(l10n.t('modelInput has no {0}, which {1} needs. Add one of them.', list, name))];
}
