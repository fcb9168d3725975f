import * as forms from '../../../core/models/bodies/embeddings.js';
import { validationError } from '../../awsError.js';
import { isObject } from '../../http/body.js';
import { type Json, malformed, objectMember, stringList, textMember } from '../bodyCheck.js';
import { refuseWrong } from '../refusal.js';
import { hashText, seededRandom } from '../random.js';
import { countTokens } from '../tokens.js';
import type { EmbeddingFamily } from './family.js';
import { pseudoUuid } from './promptFamilies.js';

/** A vector of unit length that depends on the text alone; texts that share words come out nearer. */
export function embedText(text: string, length: number): number[] {
  const vector = new Float64Array(length);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text];
  for (const word of words.slice(0, 256)) {
    const random = seededRandom(hashText(word));
    for (let at = 0; at < 24; at++) {
      const place = Math.floor(random() * length);
      vector[place] = (vector[place] ?? 0) + random() - 0.5;
    }
  }
  const norm = Math.hypot(...vector) || 1;
  return Array.from(vector, (value) => Math.round((value / norm) * 1e8) / 1e8);
}

/** Amazon Titan Text Embeddings V2. */
export const titanEmbedText: EmbeddingFamily = {
  embed(body, { id }) {
    refuseWrong(body, forms.titanEmbedText, id);
    const text = String(body['inputText']);
    const length = dimension(body['dimensions'], [1024, 512, 256], '/dimensions');
    const embedding = embedText(text, length);
    const types = stringList(body['embeddingTypes']);
    const byType: Json = {};
    if (types.length === 0 || types.includes('float')) byType['float'] = embedding;
    if (types.includes('binary')) byType['binary'] = embedding.map((value) => (value > 0 ? 1 : 0));
    const inputTokens = countTokens(text);
    const plain = 'float' in byType ? { embedding } : {};
    return {
      output: { ...plain, embeddingsByType: byType, inputTextTokenCount: inputTokens },
      inputTokens,
    };
  },
};

/** Amazon Titan Multimodal Embeddings G1. */
export const titanEmbedMultimodal: EmbeddingFamily = {
  embed(body, { id }) {
    refuseWrong(body, forms.titanEmbedMultimodal, id);
    const text = typeof body['inputText'] === 'string' ? body['inputText'] : '';
    const image = typeof body['inputImage'] === 'string' ? body['inputImage'] : '';
    if (text === '' && image === '') {
      throw validationError('Either inputText or inputImage must be provided.');
    }
    const asked = objectMember(body, 'embeddingConfig')['outputEmbeddingLength'];
    const pointer = '/embeddingConfig/outputEmbeddingLength';
    const length = dimension(asked, [1024, 384, 256], pointer);
    const inputTokens = countTokens(text);
    const embedding = embedText(`${text} ${image.slice(0, 4096)}`, length);
    return { output: { embedding, inputTextTokenCount: inputTokens }, inputTokens };
  },
};

/** Amazon Nova Multimodal Embeddings, single embedding of a text or an image. */
export const novaEmbed: EmbeddingFamily = {
  embed(body, { id }) {
    refuseWrong(body, forms.novaEmbed, id);
    if (body['taskType'] !== 'SINGLE_EMBEDDING') {
      throw validationError('Only SINGLE_EMBEDDING is available for synchronous invocation.');
    }
    const params = objectMember(body, 'singleEmbeddingParams');
    const text = textMember(objectMember(params, 'text'), 'value');
    const kind = ['text', 'image', 'audio', 'video'].find((name) => isObject(params[name]));
    if (kind === undefined)
      throw malformed('/singleEmbeddingParams', 'required key [text] not found');
    const pointer = '/singleEmbeddingParams/embeddingDimension';
    const length = dimension(params['embeddingDimension'], [3072, 1024, 384, 256], pointer);
    const seed = kind === 'text' ? text : JSON.stringify(params[kind]).slice(0, 4096);
    const inputTokens = countTokens(text);
    const embedding = embedText(seed, length);
    return {
      output: { embeddings: [{ embeddingType: kind.toUpperCase(), embedding }] },
      inputTokens,
    };
  },
};

/** Cohere Embed v3 and v4. */
export const cohereEmbed: EmbeddingFamily = {
  embed(body, { id }) {
    refuseWrong(body, forms.cohereEmbed, id);
    const texts = cohereTexts(body);
    if (texts.length === 0) throw malformed('', 'required key [texts] not found');
    const isV4 = id.includes('embed-v4');
    const length = isV4
      ? dimension(body['output_dimension'], [1536, 1024, 512, 256], '/output_dimension')
      : 1024;
    const vectors = texts.map((text) => embedText(text, length));
    const types = stringList(body['embedding_types']);
    const inputTokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
    const output: Json = {
      id: pseudoUuid(texts.join('\n')),
      texts,
      embeddings: types.length === 0 ? vectors : byType(types, vectors),
      response_type: types.length === 0 ? 'embeddings_floats' : 'embeddings_by_type',
    };
    return { output, inputTokens };
  },
};

function cohereTexts(body: Json): string[] {
  const inputs = Array.isArray(body['inputs'])
    ? body['inputs'].map((at) => JSON.stringify(at))
    : [];
  return [...stringList(body['texts']), ...stringList(body['images']), ...inputs];
}

function byType(types: readonly string[], vectors: number[][]): Json {
  const scale = (factor: number, shift: number) =>
    vectors.map((vector) => vector.map((value) => Math.round(value * factor) + shift));
  const forms: Record<string, () => number[][]> = {
    float: () => vectors,
    int8: () => scale(127, 0),
    uint8: () => scale(127, 128),
    binary: () => packBits(vectors, -128),
    ubinary: () => packBits(vectors, 0),
  };
  return Object.fromEntries(
    types.map((type) => {
      const form = forms[type];
      if (form === undefined)
        throw malformed('/embedding_types', `${type} is not a valid enum value`);
      return [type, form()];
    }),
  );
}

function packBits(vectors: number[][], shift: number): number[][] {
  return vectors.map((vector) =>
    Array.from({ length: Math.ceil(vector.length / 8) }, (_, byte) => {
      const bits = vector.slice(byte * 8, byte * 8 + 8);
      return bits.reduce((sum, value, bit) => sum | (value > 0 ? 1 << (7 - bit) : 0), 0) + shift;
    }),
  );
}

function dimension(value: unknown, allowed: readonly number[], pointer: string): number {
  if (value === undefined) return allowed[0] ?? 1024;
  if (typeof value === 'number' && allowed.includes(value)) return value;
  throw malformed(pointer, `${JSON.stringify(value)} is not a valid enum value`);
}
