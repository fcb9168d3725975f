import assert from 'node:assert/strict';
import type { AnswerParts } from '../../../../src/core/answers/modelAnswer.js';
import { addParts, chunkParts } from '../../../../src/core/native/chunkParts.js';

const nova = (delta: object) => ({ contentBlockDelta: { delta, contentBlockIndex: 0 } });
const chat = (delta: object) => ({ choices: [{ delta }] });
const call = (index: number, name: string | undefined, piece: string) =>
  chat({ tool_calls: [{ index, function: { name, arguments: piece } }] });

const url = 'https://example.com/';

const streams: readonly (readonly [string, readonly unknown[], AnswerParts])[] = [
  [
    'Nova',
    [
      nova({ reasoningContent: { reasoningText: { text: 'h' } } }),
      nova({ reasoningContent: { text: 'm' } }),
      { contentBlockStart: { start: { toolUse: { toolUseId: 't', name: 'save' } } } },
      nova({ toolUse: { input: '{"a":' } }),
      nova({ toolUse: { input: '1}' } }),
    ],
    { reasoning: 'hm', toolCalls: [{ name: 'save', input: '{"a":1}' }] },
  ],
  [
    'chats, with two calls',
    [
      chat({ reasoning_content: 'h' }),
      chat({ reasoning: 'm' }),
      call(0, 'save', ''),
      call(0, '', '{"a":'),
      call(0, undefined, '1}'),
      call(1, 'load', '{}'),
    ],
    {
      reasoning: 'hm',
      toolCalls: [
        { name: 'save', input: '{"a":1}' },
        { name: 'load', input: '{}' },
      ],
    },
  ],
  [
    'chats that cite the web',
    [chat({ annotations: [{ url_citation: { url, title: 'd' } }] })],
    { citations: [{ title: 'd', quotes: [], location: { web: { url } } }] },
  ],
  [
    'Command R',
    [
      { event_type: 'citation-generation', citations: [{ document_ids: ['doc_0'] }] },
      { event_type: 'tool-calls-generation', tool_calls: [{ name: 'save', parameters: { a: 1 } }] },
    ],
    {
      toolCalls: [{ name: 'save', input: '{"a":1}' }],
      citations: [{ source: 'doc_0', quotes: [] }],
    },
  ],
  ['text alone', [{ outputText: 'a' }, { generation: 'a' }, 'no object', null], {}],
  [
    'a piece of a call that never began',
    [{ type: 'content_block_delta', delta: { partial_json: '1' } }],
    {},
  ],
];

describe('what native chunks have beside their text', () => {
  for (const [what, chunks, parts] of streams) {
    it(`${what}: ${chunks.length} chunks`, () => {
      const add = (before: AnswerParts, chunk: unknown): AnswerParts => ({
        ...before,
        ...addParts(before, chunkParts(chunk)),
      });
      assert.deepEqual(chunks.reduce<AnswerParts>(add, {}), parts);
    });
  }
});
