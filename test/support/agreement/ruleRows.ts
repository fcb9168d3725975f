/** A request in no form yet; each of the five makes its own of it. */
export interface Asked {
  readonly turns: readonly (readonly ['user' | 'assistant', string])[];
  readonly system?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly thinking?: Readonly<Record<string, string | number>>;
  readonly beta?: readonly string[];
  /** Schemas of tools. */
  readonly tools?: readonly Readonly<Record<string, unknown>>[];
  readonly isForced?: boolean;
}

export interface RuleRow {
  readonly what: string;
  readonly modelId: string;
  readonly asked: Asked;
  readonly right: 'ok' | 'warning' | 'error';
  readonly rule?: string;
  /** Where it was read what is right, on 2026-11-25. */
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com/bedrock/latest/userguide/';
const request = `${guide}model-parameters-anthropic-claude-messages-request-response.html`;
const thinkingPage = `${guide}claude-messages-extended-thinking.html`;
const opus47 = `${guide}model-card-anthropic-claude-opus-4-7.html`;
const features = `${guide}conversation-inference-supported-models-features.html`;
const prefill = 'https://github.com/anomalyco/opencode/issues/29760';

const haiku45 = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const sonnet45 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const turns = [['user', 'Say the number 7.']] as const;
const both = { turns, maxTokens: 100, temperature: 0.2, topP: 0.9 };
const begun = { turns: [...turns, ['assistant', '{'] as const], maxTokens: 100 };
const thinks = (budget: number, maxTokens: number): Asked => ({
  turns,
  maxTokens,
  thinking: { type: 'enabled', budget_tokens: budget },
});
const object = { type: 'object', properties: { a: { type: 'string' } } };

type Short = readonly [
  what: string,
  modelId: string,
  asked: Asked,
  right: RuleRow['right'],
  source: string,
];

function rowsOf(rule: string, rows: readonly Short[]): RuleRow[] {
  return rows.map(([what, modelId, asked, right, source]) => ({
    ...{ what, modelId, asked, right, source },
    ...(right !== 'ok' && { rule }),
  }));
}

/** What models are known to refuse and to take. */
export const ruleRows: readonly RuleRow[] = [
  ...rowsOf('claude-one-sampling-parameter', [
    ['both on Haiku 4.5', haiku45, both, 'error', request],
    ['both on Sonnet 4.5', sonnet45, both, 'error', request],
    [
      'both on Opus 4.1',
      'us.anthropic.claude-opus-4-1-20250805-v1:0',
      both,
      'error',
      'https://github.com/aws-samples/bedrock-chat/pull/979',
    ],
    [
      'both on Sonnet 4.6, an id without a date',
      'us.anthropic.claude-sonnet-4-6',
      both,
      'error',
      'https://github.com/aws-samples/bedrock-access-gateway/pull/238',
    ],
    [
      'both on Sonnet 4, which takes them',
      'us.anthropic.claude-sonnet-4-20250514-v1:0',
      both,
      'ok',
      request,
    ],
    ['both on Claude 3 Haiku', 'anthropic.claude-3-haiku-20240307-v1:0', both, 'ok', request],
    ['one on Haiku 4.5', haiku45, { turns, maxTokens: 100, topP: 0.9 }, 'ok', request],
    ['both on Nova', 'us.amazon.nova-lite-v1:0', both, 'ok', features],
  ]),
  ...rowsOf('claude-no-sampling-parameters', [
    [
      'a temperature on Opus 4.7',
      'us.anthropic.claude-opus-4-7',
      { turns, maxTokens: 50, temperature: 0.2 },
      'error',
      opus47,
    ],
    [
      'top P on Opus 4.7',
      'anthropic.claude-opus-4-7',
      { turns, maxTokens: 50, topP: 0.9 },
      'error',
      opus47,
    ],
    [
      'top K on Opus 4.7',
      'anthropic.claude-opus-4-7',
      { turns, maxTokens: 50, topK: 5 },
      'error',
      opus47,
    ],
    [
      'a temperature on Opus 4.8',
      'us.anthropic.claude-opus-4-8',
      { turns, maxTokens: 50, temperature: 0 },
      'error',
      'https://github.com/logancyang/obsidian-copilot/issues/2600',
    ],
    [
      'the default temperature on Opus 4.7',
      'us.anthropic.claude-opus-4-7',
      { turns, maxTokens: 50, temperature: 1 },
      'warning',
      opus47,
    ],
    [
      'a temperature on a model newer than the table',
      'us.anthropic.claude-opus-6',
      { turns, maxTokens: 50, temperature: 0.2 },
      'warning',
      opus47,
    ],
    ['none on Opus 4.7', 'us.anthropic.claude-opus-4-7', { turns, maxTokens: 50 }, 'ok', opus47],
    [
      'a temperature on Opus 4.6',
      'us.anthropic.claude-opus-4-6-v1',
      { turns, maxTokens: 50, temperature: 0.2 },
      'ok',
      opus47,
    ],
  ]),
  ...rowsOf('claude-adaptive-thinking-only', [
    [
      'a thinking budget on Opus 4.7',
      'us.anthropic.claude-opus-4-7',
      thinks(2000, 4000),
      'error',
      opus47,
    ],
    [
      'a thinking budget on Opus 5',
      'us.anthropic.claude-opus-5',
      thinks(2000, 4000),
      'error',
      'https://github.com/earendil-works/pi/pull/7081',
    ],
    [
      'adaptive thinking on Opus 4.7',
      'us.anthropic.claude-opus-4-7',
      { turns, maxTokens: 4000, thinking: { type: 'adaptive' } },
      'ok',
      opus47,
    ],
  ]),
  ...rowsOf('claude-thinking-budget-minimum', [
    ['a budget below 1024', haiku45, thinks(500, 2000), 'error', thinkingPage],
    ['a budget of 1024', haiku45, thinks(1024, 2000), 'ok', thinkingPage],
    [
      'no budget',
      haiku45,
      { turns, maxTokens: 2000, thinking: { type: 'enabled' } },
      'error',
      thinkingPage,
    ],
    [
      'thinking that is off',
      haiku45,
      { turns, maxTokens: 100, temperature: 0.2, thinking: { type: 'disabled' } },
      'ok',
      thinkingPage,
    ],
    [
      'adaptive thinking without a budget',
      'us.anthropic.claude-opus-4-6-v1',
      { turns, maxTokens: 90, thinking: { type: 'adaptive' } },
      'ok',
      thinkingPage,
    ],
  ]),
  ...rowsOf('claude-thinking-budget-below-limit', [
    ['a budget above the limit', sonnet45, thinks(4000, 1000), 'error', thinkingPage],
    ['a budget that is the limit', sonnet45, thinks(2000, 2000), 'error', thinkingPage],
    [
      'interleaved thinking beyond the limit',
      sonnet45,
      { ...thinks(4000, 1000), beta: ['interleaved-thinking-2025-05-14'] },
      'warning',
      thinkingPage,
    ],
  ]),
  ...rowsOf('claude-thinking-temperature', [
    [
      'temperature 0.3 with thinking',
      sonnet45,
      { ...thinks(2000, 4000), temperature: 0.3 },
      'error',
      thinkingPage,
    ],
    [
      'temperature 1 with thinking',
      sonnet45,
      { ...thinks(2000, 4000), temperature: 1 },
      'ok',
      thinkingPage,
    ],
  ]),
  ...rowsOf('claude-thinking-top-k', [
    ['top K with thinking', sonnet45, { ...thinks(2000, 4000), topK: 5 }, 'error', thinkingPage],
  ]),
  ...rowsOf('claude-thinking-top-p', [
    [
      'top P 0.5 with thinking',
      sonnet45,
      { ...thinks(2000, 4000), topP: 0.5 },
      'error',
      thinkingPage,
    ],
    [
      'top P 0.95 with thinking',
      sonnet45,
      { ...thinks(2000, 4000), topP: 0.95 },
      'ok',
      thinkingPage,
    ],
  ]),
  ...rowsOf('claude-thinking-prefill', [
    [
      'an answer begun with thinking',
      sonnet45,
      { ...thinks(2000, 4000), turns: begun.turns },
      'error',
      thinkingPage,
    ],
  ]),
  ...rowsOf('claude-stop-sequence-blank', [
    [
      'a line break as stop',
      sonnet45,
      { turns, maxTokens: 9, stop: ['\n\n'] },
      'error',
      'https://github.com/BerriAI/litellm/issues/3286',
    ],
    [
      'a blank among others',
      sonnet45,
      { turns, maxTokens: 9, stop: ['END', ' '] },
      'error',
      'https://github.com/BerriAI/litellm/issues/3286',
    ],
    [
      'a word behind a line break',
      sonnet45,
      { turns, maxTokens: 9, stop: ['\n\nHuman:'] },
      'ok',
      request,
    ],
    [
      'a line break for Nova',
      'us.amazon.nova-lite-v1:0',
      { turns, maxTokens: 9, stop: ['\n'] },
      'ok',
      features,
    ],
  ]),
  ...rowsOf('claude-no-prefill', [
    ['an answer begun on Opus 4.6', 'us.anthropic.claude-opus-4-6-v1', begun, 'error', prefill],
    [
      'an answer begun on Sonnet 4.6',
      'us.anthropic.claude-sonnet-4-6',
      begun,
      'error',
      'https://github.com/anomalyco/opencode/issues/13768',
    ],
    ['an answer begun on Opus 4.7', 'us.anthropic.claude-opus-4-7', begun, 'warning', prefill],
    ['an answer begun on Sonnet 4.5', sonnet45, begun, 'ok', prefill],
  ]),
  ...rowsOf('no-system-text', [
    ...[
      'mistral.mistral-7b-instruct-v0:2',
      'mistral.mixtral-8x7b-instruct-v0:1',
      'amazon.titan-text-premier-v1:0',
    ].map((modelId): Short => [
      `a system text for ${modelId}`,
      modelId,
      { turns, system: 'Be brief.' },
      'error',
      features,
    ]),
    [
      'a system text for Llama',
      'us.meta.llama3-1-8b-instruct-v1:0',
      { turns, system: 'Be brief.' },
      'ok',
      features,
    ],
  ]),
  ...rowsOf('no-tools', [
    [
      'tools for Mistral 7B',
      'mistral.mistral-7b-instruct-v0:2',
      { turns, tools: [object] },
      'error',
      features,
    ],
    [
      'tools for Nova Micro',
      'us.amazon.nova-micro-v1:0',
      { turns, tools: [object] },
      'ok',
      features,
    ],
  ]),
  ...rowsOf('claude-schema-root', [
    [
      'a choice at the root of a schema',
      sonnet45,
      { turns, maxTokens: 9, tools: [{ type: 'object', oneOf: [{ required: ['a'] }] }] },
      'error',
      'https://github.com/anthropics/claude-code/issues/5973',
    ],
    [
      'the same for another provider',
      'zai.glm-4.7',
      { turns, maxTokens: 9, tools: [{ type: 'object', oneOf: [{ required: ['a'] }] }] },
      'ok',
      'https://github.com/earendil-works/pi/issues/8279',
    ],
  ]),
  ...rowsOf('', [
    [
      'anything for a model that is not in the table',
      'us.newcomer.model-1',
      { ...both, system: 'x' },
      'ok',
      features,
    ],
    [
      'a plain question',
      haiku45,
      { turns, system: 'Be brief.', maxTokens: 64, temperature: 0.5, stop: ['END'] },
      'ok',
      request,
    ],
    ['a tool', sonnet45, { turns, maxTokens: 64, tools: [object] }, 'ok', request],
  ]),
];
