import * as l10n from '@vscode/l10n';
import { modelAnswer, type ModelAnswer } from '../../answers/modelAnswer.js';
import { bodyForm } from './bodyForm.js';
import { arrayOf, at, isObject, preview, stringOf, vectorSummary } from './json.js';
import type { Hints, Member } from './member.js';
import { anyObject, choice, flag, input, plain, question, texts } from './memberForms.js';
import type { BodyForm } from './types.js';
import { claudeNames, modelNames, openAiNames, wrongNames } from './wrongNames.js';

const embeddingNames = (inputName: string): Hints => ({
  ...modelNames,
  ...openAiNames,
  ...claudeNames,
  ...wrongNames({ input: inputName }),
  messages: () => l10n.t('Embedding models take a text, not messages.'),
  prompt: () => l10n.t('Embedding models take a text, not a prompt.'),
  inferenceConfig: () => l10n.t('Remove it: embedding models have no inference parameters.'),
});

const oneText = () => l10n.t('Write one text a record.');
const vectorLength = () => l10n.t('Length of the vector.');

const dimensions = (...choices: number[]): Member => ({
  type: 'integer',
  about: vectorLength,
  choices,
});

const common = { date: '2026-11-25', refuser: 'schema', extras: 'refused' } as const;

/** Titan Text Embeddings V2: one text a call. */
export const titanEmbedText: BodyForm = bodyForm({
  ...common,
  name: () => 'Titan Text Embeddings',
  source:
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html',
  wrongNames: {
    ...embeddingNames('inputText'),
    encoding_format: () => l10n.t('Write "embeddingTypes": ["float"].'),
    embedding_types: () => l10n.t('Write "{0}".', 'embeddingTypes'),
    output_dimension: () => l10n.t('Write "{0}".', 'dimensions'),
    input_type: () => l10n.t('Remove it: it belongs to Cohere Embed.'),
    embeddingConfig: () => l10n.t('Write "{0}".', 'dimensions'),
  },
  members: {
    inputText: { ...input(() => l10n.t('The text to turn into a vector.')), instead: oneText },
    dimensions: dimensions(1024, 512, 256),
    normalize: flag(() => l10n.t('True for vectors of length 1.')),
    embeddingTypes: {
      ...texts(() => l10n.t('`float`, `binary` or both.')),
      items: { type: 'string', choices: ['float', 'binary'] },
    },
  },
  readOutput: readTitanVector,
  readInput: (modelInput) => preview(at(modelInput, 'inputText')),
});

/** Titan Multimodal Embeddings G1. */
export const titanEmbedMultimodal: BodyForm = bodyForm({
  ...common,
  name: () => 'Titan Multimodal Embeddings',
  source:
    'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html',
  wrongNames: {
    ...embeddingNames('inputText'),
    dimensions: () => l10n.t('Write "embeddingConfig": {"outputEmbeddingLength": …}.'),
    encoding_format: () => l10n.t('Remove it.'),
  },
  oneOf: ['inputText', 'inputImage'],
  members: {
    inputText: {
      type: 'string',
      about: () => l10n.t('The text, beside or instead of an image.'),
      start: question,
      instead: oneText,
    },
    inputImage: plain('string', () => l10n.t('The image in base64.')),
    embeddingConfig: {
      type: 'object',
      about: () => l10n.t('Form of the vector.'),
      members: { outputEmbeddingLength: dimensions(256, 384, 1024) },
    },
  },
  readOutput: readTitanVector,
  readInput: (modelInput) =>
    preview(at(modelInput, 'inputText')) || (at(modelInput, 'inputImage') ? l10n.t('[image]') : ''),
});

/** Nova Multimodal Embeddings; a batch job may also ask for segments. */
export const novaEmbed: BodyForm = bodyForm({
  ...common,
  extras: 'doubtful',
  name: () => 'Nova Embeddings',
  source: 'https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html',
  wrongNames: {
    ...embeddingNames('singleEmbeddingParams'),
    dimensions: () => l10n.t('Write "singleEmbeddingParams": {"embeddingDimension": …}.'),
  },
  oneOf: ['singleEmbeddingParams', 'segmentedEmbeddingParams'],
  members: {
    schemaVersion: {
      type: 'string',
      about: () => l10n.t('The version of the body.'),
      start: 'nova-multimodal-embed-v1',
    },
    taskType: {
      type: 'string',
      about: () => l10n.t('What is asked for.'),
      isRequired: true,
      choices: ['SINGLE_EMBEDDING', 'SEGMENTED_EMBEDDING'],
      start: 'SINGLE_EMBEDDING',
    },
    singleEmbeddingParams: {
      type: 'object',
      about: () => l10n.t('What to turn into a vector, and how.'),
      start: {
        embeddingPurpose: 'GENERIC_INDEX',
        embeddingDimension: 1024,
        text: { truncationMode: 'END', value: question },
      },
      members: { embeddingDimension: dimensions(3072, 1024, 384, 256) },
    },
    segmentedEmbeddingParams: anyObject(),
  },
  readOutput: (output) => {
    const vectors = arrayOf(at(output, 'embeddings')).flatMap((item) => {
      const vector = at(item, 'embedding');
      return Array.isArray(vector) ? [vector] : [];
    });
    return modelAnswer(vectorSummary(vectors.length === 1 ? vectors[0] : vectors), {
      inputTokens: at(output, 'inputTextTokenCount'),
    });
  },
  readInput: (modelInput) =>
    preview(at(modelInput, 'singleEmbeddingParams', 'text', 'value')) ||
    preview(at(modelInput, 'inputText')),
});

/** Cohere Embed v3 and v4. */
export const cohereEmbed: BodyForm = bodyForm({
  ...common,
  name: () => 'Cohere Embed',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html',
  wrongNames: {
    ...embeddingNames('texts'),
    dimensions: () => l10n.t('Write "{0}".', 'output_dimension'),
    encoding_format: () => l10n.t('Write "embedding_types": ["float"].'),
    embeddingTypes: () => l10n.t('Write "{0}".', 'embedding_types'),
  },
  oneOf: ['texts', 'images', 'inputs'],
  members: {
    input_type: {
      type: 'string',
      about: () => l10n.t('What the vectors are for.'),
      isRequired: true,
      choices: ['search_document', 'search_query', 'classification', 'clustering', 'image'],
      start: 'search_document',
    },
    texts: {
      ...texts(() => l10n.t('Texts to turn into vectors, at most 96.')),
      min: 1,
      max: 96,
      start: [question],
      instead: () => l10n.t('Write ["…"].'),
    },
    images: texts(() => l10n.t('Images as data URIs, instead of texts.')),
    inputs: plain('array'),
    truncate: {
      ...choice(() => l10n.t('Which end of a long text is cut.'), 'NONE', 'START', 'END'),
      // v4 says LEFT and RIGHT.
      isSoft: true,
    },
    embedding_types: {
      ...texts(() => l10n.t('`float`, `int8`, `uint8`, `binary`, `ubinary`.')),
      items: { type: 'string', choices: ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64'] },
    },
    output_dimension: { ...dimensions(1536, 1024, 512, 256), isSoft: true },
    max_tokens: plain('integer'),
  },
  readOutput: (output) => {
    const embeddings = at(output, 'embeddings');
    const lists = isObject(embeddings) ? Object.values(embeddings) : [embeddings];
    const summaries = lists.map(vectorSummary);
    return modelAnswer(summaries.find((summary) => summary !== ''));
  },
  readInput: (modelInput) => {
    const found = arrayOf(at(modelInput, 'texts')).map((text) => stringOf(text) ?? '');
    return preview(found.join('\n')) || (at(modelInput, 'images') ? l10n.t('[image]') : '');
  },
});

function readTitanVector(output: unknown): ModelAnswer {
  const vector = at(output, 'embedding');
  const byType = at(output, 'embeddingsByType');
  const typed = isObject(byType) ? Object.values(byType).find(Array.isArray) : undefined;
  const summary = vectorSummary(vector) || vectorSummary(typed);
  // Titan Multimodal puts its error text in `message` beside a null embedding.
  return modelAnswer(summary || (stringOf(at(output, 'message')) ?? ''), {
    inputTokens: at(output, 'inputTextTokenCount'),
  });
}
