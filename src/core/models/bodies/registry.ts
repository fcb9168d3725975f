import type { Family } from '../families.js';
import { anthropic } from './anthropic.js';
import { gptOss, jamba, mistralChat, openAiChat } from './chat.js';
import { has } from './findFaults.js';
import { cohereCommand, cohereCommandR } from './cohere.js';
import { cohereEmbed, novaEmbed, titanEmbedMultimodal, titanEmbedText } from './embeddings.js';
import { arrayOf, at, isObject } from './json.js';
import { nova } from './nova.js';
import { deepseekR1, jurassic2, llama, mistralText, titanText } from './promptText.js';
import type { BodyForm, JsonObject } from './types.js';

const forms: Readonly<Record<Family, BodyForm>> = {
  anthropic,
  nova,
  titanText,
  jurassic2,
  jamba,
  cohereCommand,
  cohereCommandR,
  llama,
  mistralText,
  mistralChat,
  deepseekR1,
  openAiChat,
  gptOss,
  titanEmbedText,
  titanEmbedMultimodal,
  novaEmbed,
  cohereEmbed,
};

/** Every family there is a body of. */
export const families = Object.keys(forms) as readonly Family[];

/** The InvokeModel body of a family. */
export function bodyOf(family: Family): BodyForm {
  return forms[family];
}

/**
 * What a `modelInput` was written for, where its members say so beyond doubt; undefined where several
 * families share the shape. Nova's own body and Converse are told apart by `schemaVersion` and `topK`.
 */
export function detectBody(modelInput: unknown): Family | 'converse' | undefined {
  if (!isObject(modelInput)) return undefined;
  if (has(modelInput, 'anthropic_version')) return 'anthropic';
  if (has(modelInput, 'messages')) return detectMessages(modelInput);
  if (has(modelInput, 'max_gen_len')) return 'llama';
  if (has(modelInput, 'textGenerationConfig')) return 'titanText';
  if (has(modelInput, 'input_type')) return 'cohereEmbed';
  if (has(modelInput, 'inputImage')) return 'titanEmbedMultimodal';
  if (has(modelInput, 'inputText')) return 'titanEmbedText';
  if (has(modelInput, 'singleEmbeddingParams')) return 'novaEmbed';
  if (has(modelInput, 'message') && typeof modelInput['message'] === 'string') {
    return 'cohereCommandR';
  }
  return undefined;
}

function detectMessages(body: JsonObject): Family | 'converse' | undefined {
  if (has(body, 'schemaVersion') || at(body, 'inferenceConfig', 'topK') !== undefined)
    return 'nova';
  if (looksLikeConverse(body)) return 'converse';
  if (has(body, 'max_completion_tokens')) return 'gptOss';
  return undefined;
}

const blockMembers = ['text', 'image', 'document', 'video', 'audio', 'guardContent', 'cachePoint'];

/** True for messages whose blocks have no `type`, and nothing of a native body beside them. */
export function looksLikeConverse(body: JsonObject): boolean {
  if (['anthropic_version', 'max_tokens', 'max_completion_tokens'].some((own) => has(body, own))) {
    return false;
  }
  const first = at(body, 'messages', 0, 'content', 0);
  if (!isObject(first)) return has(body, 'inferenceConfig') && has(body, 'messages');
  return !has(first, 'type') && blockMembers.some((member) => has(first, member));
}

/** True for a body that can only be a provider's own: never valid as a Converse request. */
export function looksNative(body: JsonObject): boolean {
  const native = ['anthropic_version', 'prompt', 'inputText', 'max_tokens', 'max_gen_len', 'texts'];
  if (native.some((member) => has(body, member))) return true;
  return arrayOf(body['messages']).some((message) => typeof at(message, 'content') === 'string');
}
