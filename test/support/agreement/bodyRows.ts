import type { InvocationType } from '../../../src/core/batch/types.js';

/** A body, the model it is for, and what is right. */
export interface BodyRow {
  readonly what: string;
  readonly modelId: string;
  readonly type: InvocationType;
  readonly body: Readonly<Record<string, unknown>>;
  readonly right: 'ok' | 'warning' | 'error';
  /** What the finding has to name: usually what to write instead. */
  readonly says?: RegExp;
  /** Where it was read what is right, on 2026-11-25. */
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com/bedrock/latest/userguide/';
const api = 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_';
const issue = 'https://github.com/';
const claudePage = `${guide}model-parameters-anthropic-claude-messages-request-response.html`;
const titanPage = `${guide}model-parameters-titan-embed-text.html`;
const novaPage = 'https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html';
const systemTurns =
  'https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages';

const haiku45 = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const novaLite = 'us.amazon.nova-lite-v1:0';
const titanEmbed = 'amazon.titan-embed-text-v2:0';
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const claude = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 32,
  messages: [{ role: 'user', content: 'Say the number 7.' }],
};
const converse = { messages: [{ role: 'user', content: [{ text: 'Say the number 7.' }] }] };
const nova = { schemaVersion: 'messages-v1', ...converse };

type Short = readonly [
  what: string,
  body: object,
  right: BodyRow['right'],
  source: string,
  says?: RegExp,
];

function rowsOf(modelId: string, type: InvocationType, rows: readonly Short[]): BodyRow[] {
  return rows.map(([what, body, right, source, says]) => ({
    ...{ what, modelId, type, right, source, body: body as BodyRow['body'] },
    ...(says && { says }),
  }));
}

const asking = (content: unknown, role = 'user') => ({ ...claude, messages: [{ role, content }] });
const converseAsking = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] });
const claudeImage = (media_type: string) => [
  { type: 'image', source: { type: 'base64', media_type, data: png } },
  { type: 'text', text: 'What is it?' },
];
const image = (format: string) => [
  { image: { format, source: { bytes: png } } },
  { text: 'What is it?' },
];
const systemTurn = {
  ...claude,
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'a' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'b' }] },
    { role: 'user', content: [{ type: 'text', text: 'c' }] },
    { role: 'system', content: [{ type: 'text', text: 'd' }] },
  ],
};

/** What bodies are known to be refused, and what of them AWS took. */
export const bodyRows: readonly BodyRow[] = [
  ...rowsOf(haiku45, 'InvokeModel', [
    ['a plain question', claude, 'ok', claudePage],
    [
      'the model inside the body',
      { ...claude, model: 'claude-haiku-4-5' },
      'error',
      `${issue}maximhq/bifrost/pull/4516`,
      /"model"/,
    ],
    [
      'OpenAI’s response_format',
      { ...claude, response_format: {} },
      'error',
      `${issue}pingcap/autoflow/pull/574`,
      /output_config/,
    ],
    [
      'OpenAI’s stop',
      { ...claude, stop: ['END'] },
      'error',
      `${issue}BerriAI/litellm/issues/21596`,
      /stop_sequences/,
    ],
    [
      'OpenAI’s penalties',
      { ...claude, presence_penalty: 0 },
      'error',
      `${issue}BerriAI/litellm/issues/21596`,
      /presence_penalty/,
    ],
    [
      'OpenAI’s reasoning_effort',
      { ...claude, reasoning_effort: 'low' },
      'error',
      claudePage,
      /effort/,
    ],
    ['Converse’s topP', { ...claude, topP: 0.5 }, 'error', claudePage, /top_p/],
    ['Gemini’s contents', { ...claude, contents: [] }, 'error', claudePage, /messages/],
    ['an unknown member', { ...claude, extra_body: {} }, 'error', claudePage, /extra_body/],
    [
      'an unknown member of a beta feature',
      { ...claude, anthropic_beta: ['x-2026'], novelty: 1 },
      'warning',
      claudePage,
    ],
    ['an empty text', asking(''), 'error', `${issue}anomalyco/opencode/issues/15715`, /empty/],
    [
      'an empty text block',
      asking([{ type: 'text', text: '' }]),
      'error',
      `${issue}anomalyco/opencode/issues/15715`,
      /empty/,
    ],
    [
      'a text of white space',
      asking([{ type: 'text', text: ' \n' }]),
      'error',
      `${issue}anomalyco/opencode/issues/15715`,
      /white space/,
    ],
    ['no blocks', asking([]), 'error', `${issue}anomalyco/opencode/issues/15715`, /empty list/],
    [
      'image/jpg',
      asking(claudeImage('image/jpg')),
      'error',
      `${issue}NousResearch/hermes-agent/issues/55429`,
      /image\/jpeg/,
    ],
    [
      'image/PNG',
      asking(claudeImage('image/PNG')),
      'error',
      `${issue}NousResearch/hermes-agent/issues/55429`,
      /image\/png/,
    ],
    ['image/jpeg', asking(claudeImage('image/jpeg')), 'ok', claudePage],
    [
      'an OpenAI image',
      asking([{ type: 'image_url', image_url: { url: 'data:' } }]),
      'error',
      claudePage,
      /image_url/,
    ],
    ['a temperature of 1.5', { ...claude, temperature: 1.5 }, 'error', claudePage, /at most 1/],
    [
      'a schema without a type',
      { ...claude, tools: [{ name: 't', input_schema: {} }] },
      'error',
      claudePage,
      /type/,
    ],
    ['a system turn', systemTurn, 'error', systemTurns, /"system" member/],
    ['null for what is not set', { ...claude, temperature: null, system: null }, 'ok', claudePage],
    [
      'thinking and tool results sent back, which AWS took',
      {
        ...claude,
        max_tokens: 4000,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        tools: [{ name: 't', input_schema: { type: 'object', properties: {} } }],
        messages: [
          { role: 'user', content: 'Use it.' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'x', signature: 'eA==' },
              { type: 'tool_use', id: 'a', name: 't', input: {} },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: '' }] },
        ],
      },
      'ok',
      `${guide}claude-messages-extended-thinking.html`,
    ],
    [
      'cache points, metadata and text blocks in the system, which AWS took',
      {
        ...claude,
        system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
        metadata: { user_id: 'u' },
      },
      'ok',
      claudePage,
    ],
  ]),
  ...rowsOf('us.anthropic.claude-opus-4-8', 'InvokeModel', [
    ['a system turn', systemTurn, 'ok', systemTurns],
  ]),
  ...rowsOf('us.anthropic.claude-opus-5', 'InvokeModel', [
    ['a system turn', systemTurn, 'ok', systemTurns],
    [
      'a system turn first',
      { ...claude, messages: [{ role: 'system', content: 'a' }, ...claude.messages] },
      'error',
      systemTurns,
      /"system" member/,
    ],
  ]),
  ...rowsOf('us.anthropic.claude-sonnet-5', 'InvokeModel', [
    ['a system turn', systemTurn, 'warning', systemTurns],
  ]),
  ...rowsOf(haiku45, 'Converse', [
    ['a plain question', converse, 'ok', `${api}Converse.html`],
    [
      'a blank text',
      converseAsking({ text: '' }),
      'error',
      `${issue}continuedev/continue/issues/9767`,
      /empty/,
    ],
    [
      'a text of white space',
      converseAsking({ text: '  ' }),
      'error',
      `${issue}continuedev/continue/issues/9767`,
      /white space/,
    ],
    [
      'no blocks',
      converseAsking(),
      'error',
      `${issue}continuedev/continue/issues/9767`,
      /empty list/,
    ],
    [
      'image format jpg',
      converseAsking(...image('jpg')),
      'error',
      `${api}ImageBlock.html`,
      /"jpeg"/,
    ],
    [
      'image format JPEG',
      converseAsking(...image('JPEG')),
      'error',
      `${api}ImageBlock.html`,
      /"jpeg"/,
    ],
    ['image format webp', converseAsking(...image('webp')), 'ok', `${api}ImageBlock.html`],
    [
      'the system as a text',
      { ...converse, system: 'Be brief.' },
      'error',
      `${api}Converse.html`,
      /\[\{"text"/,
    ],
    [
      'an empty system text',
      { ...converse, system: [{ text: '' }] },
      'error',
      `${issue}aws-samples/bedrock-access-gateway/issues/167`,
      /empty/,
    ],
    [
      'max_tokens inside',
      { ...converse, inferenceConfig: { max_tokens: 9 } },
      'error',
      `${issue}BerriAI/litellm/pull/21656`,
      /"maxTokens"/,
    ],
    [
      'top_p inside',
      { ...converse, inferenceConfig: { top_p: 0.9 } },
      'error',
      `${issue}BerriAI/litellm/pull/21656`,
      /"topP"/,
    ],
    [
      'maxOutputTokens inside',
      { ...converse, inferenceConfig: { maxOutputTokens: 9 } },
      'error',
      `${api}InferenceConfiguration.html`,
      /"maxTokens"/,
    ],
    [
      'an answer first',
      { messages: [{ role: 'assistant', content: [{ text: 'a' }] }] },
      'error',
      `${guide}conversation-inference-call.html`,
      /user message/,
    ],
    [
      'explicit nulls beside the text',
      converseAsking({ text: 'a', image: null }),
      'ok',
      `${api}ContentBlock.html`,
    ],
  ]),
  ...rowsOf(novaLite, 'InvokeModel', [
    ['a plain question', { ...nova, inferenceConfig: { maxTokens: 9, topK: 20 } }, 'ok', novaPage],
    [
      'image format jpg',
      { schemaVersion: 'messages-v1', ...converseAsking(...image('jpg')) },
      'error',
      `${api}ImageBlock.html`,
      /"jpeg"/,
    ],
    [
      'the system as a text',
      { ...nova, system: 'Be brief.' },
      'error',
      `${issue}awslabs/graphrag-toolkit/pull/538`,
      /\[\{"text"/,
    ],
    [
      'max_new_tokens inside',
      { ...nova, inferenceConfig: { max_new_tokens: 9 } },
      'error',
      `${issue}BerriAI/litellm/pull/21656`,
      /"maxTokens"/,
    ],
  ]),
  ...rowsOf(titanEmbed, 'InvokeModel', [
    ['a text', { inputText: 'a', dimensions: 512, normalize: true }, 'ok', titanPage],
    [
      'a list of texts',
      { inputText: ['a', 'b'] },
      'error',
      `${issue}BerriAI/litellm/issues/17850`,
      /one text a record/,
    ],
    [
      'OpenAI’s encoding_format',
      { inputText: 'a', encoding_format: 'float' },
      'error',
      `${issue}promptfoo/promptfoo/issues/921`,
      /embeddingTypes/,
    ],
    [
      '384 dimensions',
      { inputText: 'a', dimensions: 384 },
      'error',
      `${issue}promptfoo/promptfoo/issues/921`,
      /256/,
    ],
  ]),
  ...rowsOf('us.meta.llama3-1-8b-instruct-v1:0', 'InvokeModel', [
    ['a prompt', { prompt: 'a', max_gen_len: 9 }, 'ok', `${guide}model-parameters-meta.html`],
    [
      'max_tokens',
      { prompt: 'a', max_tokens: 9 },
      'error',
      `${guide}model-parameters-meta.html`,
      /max_gen_len/,
    ],
  ]),
  ...rowsOf('amazon.titan-text-premier-v1:0', 'InvokeModel', [
    [
      'parameters at the top',
      { inputText: 'a', temperature: 0.5 },
      'error',
      `${guide}model-parameters-titan-text.html`,
      /textGenerationConfig/,
    ],
    [
      'a snake-case limit',
      { inputText: 'a', textGenerationConfig: { max_tokens: 9 } },
      'error',
      `${guide}model-parameters-titan-text.html`,
      /maxTokenCount/,
    ],
  ]),
  ...rowsOf('qwen.qwen3-32b-v1:0', 'InvokeModel', [
    [
      'members of its own',
      { messages: [{ role: 'user', content: 'a' }], repetition_penalty: 1 },
      'ok',
      `${guide}structured-output.html`,
    ],
  ]),
];
