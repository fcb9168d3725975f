import assert from 'node:assert/strict';
import {
  nativeFromResponse,
  reduceNative,
  waitingNative,
  type NativeAnswer,
} from '../../../src/core/native/nativeAnswer.js';
import { encodeEvent } from '../../support/eventFrames.js';
import { type FixedAnswer, startFixedAnswer } from '../../support/fixedAnswer.js';

const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const body = '{"messages":[{"role":"user","content":"q"}],"max_tokens":50}';
const cached = { inputTokens: 4, outputTokens: 50, cacheReadTokens: 0, cacheWriteTokens: 18131 };
const citation = {
  type: 'char_location',
  cited_text: 'q',
  document_index: 0,
  document_title: 'd',
  start_char_index: 0,
  end_char_index: 4,
};
const location = { documentChar: { documentIndex: 0, start: 0, end: 4 } };
const parts = {
  text: 'Ask.',
  reasoning: 'hm, well',
  toolCalls: [{ name: 'save', input: '{"city":"Bonn"}' }],
  citations: [{ title: 'd', quotes: ['q'], location }],
  stopReason: 'tool_use',
};

const metrics = {
  inputTokenCount: 4,
  outputTokenCount: 50,
  cacheReadInputTokenCount: 0,
  cacheWriteInputTokenCount: 18131,
};

describe('answers that AWS gave, over the SDK', () => {
  let stand: FixedAnswer;
  before(async () => {
    stand = await startFixedAnswer();
  });
  after(() => {
    stand.close();
  });

  const invoke = (modelId = haiku) => stand.aws.runtime.invoke({ modelId, body });

  async function stream(chunks: readonly object[]): Promise<NativeAnswer> {
    const frames = chunks.map((chunk) => {
      const bytes = Buffer.from(JSON.stringify(chunk)).toString('base64');
      return encodeEvent(['chunk', { bytes }]);
    });
    const type = { 'content-type': 'application/vnd.amazon.eventstream' };
    stand.give(200, type, Buffer.concat(frames));
    let answer = waitingNative(haiku);
    for await (const event of stand.aws.runtime.invokeStream({ modelId: haiku, body })) {
      answer = reduceNative(answer, event);
    }
    return answer;
  }

  it('counts cached tokens of the headers', async () => {
    stand.give(
      200,
      {
        'content-type': 'application/json',
        'x-amzn-bedrock-input-token-count': '4',
        'x-amzn-bedrock-output-token-count': '50',
        'x-amzn-bedrock-cache-read-input-token-count': '0',
        'x-amzn-bedrock-cache-write-input-token-count': '18131',
      },
      '{"content":[{"type":"text","text":"hi"}]}',
    );
    assert.deepEqual((await invoke()).usage, cached);
  });

  it('counts cached tokens of the body where the headers are silent', async () => {
    const usage = {
      input_tokens: 4,
      output_tokens: 50,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 18131,
    };
    stand.give(200, {}, JSON.stringify({ content: [{ type: 'text', text: 'hi' }], usage }));
    assert.deepEqual((await invoke()).usage, cached);
  });

  it('counts cached tokens of a stream’s metrics', async () => {
    const { usage } = await stream([{ 'amazon-bedrock-invocationMetrics': metrics }]);
    assert.deepEqual(usage, cached);
  });

  it('keeps what a stream’s events count that the metrics leave out', async () => {
    const { usage } = await stream([
      {
        type: 'message_start',
        message: {
          usage: { input_tokens: 4, output_tokens: 1, cache_creation_input_tokens: 18131 },
        },
      },
      {
        type: 'message_delta',
        delta: {},
        usage: { output_tokens: 50, cache_read_input_tokens: 0 },
      },
    ]);
    assert.deepEqual(usage, cached);
  });

  it('has thoughts, tool calls and citations beside the text', async () => {
    const content = [
      { type: 'thinking', thinking: 'hm, well' },
      { type: 'text', text: 'Ask.', citations: [citation] },
      { type: 'tool_use', id: 't', name: 'save', input: { city: 'Bonn' } },
    ];
    stand.give(200, {}, JSON.stringify({ content, stop_reason: 'tool_use' }));
    const { text, reasoning, toolCalls, citations, stopReason } = nativeFromResponse(
      haiku,
      await invoke(),
    );
    assert.deepEqual({ text, reasoning, toolCalls, citations, stopReason }, parts);
  });

  it('keeps the digits of what a tool is handed', async () => {
    const input = '{"order": 12345678901234567890, "a": 1, "a": 2}';
    const call = `{"type":"tool_use","id":"t","name":"save","input":${input}}`;
    stand.give(200, {}, `{"content":[${call}]}`);
    assert.deepEqual((await invoke()).toolCalls, [{ name: 'save', input }]);
  });

  it('has the same parts of a stream', async () => {
    const delta = (index: number, piece: object) => ({
      type: 'content_block_delta',
      index,
      delta: piece,
    });
    const answer = await stream([
      delta(0, { type: 'thinking_delta', thinking: 'hm, ' }),
      delta(0, { type: 'thinking_delta', thinking: 'well' }),
      delta(1, { type: 'text_delta', text: 'Ask.' }),
      delta(1, { type: 'citations_delta', citation }),
      {
        type: 'content_block_start',
        index: 2,
        content_block: { type: 'tool_use', id: 't', name: 'save', input: {} },
      },
      delta(2, { type: 'input_json_delta', partial_json: '{"city":' }),
      delta(2, { type: 'input_json_delta', partial_json: '"Bonn"}' }),
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
    ]);
    const { text, reasoning, toolCalls, citations, stopReason } = answer;
    assert.deepEqual({ text, reasoning, toolCalls, citations, stopReason }, parts);
  });

  for (const modelId of [
    'arn:aws:sagemaker:us-east-1:111122223333:endpoint/e',
    'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefghijkl',
  ]) {
    it(`reads a completion of ${modelId}`, async () => {
      const choices = [{ index: 0, text: 'hello', finish_reason: 'length' }];
      stand.give(200, {}, JSON.stringify({ object: 'text_completion', choices }));
      const { text, stopReason } = await invoke(modelId);
      assert.deepEqual([text, stopReason], ['hello', 'length']);
    });
  }
});
