import assert from 'node:assert/strict';
import {
  BedrockRuntimeClient,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { type Stand, collect, handlerFor, makeStand, refusal } from './support.js';

const prompt = 'Describe a quiet harbour';
const chat = { messages: [{ role: 'user', content: prompt }] };
type Native = Record<string, unknown>;

/** What is at a path such as `choices.0.text`; undefined where the path ends early. */
function pick(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => {
    return typeof at === 'object' && at !== null ? (at as Native)[name] : undefined;
  }, value);
}

/** A text at a path; an empty one where there is none. */
function textAt(value: unknown, path: string): string {
  const found = pick(value, path);
  return typeof found === 'string' ? found : '';
}

interface FamilyCase {
  readonly id: string;
  readonly body: object;
  readonly text?: (output: Native) => string;
  readonly piece?: (chunk: Native) => string;
  readonly wrong: object;
}

const openAi = (id: string): FamilyCase => ({
  id,
  body: chat,
  text: (out) => textAt(out, 'choices.0.message.content'),
  piece: (chunk) => textAt(chunk, 'choices.0.delta.content'),
  wrong: { prompt },
});

const families: readonly FamilyCase[] = [
  {
    id: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    body: { anthropic_version: 'bedrock-2023-05-31', max_tokens: 500, ...chat },
    text: (out) => textAt(out, 'content.0.text'),
    piece: (chunk) => textAt(chunk, 'delta.text'),
    wrong: { max_tokens: 5, ...chat },
  },
  {
    id: 'amazon.nova-micro-v1:0',
    body: { messages: [{ role: 'user', content: [{ text: prompt }] }] },
    text: (out) => textAt(out, 'output.message.content.0.text'),
    piece: (chunk) => textAt(chunk, 'contentBlockDelta.delta.text'),
    wrong: chat,
  },
  {
    id: 'amazon.titan-text-express-v1',
    body: { inputText: prompt },
    text: (out) => textAt(out, 'results.0.outputText'),
    piece: (chunk) => textAt(chunk, 'outputText'),
    wrong: { prompt },
  },
  {
    id: 'ai21.j2-mid-v1',
    body: { prompt },
    text: (out) => textAt(out, 'completions.0.data.text'),
    wrong: { inputText: prompt },
  },
  openAi('ai21.jamba-1-5-mini-v1:0'),
  {
    id: 'cohere.command-text-v14',
    body: { prompt, max_tokens: 400 },
    text: (out) => textAt(out, 'generations.0.text'),
    piece: (chunk) => textAt(chunk, 'text'),
    wrong: { prompt, maxTokens: 1 },
  },
  {
    id: 'cohere.command-r-v1:0',
    body: { message: prompt },
    text: (out) => textAt(out, 'text'),
    piece: (chunk) => textAt(chunk, 'text'),
    wrong: { prompt },
  },
  {
    id: 'meta.llama3-1-8b-instruct-v1:0',
    body: {
      prompt: `<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n${prompt}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
    },
    text: (out) => textAt(out, 'generation'),
    piece: (chunk) => textAt(chunk, 'generation'),
    wrong: { prompt, max_tokens: 5 },
  },
  {
    id: 'mistral.mistral-small-2402-v1:0',
    body: { prompt: `<s>[INST] ${prompt} [/INST]` },
    text: (out) => textAt(out, 'outputs.0.text'),
    piece: (chunk) => textAt(chunk, 'outputs.0.text'),
    wrong: chat,
  },
  openAi('mistral.mistral-large-2407-v1:0'),
  openAi('mistral.mistral-large-3-675b-instruct'),
  {
    id: 'us.deepseek.r1-v1:0',
    body: { prompt },
    text: (out) => textAt(out, 'choices.0.text'),
    piece: (chunk) => textAt(chunk, 'choices.0.text'),
    wrong: chat,
  },
  ...[
    'deepseek.v3.2',
    'qwen.qwen3-32b-v1:0',
    'google.gemma-3-4b-it',
    'moonshotai.kimi-k2.5',
    'minimax.minimax-m2.1',
    'zai.glm-4.7',
    'nvidia.nemotron-nano-9b-v2',
    'us.writer.palmyra-x5-v1:0',
  ].map(openAi),
  openAi('openai.gpt-oss-20b-1:0'),
  { id: 'amazon.titan-embed-text-v2:0', body: { inputText: prompt }, wrong: { texts: [prompt] } },
  { id: 'amazon.titan-embed-image-v1', body: { inputText: prompt }, wrong: {} },
  {
    id: 'amazon.nova-2-multimodal-embeddings-v1:0',
    body: {
      taskType: 'SINGLE_EMBEDDING',
      singleEmbeddingParams: {
        embeddingPurpose: 'GENERIC_INDEX',
        text: { truncationMode: 'END', value: prompt },
      },
    },
    wrong: { inputText: prompt },
  },
  {
    id: 'cohere.embed-english-v3',
    body: { texts: [prompt], input_type: 'search_query' },
    wrong: { texts: [prompt] },
  },
];

describe('InvokeModel', () => {
  let stand: Stand;
  before(async () => (stand = await makeStand({ speed: 200 })));
  after(() => stand.dispose());
  const input = (id: string, body: object) => ({
    modelId: id,
    contentType: 'application/json',
    body: JSON.stringify(body),
  });
  const invoke = async (id: string, body: object) => {
    const { body: bytes } = await stand.runtime.send(new InvokeModelCommand(input(id, body)));
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Native;
  };

  for (const { id, body, text, piece, wrong } of families) {
    it(`speaks the form of ${id} and refuses another`, async () => {
      const output = await invoke(id, body);
      if (text !== undefined) assert.match(text(output), /Describe a quiet harbour/);
      const error = await refusal(invoke(id, wrong));
      assert.deepEqual([error.name, error.$metadata?.httpStatusCode], ['ValidationException', 400]);
      if (piece === undefined) return;
      const { body: stream } = await stand.runtime.send(
        new InvokeModelWithResponseStreamCommand(input(id, body)),
      );
      const chunks = (await collect(stream)).map(
        (event) => JSON.parse(Buffer.from(event.chunk!.bytes!).toString('utf8')) as Native,
      );
      assert.equal(chunks.map(piece).join('').trim(), text!(output).trim());
      assert.ok(
        Number(pick(chunks.at(-1), 'amazon-bedrock-invocationMetrics.outputTokenCount')) > 0,
      );
    });
  }

  for (const id of ['ai21.j2-mid-v1', 'amazon.titan-embed-text-v2:0']) {
    it(`refuses to stream ${id}`, async () => {
      const body = id.includes('embed') ? { inputText: 'x' } : { prompt: 'x' };
      const error = await refusal(
        stand.runtime.send(new InvokeModelWithResponseStreamCommand(input(id, body))),
      );
      assert.match(error.message, /unsupported for streaming/);
    });
  }

  it('tells the tokens in headers', async () => {
    const headers: Record<string, string> = {};
    const client = new BedrockRuntimeClient({
      ...stand.config,
      requestHandler: handlerFor('HTTP/1.1'),
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        Object.assign(headers, (result.response as { headers: object }).headers);
        return result;
      },
      { step: 'deserialize' },
    );
    await client.send(
      new InvokeModelCommand(input('meta.llama3-1-8b-instruct-v1:0', { prompt: 'hi' })),
    );
    assert.equal(headers['x-amzn-bedrock-input-token-count'], '1');
    assert.ok(Number(headers['x-amzn-bedrock-output-token-count']) > 0);
    client.destroy();
  });

  it('makes vectors of the asked length that tell texts apart', async () => {
    const vector = async (inputText: string, dimensions: number) =>
      (await invoke('amazon.titan-embed-text-v2:0', { inputText, dimensions }))[
        'embedding'
      ] as number[];
    const [cat, again, car] = await Promise.all([
      vector('the cat sat', 256),
      vector('the cat sat', 256),
      vector('engines and tyres', 256),
    ]);
    assert.equal(cat.length, 256);
    assert.deepEqual(cat, again);
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
    assert.ok(Math.abs(dot(cat, cat) - 1) < 1e-4);
    assert.ok(dot(cat, await vector('the cat slept', 256)) > dot(cat, car));
  });

  it('honours the limits of legacy families', async () => {
    const short = await invoke('cohere.command-text-v14', { prompt });
    assert.equal(pick(short, 'generations.0.finish_reason'), 'MAX_TOKENS');
    const titan = await invoke('amazon.titan-text-lite-v1', {
      inputText: prompt,
      textGenerationConfig: { maxTokenCount: 3 },
    });
    assert.deepEqual(
      [pick(titan, 'results.0.completionReason'), pick(titan, 'results.0.tokenCount')],
      ['LENGTH', 3],
    );
  });
});
