import { CountTokensCommand, type CountTokensInput } from '@aws-sdk/client-bedrock-runtime';
import { estimateRequestTokens, estimateTokens } from '../core/converse/estimateTokens.js';
import type { CountTokensInput as TokensOf, TokenCount } from '../core/converse/runtimeApi.js';
import { baseModelId } from '../core/models/families.js';
import { toConverseInput } from './converse.js';
import { sendOnce, type RuntimeCall } from './runtimeCall.js';

/**
 * CountTokens on the base model (it knows no profiles), which is free. Where the model or the
 * permission lacks it, an estimate with the reason. Other failures (network, keys) are thrown.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */
export async function countTokens(
  { client, context }: RuntimeCall,
  of: TokensOf,
  signal?: AbortSignal,
): Promise<TokenCount> {
  const modelId = 'converse' in of ? of.converse.modelId : of.invoke.modelId;
  const call = { ...context, action: 'bedrock:CountTokens', resource: modelId };
  const command = new CountTokensCommand({ modelId: baseModelId(modelId), input: toInput(of) });
  try {
    const found = await sendOnce(call, signal, (options) => client.send(command, options));
    if (found.inputTokens !== undefined) return { tokens: found.inputTokens, isEstimate: false };
    return estimate(of, 'AWS gave no count.');
  } catch (error) {
    const kind = error instanceof Error && 'kind' in error ? error.kind : undefined;
    if (typeof kind !== 'string' || !canGuess.has(kind) || !(error instanceof Error)) throw error;
    return estimate(of, error.message);
  }
}

/** Failures that mean "not countable here", not "nothing works". */
const canGuess = new Set([
  'invalidInput',
  'accessDenied',
  'notFound',
  'modelUnavailable',
  'unsupported',
]);

function estimate(of: TokensOf, reason: string): TokenCount {
  const tokens =
    'converse' in of ? estimateRequestTokens(of.converse) : estimateTokens(of.invoke.body);
  return { tokens, isEstimate: true, reason };
}

function toInput(of: TokensOf): CountTokensInput {
  if ('invoke' in of) return { invokeModel: { body: new TextEncoder().encode(of.invoke.body) } };
  const { messages, system, toolConfig, additionalModelRequestFields } = toConverseInput(
    of.converse,
  );
  return {
    converse: {
      messages,
      ...(system && { system }),
      ...(toolConfig && { toolConfig }),
      ...(additionalModelRequestFields && { additionalModelRequestFields }),
    },
  };
}
