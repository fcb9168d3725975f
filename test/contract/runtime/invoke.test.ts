import assert from 'node:assert/strict';
import { isEmbedding, familyOf } from '../../../src/core/models/families.js';
import { readGuardrailTrace } from '../../../src/core/converse/guardrailTrace.js';
import type { InvokeStreamEvent } from '../../../src/core/converse/runtimeApi.js';
import {
  type NativeAnswer,
  nativeFacts,
  nativeFromResponse,
  reduceNative,
  waitingNative,
} from '../../../src/core/native/nativeAnswer.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { readyRequest, refusalOf } from './support.js';

const models = [
  'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  'amazon.nova-lite-v1:0',
  'amazon.titan-text-express-v1',
  'ai21.j2-mid-v1',
  'ai21.jamba-1-5-mini-v1:0',
  'cohere.command-text-v14',
  'cohere.command-r-v1:0',
  'us.meta.llama3-1-8b-instruct-v1:0',
  'mistral.mistral-small-2402-v1:0',
  'mistral.mistral-large-2407-v1:0',
  'us.deepseek.r1-v1:0',
  'qwen.qwen3-32b-v1:0',
  'openai.gpt-oss-20b-1:0',
  'amazon.titan-embed-text-v2:0',
  'amazon.titan-embed-image-v1',
  'amazon.nova-2-multimodal-embeddings-v1:0',
  'cohere.embed-english-v3',
];

describe('aws.runtime InvokeModel', () => {
  let stand: TestSandbox;
  before(async () => {
    stand = await startTestSandbox();
  });
  after(() => stand.close());
  afterEach(() => stand.clearFaults());

  it('tries every family', () => {
    assert.equal(new Set(models.map(familyOf)).size, 17);
  });

  for (const modelId of models) {
    const family = familyOf(modelId)!;
    it(`runs the ready-made body of ${family}`, async () => {
      const found = await stand.aws.runtime.invoke(readyRequest(modelId));
      assert.equal(found.status, 200);
      assert.notEqual(found.text ?? '', '');
      assert.ok((found.usage?.inputTokens ?? 0) > 0);
      assert.ok(found.headers['x-amzn-bedrock-invocation-latency']);
      assert.equal(
        String(found.timing.latencyMs),
        found.headers['x-amzn-bedrock-invocation-latency'],
      );
      assert.ok((found.timing.latencyMs ?? Infinity) <= (found.timing.totalMs ?? 0));
      assert.ok(found.requestId);
      assert.doesNotThrow(() => JSON.parse(found.body) as unknown);
    });

    if (isEmbedding(family) || family === 'jurassic2') continue;
    it(`streams the ready-made body of ${family} to the same text`, async () => {
      const request = readyRequest(modelId);
      const whole = await stand.aws.runtime.invoke(request);
      const events: InvokeStreamEvent[] = [];
      for await (const event of stand.aws.runtime.invokeStream(request)) events.push(event);
      const chunks = events.filter((event) => event.type === 'chunk');
      const text = chunks.map((event) => event.text).join('');
      // In one piece gpt-oss's thoughts are cut away; some families begin with a space or line.
      const plain = text.replace(/^<reasoning>[\s\S]*?<\/reasoning>/, '').trim();
      assert.equal(plain, whole.text?.trim());
      const { usage } = events.reduce(reduceNative, waitingNative(modelId));
      assert.deepEqual(usage, whole.usage);
      const reasons = chunks.flatMap(({ stopReason }) => stopReason ?? []);
      assert.deepEqual(reasons, [whole.stopReason], 'it says once why it ends');
      const last = events.at(-1);
      assert.ok(last?.type === 'timing' && (last.firstTokenMs ?? Infinity) <= last.totalMs);
    });
  }

  for (const isStreaming of [false, true]) {
    it(`tells what a guardrail did to ${isStreaming ? 'a stream' : 'an answer'}`, async () => {
      const request = {
        ...readyRequest('cohere.command-text-v14'),
        body: '{"prompt":"Which shares should I buy?","max_tokens":50}',
        guardrail: { id: 'sandboxguard', version: '1' },
        trace: 'ENABLED' as const,
      };
      const { runtime } = stand.aws;
      let found: NativeAnswer = waitingNative(request.modelId);
      if (isStreaming) {
        for await (const event of runtime.invokeStream(request)) found = reduceNative(found, event);
      } else found = nativeFromResponse(request.modelId, await runtime.invoke(request));
      const { stopReason, trace } = nativeFacts(found);
      assert.equal(stopReason, 'guardrail_intervened');
      const findings = readGuardrailTrace(trace)?.findings ?? [];
      assert.deepEqual(
        findings.map(({ policy, rule, action }) => [policy, rule, action]),
        [['topic', 'Investment advice', 'BLOCKED']],
      );
      assert.match(found.text, /does not answer that question/);
    });
  }

  it('sends accept and content type as given', async () => {
    const request = readyRequest('cohere.command-text-v14');
    assert.equal(request.accept, '*/*');
    assert.deepEqual(JSON.parse(request.body), {
      prompt: 'Explain what a vector database is, in two sentences.',
      temperature: 0.9,
      max_tokens: 400,
    });
    const found = await stand.aws.runtime.invoke(request);
    assert.match(found.contentType, /json/);
  });

  it('says what is wrong with a body, once', async () => {
    const request = { modelId: 'cohere.command-text-v14', body: '{"prompt":1}' };
    const error = await refusalOf(stand.aws.runtime.invoke(request));
    assert.equal(error.kind, 'invalidInput');
    assert.match(error.message, /prompt/);
  });

  it('tells a model that failed from a service that failed', async () => {
    await stand.fault({
      match: { operation: 'InvokeModel' },
      fault: { kind: 'error', status: 424, code: 'ModelErrorException', message: 'Bad weights.' },
    });
    const error = await refusalOf(
      stand.aws.runtime.invoke(readyRequest('cohere.command-text-v14')),
    );
    assert.match(error.message, /model failed on this request: Bad weights/);
    assert.equal(error.details['status'], 424);
  });

  it('keeps the chunks before a cut', async () => {
    await stand.fault({
      match: { operation: 'InvokeModelWithResponseStream' },
      fault: { kind: 'cutStream', afterEvents: 3 },
    });
    const texts: string[] = [];
    const read = async () => {
      const request = readyRequest('us.meta.llama3-1-8b-instruct-v1:0');
      for await (const event of stand.aws.runtime.invokeStream(request)) {
        if (event.type === 'chunk') texts.push(event.text);
      }
    };
    const error = await refusalOf(read());
    assert.equal(error.kind, 'network');
    assert.equal(error.details['midStream'], true);
    assert.equal(texts.length, 3);
  });
});
