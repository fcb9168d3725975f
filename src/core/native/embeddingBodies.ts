import * as l10n from '@vscode/l10n';
import type { Members } from './member.js';
import { choice, flag, input, question, texts } from './memberForms.js';

/** The native bodies of the embedding families. Sources as in `bodies.ts`. */
export const embeddingBodies = {
  titanEmbedText: () => ({
    inputText: input(l10n.t('The text to turn into a vector.')),
    dimensions: {
      type: 'integer',
      about: l10n.t('Length of the vector.'),
      choices: [1024, 512, 256],
    },
    normalize: flag(l10n.t('True for vectors of length 1.')),
    embeddingTypes: texts(l10n.t('`float`, `binary` or both.')),
  }),
  titanEmbedMultimodal: () => ({
    inputText: {
      type: 'string',
      about: l10n.t('The text, beside or instead of an image.'),
      start: question,
    },
    inputImage: { type: 'string', about: l10n.t('The image in base64.') },
    embeddingConfig: {
      type: 'object',
      about: l10n.t('Form of the vector.'),
      members: {
        outputEmbeddingLength: {
          type: 'integer',
          about: l10n.t('Length of the vector.'),
          choices: [256, 384, 1024],
        },
      },
    },
  }),
  novaEmbed: () => ({
    schemaVersion: {
      type: 'string',
      about: l10n.t('The version of the body.'),
      start: 'nova-multimodal-embed-v1',
    },
    taskType: {
      type: 'string',
      about: l10n.t('What is asked for.'),
      isRequired: true,
      choices: ['SINGLE_EMBEDDING'],
      start: 'SINGLE_EMBEDDING',
    },
    singleEmbeddingParams: {
      type: 'object',
      about: l10n.t('What to turn into a vector, and how.'),
      isRequired: true,
      start: {
        embeddingPurpose: 'GENERIC_INDEX',
        embeddingDimension: 1024,
        text: { truncationMode: 'END', value: question },
      },
    },
  }),
  cohereEmbed: () => ({
    input_type: {
      type: 'string',
      about: l10n.t('What the vectors are for.'),
      isRequired: true,
      choices: ['search_document', 'search_query', 'classification', 'clustering', 'image'],
      start: 'search_document',
    },
    texts: {
      ...texts(l10n.t('Texts to turn into vectors, at most 96.')),
      max: 96,
      start: [question],
    },
    images: texts(l10n.t('Images as data URIs, instead of texts.')),
    truncate: choice(l10n.t('Which end of a long text is cut.'), 'NONE', 'START', 'END'),
    embedding_types: texts(l10n.t('`float`, `int8`, `uint8`, `binary`, `ubinary`.')),
  }),
} as const satisfies Readonly<Record<string, () => Members>>;
