import { baseModelId } from './families.js';

/** How much a model reads and writes at most, in tokens. */
export interface ContextWindow {
  readonly input: number;
  readonly output?: number;
}

/** When the table below was read, and where. */
export const contextTable = {
  date: '2026-11-22',
  source:
    'https://github.com/BerriAI/litellm/blob/00035b69f416be24e2e323c13198d9b7d2d1bdf9/model_prices_and_context_window.json',
};

const windows: Readonly<Record<string, ContextWindow>> = {
  'anthropic.claude-haiku-4-5-20251001-v1:0': { input: 200_000, output: 64_000 },
  'anthropic.claude-sonnet-5': { input: 1_000_000, output: 128_000 },
  'anthropic.claude-sonnet-4-6': { input: 1_000_000, output: 64_000 },
  'anthropic.claude-sonnet-4-5-20250929-v1:0': { input: 200_000, output: 64_000 },
  'anthropic.claude-opus-4-8': { input: 1_000_000, output: 128_000 },
  'anthropic.claude-opus-4-7': { input: 1_000_000, output: 128_000 },
  'anthropic.claude-opus-4-6-v1': { input: 1_000_000, output: 128_000 },
  'anthropic.claude-opus-4-5-20251101-v1:0': { input: 200_000, output: 64_000 },
  'anthropic.claude-opus-4-1-20250805-v1:0': { input: 200_000, output: 32_000 },
  'anthropic.claude-fable-5': { input: 1_000_000, output: 128_000 },
  'amazon.nova-micro-v1:0': { input: 128_000, output: 10_000 },
  'amazon.nova-lite-v1:0': { input: 300_000, output: 10_000 },
  'amazon.nova-pro-v1:0': { input: 300_000, output: 10_000 },
  'amazon.nova-2-lite-v1:0': { input: 1_000_000, output: 64_000 },
  'amazon.nova-2-multimodal-embeddings-v1:0': { input: 8172 },
  'amazon.titan-embed-text-v2:0': { input: 8192 },
  'amazon.titan-embed-image-v1': { input: 128 },
  'writer.palmyra-x5-v1:0': { input: 1_000_000, output: 8192 },
};

/** The window of a model id, profile id or ARN; undefined where it is not known. The API does not say. */
export function contextOf(modelId: string): ContextWindow | undefined {
  return windows[baseModelId(modelId)];
}
