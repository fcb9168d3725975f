import { type Family, familyOf } from '../../core/models/families.js';
import { validationError } from '../awsError.js';
import type { CatalogueModel } from '../models/catalogue.js';
import type { Json } from './bodyCheck.js';
import type { ChatReply, Responder } from './chat.js';
import { anthropic } from './families/anthropic.js';
import { cohereCommandR, gptOss, jamba, mistralChat, openAiChat } from './families/chatFamilies.js';
import {
  cohereEmbed,
  novaEmbed,
  titanEmbedMultimodal,
  titanEmbedText,
} from './families/embeddings.js';
import type { ChatFamily, EmbeddingFamily } from './families/family.js';
import { nova } from './families/nova.js';
import {
  cohereCommand,
  deepseekR1,
  jurassic2,
  llama,
  mistralText,
  titanText,
} from './families/promptFamilies.js';
import { countInput } from './writer.js';

const families: Readonly<Record<Family, ChatFamily | EmbeddingFamily>> = {
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

/** A native answer and what it cost. */
export interface Invocation {
  readonly output: Json;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

function moduleOf({ id }: CatalogueModel): ChatFamily | EmbeddingFamily {
  const family = familyOf(id);
  if (family === undefined) throw validationError('The provided model identifier is invalid.');
  return families[family];
}

/** Runs a native body; throws what AWS answers to a wrong one. */
export async function invokeNative(
  model: CatalogueModel,
  body: Json,
  respond: Responder,
  signal: AbortSignal,
): Promise<Invocation> {
  const family = moduleOf(model);
  if ('embed' in family) return { ...family.embed(body, model), outputTokens: 0 };
  const reply = await respond(family.read(body, model), signal);
  return {
    output: { ...family.write(reply, body, model), ...guardMembers(reply) },
    inputTokens: reply.inputTokens,
    outputTokens: reply.outputTokens,
  };
}

/** The native chunks of a streamed answer, without the metrics at the end. */
export async function streamNative(
  model: CatalogueModel,
  body: Json,
  respond: Responder,
  signal: AbortSignal,
): Promise<{ chunks: Json[]; reply: ChatReply }> {
  const family = moduleOf(model);
  if ('embed' in family || !model.streaming) {
    throw validationError('The model is unsupported for streaming.');
  }
  const reply = await respond(family.read(body, model), signal);
  return { chunks: family.stream(reply, body, model), reply };
}

/** What a guardrail adds to a native answer, or to the last chunk of one. */
export function guardMembers({ guard }: ChatReply): Json {
  if (guard === undefined) return {};
  return {
    'amazon-bedrock-guardrailAction': guard.intervened ? 'INTERVENED' : 'NONE',
    ...(guard.trace === undefined ? {} : { 'amazon-bedrock-trace': { guardrail: guard.trace } }),
  };
}

/** Input tokens of a native body. */
export function countNative(model: CatalogueModel, body: Json): number {
  const family = moduleOf(model);
  if ('embed' in family) return family.embed(body, model).inputTokens;
  return countInput(family.read(body, model));
}
