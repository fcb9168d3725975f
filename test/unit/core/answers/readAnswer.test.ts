import assert from 'node:assert/strict';
import { readAnswer, type AnswerSource } from '../../../../src/core/answers/readAnswer.js';

const profile = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefghijkl';
const asked = { messages: [{ role: 'user', content: 'q' }] };
const message = (parts: object) => ({ choices: [{ message: { role: 'assistant', ...parts } }] });
const converse = (...content: object[]) => ({
  output: { message: { role: 'assistant', content } },
  stopReason: 'end_turn',
});
const vector = [0, 0.1, 0.2, 0.3];

/** What is read without the model's name: a line of a job made elsewhere, an application profile. */
const unknownModel: readonly (readonly [string, unknown, unknown, string, object?])[] = [
  ['Titan embeddings', { inputText: 'hello' }, { embedding: vector }, '[4 numbers]'],
  [
    'Titan embeddings by type',
    { inputText: 'hello' },
    { embeddingsByType: { binary: [0, 1] }, inputTextTokenCount: 3 },
    '[2 numbers]',
    { inputTokens: 3 },
  ],
  [
    'Nova embeddings',
    { taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: { text: { value: 'hello' } } },
    { embeddings: [{ embeddingType: 'TEXT', embedding: vector }] },
    '[4 numbers]',
  ],
  [
    'Cohere embeddings by type',
    { texts: ['a'], input_type: 'search_document' },
    { embeddings: { float: [[1, 2]], int8: [[1, 2]] } },
    '[1 × 2 numbers]',
  ],
  ['TwelveLabs embeddings', {}, { data: [{ embedding: [1, 2, 3] }] }, '[3 numbers]'],
  [
    'Mistral text',
    { prompt: '<s>[INST] q [/INST]' },
    { outputs: [{ text: 'seven', stop_reason: 'stop' }] },
    'seven',
    { stopReason: 'stop' },
  ],
  [
    'DeepSeek-R1',
    { prompt: 'q' },
    { choices: [{ text: 'seven', stop_reason: 'length' }] },
    'seven',
    { stopReason: 'length' },
  ],
  [
    'Command',
    { prompt: 'q' },
    { generations: [{ text: 'seven', finish_reason: 'COMPLETE' }] },
    'seven',
    { stopReason: 'COMPLETE' },
  ],
  [
    'Command R',
    { message: 'q' },
    { text: 'seven', finish_reason: 'COMPLETE' },
    'seven',
    { stopReason: 'COMPLETE' },
  ],
  ['Jurassic-2', { prompt: 'q' }, { completions: [{ data: { text: 'seven' } }] }, 'seven'],
  [
    'Llama',
    { prompt: 'q' },
    { generation: 'seven', prompt_token_count: 1, generation_token_count: 2 },
    'seven',
    { inputTokens: 1, outputTokens: 2 },
  ],
  [
    'Titan Text without its configuration',
    { inputText: 'q' },
    { inputTextTokenCount: 1, results: [{ outputText: 'seven', tokenCount: 2 }] },
    'seven',
    { inputTokens: 1, outputTokens: 2 },
  ],
  ['an OpenAI chat', asked, message({ content: 'seven' }), 'seven'],
  ['a chat that refuses', asked, message({ content: null, refusal: 'No.' }), 'No.'],
  ['Claude of old', { prompt: 'q' }, { completion: 'seven', stop: null }, 'seven'],
  [
    'Cohere’s chat of today',
    asked,
    { message: { content: [{ type: 'text', text: 'seven' }] }, finish_reason: 'COMPLETE' },
    'seven',
    { stopReason: 'COMPLETE' },
  ],
  [
    'OpenAI’s Responses',
    { input: 'q' },
    {
      status: 'completed',
      output: [{ type: 'message', content: [{ type: 'output_text', text: 'seven' }] }],
    },
    'seven',
    { stopReason: 'completed' },
  ],
  ['Hugging Face', { inputs: 'q' }, [{ generated_text: 'seven' }], 'seven'],
  ['Gemini', {}, { candidates: [{ content: { parts: [{ text: 'seven' }] } }] }, 'seven'],
  ['TwelveLabs Pegasus', { inputPrompt: 'q' }, { message: 'seven' }, 'seven'],
  ['pictures', { taskType: 'TEXT_IMAGE' }, { images: ['AAAA'] }, '[image]'],
];

describe('the answer of a model that is not known', () => {
  for (const [what, modelInput, output, text, more = {}] of unknownModel) {
    it(`of ${what} has its text`, () => {
      const answer = { text, ...more };
      assert.deepEqual(readAnswer(output, { modelInput }), answer);
      assert.deepEqual(readAnswer(output, { modelId: profile, modelInput }), answer);
      assert.deepEqual(readAnswer(output, {}), answer);
    });
  }

  for (const modelId of [
    profile,
    'arn:aws:sagemaker:us-east-1:111122223333:endpoint/e',
    'arn:aws:bedrock:us-east-1:111122223333:imported-model/abcdefghijkl',
  ]) {
    it(`of ${modelId} has text and reason of a completion`, () => {
      const output = {
        object: 'text_completion',
        choices: [{ index: 0, text: 'hello', finish_reason: 'length' }],
        usage: { prompt_tokens: 6, completion_tokens: 100 },
      };
      assert.deepEqual(readAnswer(output, { modelId }), {
        text: 'hello',
        stopReason: 'length',
        inputTokens: 6,
        outputTokens: 100,
      });
    });
  }
});

describe('a body in another form than its model’s', () => {
  it('is read all the same', () => {
    const source: AnswerSource = { modelId: 'amazon.titan-embed-text-v2:0' };
    assert.equal(readAnswer({ content: [{ type: 'text', text: 'a' }] }, source).text, 'a');
  });

  it('keeps its counts where nothing was said', () => {
    const output = { content: [], stop_reason: 'refusal', usage: { input_tokens: 3 } };
    assert.deepEqual(readAnswer(output, { modelInput: asked }), {
      text: '',
      inputTokens: 3,
      stopReason: 'refusal',
    });
  });
});

const toolCalls: readonly (readonly [string, unknown])[] = [
  ['Claude', { content: [{ type: 'tool_use', id: 't', name: 'extract', input: { total: 1 } }] }],
  ['Converse', converse({ toolUse: { toolUseId: 't', name: 'extract', input: { total: 1 } } })],
  [
    'OpenAI chats',
    message({
      content: null,
      tool_calls: [{ id: 't', function: { name: 'extract', arguments: '{"total":1}' } }],
    }),
  ],
  [
    'chats that give an object',
    message({ tool_calls: [{ function: { name: 'extract', arguments: { total: 1 } } }] }),
  ],
  ['chats before tools', message({ function_call: { name: 'extract', arguments: '{"total":1}' } })],
  ['Command R', { text: '', tool_calls: [{ name: 'extract', parameters: { total: 1 } }] }],
  [
    'OpenAI’s Responses',
    { output: [{ type: 'function_call', name: 'extract', arguments: '{"total":1}' }] },
  ],
];

describe('tool calls', () => {
  for (const [whose, output] of toolCalls) {
    it(`of ${whose} are read with their input and where it is`, () => {
      const { text, toolCalls: [call, ...more] = [] } = readAnswer(output, { modelInput: asked });
      assert.deepEqual([text, more, call?.name, call?.input], ['', [], 'extract', '{"total":1}']);
      const found = call?.path.reduce((at, step) => (at as Record<string, unknown>)[step], output);
      assert.deepEqual(typeof found === 'string' ? JSON.parse(found) : found, { total: 1 });
    });
  }
});

describe('reasoning', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    [
      'Claude',
      {
        content: [
          { type: 'thinking', thinking: 'hm' },
          { type: 'text', text: 'a' },
        ],
      },
    ],
    ['Converse', converse({ reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'a' })],
    ['gpt-oss', message({ content: '<reasoning>hm</reasoning>a' })],
    ['open-weight chats', message({ content: 'a', reasoning_content: 'hm' })],
  ];
  for (const [whose, output] of rows) {
    it(`of ${whose} is apart from the text`, () => {
      const { text, reasoning } = readAnswer(output, { modelInput: asked });
      assert.deepEqual([text, reasoning], ['a', 'hm']);
    });
  }
});

describe('citations', () => {
  const documentChar = { documentIndex: 0, start: 0, end: 4 };
  it('of Converse leave the cited words in the text', () => {
    const citation = { title: 'd', sourceContent: [{ text: 'q' }], location: { documentChar } };
    const cited = { content: [{ text: 'ask.' }], citations: [citation] };
    const output = converse({ text: 'Employees should ' }, { citationsContent: cited });
    const { text, citations } = readAnswer(output, { modelInput: {} });
    assert.equal(text, 'Employees should ask.');
    assert.deepEqual(citations, [{ title: 'd', quotes: ['q'], location: { documentChar } }]);
  });

  it('of Claude are in the same words', () => {
    const cited = {
      type: 'char_location',
      cited_text: 'q',
      document_index: 0,
      document_title: 'd',
      start_char_index: 0,
      end_char_index: 4,
    };
    const output = { content: [{ type: 'text', text: 'ask.', citations: [cited] }] };
    assert.deepEqual(readAnswer(output, {}).citations, [
      { title: 'd', quotes: ['q'], location: { documentChar } },
    ]);
  });

  it('of Command R have the documents they mean', () => {
    const output = {
      text: 'ask.',
      citations: [{ start: 0, end: 3, text: 'ask', document_ids: ['doc_0'] }],
      documents: [{ id: 'doc_0', title: 'd', snippet: 'q' }],
    };
    assert.deepEqual(readAnswer(output, { modelInput: { message: 'q' } }).citations, [
      { title: 'd', source: 'doc_0', quotes: ['q'] },
    ]);
  });

  it('of the web in a chat lead to their pages', () => {
    const url = 'https://example.com/';
    const annotations = [{ type: 'url_citation', url_citation: { url, title: 'd' } }];
    assert.deepEqual(readAnswer(message({ content: 'a', annotations }), {}).citations, [
      { title: 'd', quotes: [], location: { web: { url } } },
    ]);
  });
});

describe('cached tokens', () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ['Claude', { usage: { cache_read_input_tokens: 0, cache_creation_input_tokens: 18131 } }],
    ['Converse', { usage: { cacheReadInputTokens: 0, cacheWriteInputTokens: 18131 } }],
    ['Nova', { usage: { cacheReadInputTokenCount: 0, cacheWriteInputTokenCount: 18131 } }],
  ];
  for (const [whose, { usage }] of rows as readonly (readonly [string, { usage: object }])[]) {
    it(`of ${whose} are counted, a written 0 too`, () => {
      const body =
        whose === 'Claude'
          ? { content: [{ type: 'text', text: 'a' }], usage }
          : { ...converse({ text: 'a' }), usage };
      const { cacheReadTokens, cacheWriteTokens } = readAnswer(body, {});
      assert.deepEqual([cacheReadTokens, cacheWriteTokens], [0, 18131]);
    });
  }
});
