import { baseModelId } from './families.js';
import { valueForId } from './idPattern.js';

/** What tokens of a model cost on demand, in US dollars a million tokens. */
export interface Price {
  readonly inputPerMillion?: number;
  readonly outputPerMillion?: number;
  readonly cacheReadPerMillion?: number;
  /** Writing to the cache for five minutes. */
  readonly cacheWritePerMillion?: number;
  readonly currency: 'USD';
  /** When the source was read or checked, `2026-10-05`; empty for the person's own prices. */
  readonly date: string;
  /** A URL, or the name of the setting. */
  readonly source: string;
}

/** A person's own prices in `bedrock.models.prices`, US dollars a million tokens. */
export interface PriceOverride {
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

export type PriceOverrides = Readonly<Record<string, PriceOverride>>;

/** AWS's own table in its agent toolkit, which it checked against its price page on that day. */
const aws = {
  date: '2026-10-05',
  source:
    'https://github.com/aws/agent-toolkit-for-aws/blob/main/plugins/aws-startup-advisor/skills/llm-to-bedrock/scripts/bedrock_pricing.py',
};

/** LiteLLM's table, as read on that day; used where AWS's has no row. */
const liteLlm = {
  date: '2026-11-22',
  source:
    'https://github.com/BerriAI/litellm/blob/00035b69f416be24e2e323c13198d9b7d2d1bdf9/model_prices_and_context_window.json',
};

interface Row {
  readonly from: typeof aws;
  readonly input: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  /**
   * Factor for profiles by their prefix, `*` for every other geography. A prefix that is not here has
   * no known price. Since Claude 4.5 a geographic profile costs a tenth more than a global one.
   */
  readonly profiles?: Readonly<Record<string, number>>;
}

const tenthMore = { global: 1, '*': 1.1 };

/** Prices of us-east-1. A model that is not here has no price that could be backed: it is unknown. */
const rows: Readonly<Record<string, Row>> = {
  'anthropic.claude-haiku-4-5-20251001-v1:0': {
    ...{ from: aws, input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, profiles: tenthMore },
  },
  'anthropic.claude-sonnet-5': {
    ...{ from: aws, input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5, profiles: tenthMore },
  },
  'anthropic.claude-sonnet-4-6': {
    ...{ from: aws, input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, profiles: tenthMore },
  },
  'anthropic.claude-opus-4-8': {
    ...{ from: aws, input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25, profiles: tenthMore },
  },
  'anthropic.claude-opus-4-7': {
    ...{ from: liteLlm, input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    profiles: tenthMore,
  },
  'anthropic.claude-opus-4-6-v1': {
    ...{ from: liteLlm, input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    profiles: tenthMore,
  },
  'anthropic.claude-opus-4-5-20251101-v1:0': {
    ...{ from: liteLlm, input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 },
    profiles: tenthMore,
  },
  'anthropic.claude-sonnet-4-5-20250929-v1:0': {
    ...{ from: liteLlm, input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
    profiles: tenthMore,
  },
  'anthropic.claude-fable-5': {
    ...{ from: liteLlm, input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 },
    profiles: tenthMore,
  },
  // Older profiles cost what the model costs: https://aws.amazon.com/bedrock/pricing/
  'anthropic.claude-opus-4-1-20250805-v1:0': {
    ...{ from: liteLlm, input: 15, output: 75, cacheRead: 1.5, cacheWrite: 18.75 },
    profiles: { us: 1 },
  },
  'amazon.nova-micro-v1:0': { from: aws, input: 0.035, output: 0.14, profiles: { us: 1 } },
  'amazon.nova-lite-v1:0': { from: aws, input: 0.06, output: 0.24, profiles: { us: 1 } },
  'amazon.nova-pro-v1:0': { from: aws, input: 0.8, output: 3.2, profiles: { us: 1 } },
  'amazon.nova-2-lite-v1:0': {
    ...{ from: liteLlm, input: 0.3, output: 2.5, cacheRead: 0.075 },
    profiles: { us: 1.1, eu: 1.1, jp: 1.1, global: 1 },
  },
  'amazon.titan-embed-text-v2:0': { from: liteLlm, input: 0.02, output: 0 },
  'amazon.titan-embed-image-v1': { from: liteLlm, input: 0.8, output: 0 },
  'amazon.nova-2-multimodal-embeddings-v1:0': { from: liteLlm, input: 0.135, output: 0 },
  'writer.palmyra-x5-v1:0': { from: liteLlm, input: 0.6, output: 6 },
};

/**
 * The price of a model id, profile id or ARN, or undefined where no source backs one. It is that of
 * us-east-1: other Regions may differ, and a batch job usually costs half.
 */
export function priceOf(modelId: string, overrides: PriceOverrides = {}): Price | undefined {
  const own = valueForId(overrides, modelId);
  if (own) return ownPrice(own.value);
  const id = modelId.slice(modelId.lastIndexOf('/') + 1);
  const base = baseModelId(id);
  const row = rows[base];
  if (!row) return undefined;
  const prefix = id === base ? undefined : id.slice(0, -base.length - 1);
  const factor = prefix === undefined ? 1 : (row.profiles?.[prefix] ?? row.profiles?.['*']);
  return factor === undefined ? undefined : scaled(row, factor);
}

function scaled(row: Row, factor: number): Price {
  // Tenths of tenths leave 0.11000000000000001 behind.
  const of = (value: number) => Number((value * factor).toPrecision(12));
  return {
    inputPerMillion: of(row.input),
    ...(row.output === undefined ? {} : { outputPerMillion: of(row.output) }),
    ...(row.cacheRead === undefined ? {} : { cacheReadPerMillion: of(row.cacheRead) }),
    ...(row.cacheWrite === undefined ? {} : { cacheWritePerMillion: of(row.cacheWrite) }),
    currency: 'USD',
    ...row.from,
  };
}

function ownPrice({ input, output, cacheRead, cacheWrite }: PriceOverride): Price {
  return {
    ...(input === undefined ? {} : { inputPerMillion: input }),
    ...(output === undefined ? {} : { outputPerMillion: output }),
    ...(cacheRead === undefined ? {} : { cacheReadPerMillion: cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWritePerMillion: cacheWrite }),
    currency: 'USD',
    date: '',
    source: 'bedrock.models.prices',
  };
}
