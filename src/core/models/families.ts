/**
 * The request and response shapes InvokeModel has, one a provider family.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html and its sub-pages.
 */
export type Family =
  | 'anthropic'
  | 'nova'
  | 'titanText'
  | 'jurassic2'
  | 'jamba'
  | 'cohereCommand'
  | 'cohereCommandR'
  | 'llama'
  | 'mistralText'
  | 'mistralChat'
  | 'deepseekR1'
  | 'openAiChat'
  | 'gptOss'
  | 'titanEmbedText'
  | 'titanEmbedMultimodal'
  | 'novaEmbed'
  | 'cohereEmbed';

const byPrefix: readonly [RegExp, Family][] = [
  [/^anthropic\./, 'anthropic'],
  [/^amazon\.nova-.*embed/, 'novaEmbed'],
  [/^amazon\.nova-/, 'nova'],
  [/^amazon\.titan-embed-image/, 'titanEmbedMultimodal'],
  [/^amazon\.titan-embed-/, 'titanEmbedText'],
  [/^amazon\.titan-(text|tg1)/, 'titanText'],
  [/^ai21\.j2-/, 'jurassic2'],
  [/^ai21\.jamba-/, 'jamba'],
  [/^cohere\.command-r/, 'cohereCommandR'],
  [/^cohere\.command-/, 'cohereCommand'],
  [/^cohere\.embed-/, 'cohereEmbed'],
  [/^meta\.llama/, 'llama'],
  [/^mistral\.(mistral-7b|mixtral-8x7b|mistral-large-2402|mistral-small-2402)/, 'mistralText'],
  [/^mistral\./, 'mistralChat'],
  [/^deepseek\.r1/, 'deepseekR1'],
  [/^openai\.gpt-oss/, 'gptOss'],
  [/^(deepseek|qwen|google|moonshot|moonshotai|minimax|zai|nvidia|openai|writer)\./, 'openAiChat'],
];

/** Geography prefixes of system-defined inference profiles. */
const geography = /^(us-gov|us|eu|apac|au|jp|in|ca|sa|me|global)\./;

/**
 * The base model id behind an id, an ARN or a system-defined inference profile:
 * `us.anthropic.claude-x` → `anthropic.claude-x`. An application profile's ARN hides its model and
 * comes back as its last segment.
 */
export function baseModelId(modelId: string): string {
  const last = modelId.slice(modelId.lastIndexOf('/') + 1);
  return last.replace(geography, '');
}

/** The family of a model id, profile id or ARN; undefined where it is not known. */
export function familyOf(modelId: string): Family | undefined {
  const id = baseModelId(modelId);
  return byPrefix.find(([pattern]) => pattern.test(id))?.[1];
}

/** True for families that turn text or images into vectors: they have no Converse form. */
export function isEmbedding(family: Family): boolean {
  return family.endsWith('Embed') || family.startsWith('titanEmbed');
}
