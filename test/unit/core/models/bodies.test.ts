import assert from 'node:assert/strict';
import { converse } from '../../../../src/core/models/bodies/converse.js';
import { bodyOf, detectBody } from '../../../../src/core/models/bodies/registry.js';
import type { JsonObject } from '../../../../src/core/models/bodies/types.js';
import type { Family } from '../../../../src/core/models/families.js';

const blocks = { messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
const chat = { messages: [{ role: 'user', content: 'Hello' }] };
const claude = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 10, ...chat };

/** A correct body of each family. */
const good: Record<Family, JsonObject> = {
  anthropic: claude,
  nova: { ...blocks, inferenceConfig: { maxTokens: 5 } },
  titanText: { inputText: 'Hello', textGenerationConfig: { maxTokenCount: 5 } },
  jurassic2: { prompt: 'Hello', maxTokens: 5 },
  jamba: { ...chat, max_tokens: 5 },
  cohereCommand: { prompt: 'Hello', max_tokens: 5 },
  cohereCommandR: { message: 'Hello', max_tokens: 5 },
  llama: { prompt: 'Hello', max_gen_len: 5 },
  mistralText: { prompt: 'Hello', max_tokens: 5 },
  mistralChat: { ...chat, max_tokens: 5 },
  deepseekR1: { prompt: 'Hello', max_tokens: 5 },
  openAiChat: { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] },
  gptOss: { ...chat, max_completion_tokens: 5 },
  titanEmbedText: { inputText: 'Hello', dimensions: 256 },
  titanEmbedMultimodal: { inputText: 'Hello' },
  novaEmbed: { taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: { text: { value: 'Hello' } } },
  cohereEmbed: { input_type: 'search_document', texts: ['Hello'] },
};
const families = Object.keys(good) as Family[];

describe('checkBody', () => {
  for (const family of families) {
    it(`finds nothing wrong with a correct ${family} body`, () => {
      assert.deepEqual(bodyOf(family).checkBody(good[family]), []);
    });

    it(`wants no modelId and no streaming in a ${family} body`, () => {
      const body = { ...good[family], modelId: 'x', stream: true };
      const codes = bodyOf(family)
        .checkBody(body)
        .map(({ code }) => code);
      assert.deepEqual(codes, ['modelIdInInput', 'unsupportedInBatch']);
    });

    it(`refuses an empty object as ${family} body`, () => {
      if (family === 'novaEmbed') return;
      assert.ok(
        bodyOf(family)
          .checkBody({})
          .some(({ code }) => code === 'wrongBody'),
      );
    });

    it(`refuses a Claude body as ${family} body`, () => {
      if (family === 'anthropic') return;
      const problems = bodyOf(family).checkBody(claude);
      assert.ok(problems.some(({ message }) => message.includes('anthropic_version')));
    });
  }

  const image = [{ type: 'image_url', image_url: { url: 'data:' } }];
  const wrong: [string, Family, JsonObject, RegExp][] = [
    ['Claude without max_tokens', 'anthropic', { ...claude, max_tokens: null }, /no "max_tokens"/],
    ['Claude with max_tokens 0', 'anthropic', { ...claude, max_tokens: 0 }, /at least 1/],
    [
      'Claude with another version',
      'anthropic',
      { ...claude, anthropic_version: '2023-06-01' },
      /must be "bedrock-2023-05-31"/,
    ],
    [
      'Claude with a system message',
      'anthropic',
      { ...claude, messages: [{ role: 'system', content: 'x' }] },
      /"system" member/,
    ],
    [
      'Claude with image_url',
      'anthropic',
      { ...claude, messages: [{ role: 'user', content: image }] },
      /image_url/,
    ],
    [
      'Claude without messages in the list',
      'anthropic',
      { ...claude, messages: [] },
      /at least one message/,
    ],
    ['a message that is a text', 'anthropic', { ...claude, messages: ['hi'] }, /must be an object/],
    [
      'a message without content',
      'anthropic',
      { ...claude, messages: [{ role: 'user' }] },
      /no "content"/,
    ],
    ['Nova with max_tokens', 'nova', { ...blocks, max_tokens: 5 }, /inferenceConfig/],
    ['Nova with plain content', 'nova', chat, /must be a list/],
    ['Nova with image_url', 'nova', { messages: [{ role: 'user', content: image }] }, /image_url/],
    [
      'Nova with typed blocks',
      'nova',
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }] }] },
      /Remove "type"/,
    ],
    ['Llama with messages', 'llama', chat, /"messages"/],
    ['Llama with max_tokens', 'llama', { prompt: 'a', max_tokens: 5 }, /Write "max_gen_len"/],
    ['Mistral 7B with messages', 'mistralText', { ...chat, prompt: 'a' }, /"messages"/],
    ['an embedding of messages', 'titanEmbedText', { inputText: 'a', ...chat }, /not messages/],
  ];
  for (const [what, family, body, message] of wrong) {
    it(`refuses ${what}`, () => {
      const found = bodyOf(family)
        .checkBody(body)
        .map((problem) => problem.message);
      assert.match(found.join('\n'), message);
    });
  }

  it('takes OpenAI-style images where the model does', () => {
    assert.deepEqual(
      bodyOf('gptOss').checkBody({ messages: [{ role: 'user', content: image }] }),
      [],
    );
  });

  it('takes an assistant message with tool calls and no content', () => {
    const messages = [...chat.messages, { role: 'assistant', content: null, tool_calls: [{}] }];
    assert.deepEqual(bodyOf('openAiChat').checkBody({ messages }), []);
  });

  it('reports tools and cache points in Converse requests', () => {
    const content = [{ text: 'a' }, { cachePoint: { type: 'default' } }];
    const body = { messages: [{ role: 'user', content }], toolConfig: { tools: [] } };
    assert.deepEqual(
      converse.checkBody(body).map(({ code }) => code),
      ['unsupportedInBatch', 'unsupportedInBatch'],
    );
  });

  it('ends every message with what to do', () => {
    for (const family of families) {
      for (const { message } of bodyOf(family).checkBody({
        ...claude,
        prompt: 'a',
        stream: true,
      })) {
        assert.match(message, /\. [A-Z][^.]*.*\.$/);
      }
    }
  });
});

describe('readOutput', () => {
  const usage = { input_tokens: 3, output_tokens: 4 };
  const openAi = { prompt_tokens: 3, completion_tokens: 4 };
  const full = { inputTokens: 3, outputTokens: 4 };
  const choice = (content: string) => ({
    choices: [{ message: { content }, finish_reason: 'stop' }],
    usage: openAi,
  });
  const converseOutput = {
    output: {
      message: {
        content: [{ text: 'a', image: null }, { text: null, reasoningContent: {} }, { text: 'b' }],
      },
    },
    stopReason: 'end_turn',
    usage: { inputTokens: 3, outputTokens: 4 },
  };
  const cases: [Family, unknown, object][] = [
    [
      'anthropic',
      {
        content: [{ type: 'text', text: 'a' }, { type: 'tool_use' }, { type: 'text', text: 'b' }],
        stop_reason: 'end_turn',
        usage,
      },
      { text: 'ab', ...full, stopReason: 'end_turn' },
    ],
    [
      'anthropic',
      { content: [], stop_reason: 'refusal', usage },
      { text: '', ...full, stopReason: 'refusal' },
    ],
    ['nova', converseOutput, { text: 'ab', ...full, stopReason: 'end_turn' }],
    [
      'titanText',
      {
        inputTextTokenCount: 3,
        results: [{ outputText: 'a', tokenCount: 4, completionReason: 'FINISH' }],
      },
      { text: 'a', ...full, stopReason: 'FINISH' },
    ],
    [
      'jurassic2',
      {
        id: 1,
        prompt: { tokens: [1, 2, 3] },
        completions: [
          { data: { text: 'a', tokens: [1, 2, 3, 4] }, finishReason: { reason: 'endoftext' } },
        ],
      },
      { text: 'a', ...full, stopReason: 'endoftext' },
    ],
    ['jamba', choice('a'), { text: 'a', ...full, stopReason: 'stop' }],
    [
      'mistralChat',
      { choices: [{ message: { content: 'a' }, stop_reason: 'length' }] },
      { text: 'a', stopReason: 'length' },
    ],
    ['openAiChat', choice('a'), { text: 'a', ...full, stopReason: 'stop' }],
    [
      'gptOss',
      choice('<reasoning>because\n</reasoning>a'),
      { text: 'a', reasoning: 'because', ...full, stopReason: 'stop' },
    ],
    [
      'cohereCommand',
      { generations: [{ text: 'a', finish_reason: 'COMPLETE' }] },
      { text: 'a', stopReason: 'COMPLETE' },
    ],
    [
      'cohereCommandR',
      { text: 'a', finish_reason: 'COMPLETE', meta: { billed_units: usage } },
      { text: 'a', ...full, stopReason: 'COMPLETE' },
    ],
    [
      'llama',
      { generation: 'a', prompt_token_count: 3, generation_token_count: 4, stop_reason: 'stop' },
      { text: 'a', ...full, stopReason: 'stop' },
    ],
    [
      'mistralText',
      { outputs: [{ text: 'a', stop_reason: 'stop' }] },
      { text: 'a', stopReason: 'stop' },
    ],
    [
      'deepseekR1',
      { choices: [{ text: 'a', stop_reason: 'stop' }] },
      { text: 'a', stopReason: 'stop' },
    ],
    [
      'titanEmbedText',
      { embedding: new Array(1024).fill(0), inputTextTokenCount: 3 },
      { text: '[1024 numbers]', inputTokens: 3 },
    ],
    ['titanEmbedText', { embeddingsByType: { binary: [1, 0] } }, { text: '[2 numbers]' }],
    ['titanEmbedMultimodal', { embedding: null, message: 'too large' }, { text: 'too large' }],
    ['novaEmbed', { embeddings: [{ embedding: [1, 2, 3] }] }, { text: '[3 numbers]' }],
    [
      'cohereEmbed',
      {
        embeddings: [
          [1, 2],
          [3, 4],
        ],
      },
      { text: '[2 × 2 numbers]' },
    ],
    ['cohereEmbed', { embeddings: { float: [[1, 2, 3]] } }, { text: '[1 × 3 numbers]' }],
  ];
  for (const [family, output, expected] of cases) {
    it(`reads a ${family} answer: ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(bodyOf(family).readOutput(output), expected);
    });
  }

  const strange = [
    undefined,
    null,
    3,
    'x',
    [],
    {},
    { usage: null, content: 'x', choices: {}, results: [null] },
  ];
  for (const family of families) {
    it(`leaves out what a strange ${family} answer does not say`, () => {
      for (const output of strange) {
        assert.deepEqual(bodyOf(family).readOutput(output), { text: '' });
      }
    });
  }
});

describe('readInput', () => {
  for (const family of families) {
    it(`finds the prompt of a ${family} body`, () => {
      assert.equal(bodyOf(family).readInput(good[family]), 'Hello');
    });

    it(`finds no prompt where a ${family} body has none`, () => {
      for (const body of [undefined, null, {}, { messages: [null] }, []]) {
        assert.equal(bodyOf(family).readInput(body), '');
      }
    });
  }

  it('shows media by name and the last user message only', () => {
    const messages = [
      { role: 'user', content: [{ text: 'first' }] },
      { role: 'assistant', content: [{ text: 'answer' }] },
      { role: 'user', content: [{ text: 'look', image: null }, { image: { format: 'png' } }] },
    ];
    assert.equal(converse.readInput({ messages }), 'look\n[image]');
  });
});

describe('detectBody', () => {
  const expected: Partial<Record<Family, ReturnType<typeof detectBody>>> = {
    anthropic: 'anthropic',
    nova: 'converse',
    titanText: 'titanText',
    cohereCommandR: 'cohereCommandR',
    llama: 'llama',
    gptOss: 'gptOss',
    titanEmbedText: 'titanEmbedText',
    titanEmbedMultimodal: 'titanEmbedText',
    novaEmbed: 'novaEmbed',
    cohereEmbed: 'cohereEmbed',
  };
  for (const family of families) {
    it(`takes a ${family} body for ${expected[family] ?? 'nothing certain'}`, () => {
      assert.equal(detectBody(good[family]), expected[family]);
    });
  }

  it('knows Nova by its schema version', () => {
    assert.equal(detectBody({ ...blocks, schemaVersion: 'messages-v1' }), 'nova');
  });
});
