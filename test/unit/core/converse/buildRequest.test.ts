import assert from 'node:assert/strict';
import { buildConverseRequest } from '../../../../src/core/converse/buildRequest.js';
import type { Block, Settings } from '../../../../src/core/converse/types.js';
import { aConversation, assistantTurn, text, userTurn } from './support.js';

const build = (change: Parameters<typeof aConversation>[0]) =>
  buildConverseRequest(aConversation(change));

describe('Converse request', () => {
  it('sends only what is set', () => {
    assert.deepEqual(build({}), {
      modelId: 'amazon.nova-lite-v1:0',
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    });
  });

  const rows: readonly (readonly [string, Partial<Settings>, object])[] = [
    [
      'a temperature of 0',
      { parameters: { temperature: 0 } },
      { inferenceConfig: { temperature: 0 } },
    ],
    [
      'all parameters',
      { parameters: { maxTokens: 5, topP: 0.5, stopSequences: ['x'] } },
      { inferenceConfig: { maxTokens: 5, topP: 0.5, stopSequences: ['x'] } },
    ],
    ['no empty stop sequences', { parameters: { stopSequences: [] } }, {}],
    [
      'additional fields as JSON',
      { additionalFields: '{"top_k": 5}' },
      { additionalModelRequestFields: { top_k: 5 } },
    ],
    ['no broken additional fields', { additionalFields: '{"top_k"' }, {}],
    [
      'a guardrail with the stream mode',
      { guardrail: { id: 'g', version: '1', trace: 'enabled', streamMode: 'async' } },
      {
        guardrailConfig: {
          guardrailIdentifier: 'g',
          guardrailVersion: '1',
          trace: 'enabled',
          streamProcessingMode: 'async',
        },
      },
    ],
    [
      'a guardrail without the stream mode where it does not stream',
      {
        isStreaming: false,
        guardrail: { id: 'g', version: 'DRAFT', trace: 'disabled', streamMode: 'async' },
      },
      {
        guardrailConfig: {
          guardrailIdentifier: 'g',
          guardrailVersion: 'DRAFT',
          trace: 'disabled',
        },
      },
    ],
    [
      'tier and latency',
      { serviceTier: 'flex', latency: 'optimized' },
      { serviceTier: { type: 'flex' }, performanceConfig: { latency: 'optimized' } },
    ],
    [
      'structured output with its schema as text',
      { structuredOutput: { schema: '{"type":"object"}', name: 'n' } },
      {
        outputConfig: {
          textFormat: {
            type: 'json_schema',
            structure: { jsonSchema: { schema: '{"type":"object"}', name: 'n' } },
          },
        },
      },
    ],
    [
      'tools, their choice and a cache point after them',
      {
        tools: [{ name: 't', description: 'd', inputSchema: '{"type":"object"}', mockResult: 'x' }],
        toolChoice: { type: 'tool', name: 't' },
        caching: { afterTools: true, ttl: '1h' },
      },
      {
        toolConfig: {
          tools: [
            {
              toolSpec: {
                name: 't',
                description: 'd',
                inputSchema: { json: { type: 'object' } },
              },
            },
            { cachePoint: { type: 'default', ttl: '1h' } },
          ],
          toolChoice: { tool: { name: 't' } },
        },
      },
    ],
  ];
  for (const [what, settings, expected] of rows) {
    it(`sends ${what}`, () => {
      const { modelId, messages } = build({});
      assert.deepEqual(build({ settings }), { modelId, messages, ...expected });
    });
  }

  it('puts variables into system and user texts, not into answers', () => {
    const request = build({
      system: 'You are {{who}}.',
      variables: { who: 'a {{cat}}' },
      turns: [
        userTurn('u', text('Hi {{ who }} {{other}}')),
        assistantTurn('a', text('{{who}}')),
        userTurn('v', text('x')),
      ],
    });
    assert.deepEqual(request.system, [{ text: 'You are a {{cat}}.' }]);
    assert.deepEqual(
      request.messages.map(({ content }) => content),
      [[{ text: 'Hi a {{cat}} {{other}}' }], [{ text: '{{who}}' }], [{ text: 'x' }]],
    );
  });

  it('joins turns of one role and leaves empty ones out', () => {
    const request = build({
      turns: [
        userTurn('1', text('a')),
        assistantTurn('2'),
        userTurn('3', text('b'), text('  ')),
        assistantTurn('4', text('c')),
      ],
    });
    assert.deepEqual(request.messages, [
      { role: 'user', content: [{ text: 'a' }, { text: 'b' }] },
      { role: 'assistant', content: [{ text: 'c' }] },
    ]);
  });

  const thought: Block = { type: 'reasoning', text: 'hm', signature: 's' };
  const answered = (modelId: string) => ({
    ...assistantTurn('a', thought, text('yes')),
    answer: { modelId, time: '', status: 'done' as const },
  });

  it('sends thoughts back to the model that had them, through a profile too', () => {
    const [message] = build({
      modelId: 'us.amazon.nova-lite-v1:0',
      turns: [answered('amazon.nova-lite-v1:0')],
    }).messages;
    assert.deepEqual(message?.content, [
      { reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } },
      { text: 'yes' },
    ]);
  });

  it('keeps thoughts from another model, and thoughts without a signature', () => {
    const other = build({ turns: [answered('anthropic.claude-x')] }).messages[0];
    assert.deepEqual(other?.content, [{ text: 'yes' }]);
    const unsigned = assistantTurn('a', { type: 'reasoning', text: 'hm' }, text('yes'));
    assert.deepEqual(build({ turns: [unsigned] }).messages[0]?.content, [{ text: 'yes' }]);
  });

  it('writes attachments, tool calls and results in AWS’s words', () => {
    const request = build({
      turns: [
        userTurn(
          'u',
          { type: 'image', format: 'png', base64: 'AAAA', name: 'a.png' },
          { type: 'document', format: 'pdf', name: 'Doc', base64: 'BBBB', citations: true },
          text('look'),
          { type: 'cachePoint' },
        ),
        assistantTurn('a', { type: 'toolUse', toolUseId: 't', name: 'n', input: { bytes: 'x' } }),
        userTurn('v', {
          type: 'toolResult',
          toolUseId: 't',
          content: [{ type: 'json', json: { ok: true } }],
          status: 'success',
        }),
      ],
    });
    assert.deepEqual(
      request.messages.flatMap(({ content }) => content),
      [
        { image: { format: 'png', source: { bytes: 'AAAA' } } },
        {
          document: {
            format: 'pdf',
            name: 'Doc',
            source: { bytes: 'BBBB' },
            citations: { enabled: true },
          },
        },
        { text: 'look' },
        { cachePoint: { type: 'default' } },
        { toolUse: { toolUseId: 't', name: 'n', input: { bytes: 'x' } } },
        { toolResult: { toolUseId: 't', content: [{ json: { ok: true } }], status: 'success' } },
      ],
    );
  });

  it('sends a managed prompt its variables and nothing else of the settings', () => {
    const modelId = 'arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:3';
    const request = build({
      modelId,
      system: 'no',
      turns: [],
      variables: { a: '1' },
      settings: { parameters: { maxTokens: 3 }, additionalFields: '{}' },
    });
    assert.deepEqual(request, { modelId, messages: [], promptVariables: { a: { text: '1' } } });
  });
});
