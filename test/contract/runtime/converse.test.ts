import assert from 'node:assert/strict';
import { buildConverseRequest } from '../../../src/core/converse/buildRequest.js';
import { addTurn, turnText } from '../../../src/core/converse/conversation.js';
import { answerFromResponse, answerTurn } from '../../../src/core/converse/streamReducer.js';
import { checkStructuredAnswer } from '../../../src/core/converse/structuredAnswer.js';
import {
  mockAnswers,
  pendingToolCalls,
  toolResultTurn,
} from '../../../src/core/converse/toolLoop.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';
import { effectsOf } from '../sandbox/support.js';
import { asking, nova, readStream, refusalOf, requestFor, textOf } from './support.js';

const made = { turnId: 'a', modelId: nova, time: '2026-01-01T00:00:00Z' };

describe('aws.runtime Converse', () => {
  let stand: TestSandbox;
  before(async () => {
    stand = await startTestSandbox();
  });
  after(() => stand.close());
  afterEach(() => stand.clearFaults());

  for (const modelId of [
    nova,
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'us.meta.llama3-3-70b-instruct-v1:0',
    'mistral.mistral-large-2407-v1:0',
    'openai.gpt-oss-20b-1:0',
    'cohere.command-r-v1:0',
  ]) {
    it(`streams the same answer from ${modelId} as it gives in one piece`, async () => {
      const request = requestFor('Tell me about “snow” ❄️', modelId);
      const whole = answerFromResponse(await stand.aws.runtime.converse(request));
      const { state, error } = await readStream(stand.aws.runtime.converseStream(request));
      assert.equal(error, undefined);
      assert.deepEqual(
        state.blocks.map(({ block }) => block),
        whole.blocks.map(({ block }) => block),
      );
      assert.deepEqual(state.usage, whole.usage);
      assert.equal(state.stopReason, 'end_turn');
      assert.ok((state.timing?.firstTokenMs ?? Infinity) <= (state.timing?.totalMs ?? 0));
      assert.ok((state.timing?.latencyMs ?? Infinity) <= (state.timing?.totalMs ?? 0));
      assert.ok(state.requestId);
    });
  }

  it('keeps what came before a modelled exception in the middle', async () => {
    await stand.fault({
      match: { operation: 'ConverseStream' },
      fault: { kind: 'streamException', afterEvents: 4, message: 'gone' },
    });
    const { state, error } = await readStream(
      stand.aws.runtime.converseStream(requestFor('Hello')),
    );
    assert.notEqual(textOf(state), '');
    assert.equal(error?.kind, 'internal');
    assert.match(error.message, /broke off.*gone/);
    assert.equal(error.details['midStream'], true);
    assert.equal(typeof error.details['firstTokenMs'], 'number');
  });

  for (const [exception, kind] of [
    ['throttlingException', 'throttled'],
    ['internalServerException', 'internal'],
    ['serviceUnavailableException', 'internal'],
    ['validationException', 'invalidInput'],
  ] as const) {
    it(`tells a ${exception} in the middle as ${kind}`, async () => {
      await stand.fault({
        match: { operation: 'ConverseStream' },
        fault: { kind: 'streamException', afterEvents: 3, exception },
      });
      const { error } = await readStream(stand.aws.runtime.converseStream(requestFor('Hello')));
      assert.equal(error?.kind, kind);
    });
  }

  it('does not take a cut stream for a finished answer', async () => {
    await stand.fault({
      match: { operation: 'ConverseStream' },
      fault: { kind: 'cutStream', afterEvents: 5 },
    });
    const { state, error } = await readStream(
      stand.aws.runtime.converseStream(requestFor('Hello')),
    );
    assert.notEqual(textOf(state), '');
    assert.equal(error?.kind, 'network');
    assert.match(error.message, /dropped/);
  });

  for (const operation of ['Converse', 'ConverseStream'] as const) {
    it(`asks ${operation} once where AWS throttles`, async () => {
      await stand.fault({ match: { operation }, fault: { kind: 'throttle' } });
      const request = requestFor(`once ${operation}`);
      const error =
        operation === 'Converse'
          ? await refusalOf(stand.aws.runtime.converse(request))
          : (await readStream(stand.aws.runtime.converseStream(request))).error;
      assert.equal(error?.kind, 'throttled');
      const left = await requestsOf(stand, operation);
      assert.equal(left.filter(({ status }) => status === 429).length, 1);
    });

    it(`pays ${operation} once where the connection drops after it`, async () => {
      const before = await effectsOf(stand.sandbox, operation);
      await stand.fault({ match: { operation }, fault: { kind: 'dropAfter' } });
      const request = requestFor('drop');
      const error =
        operation === 'Converse'
          ? await refusalOf(stand.aws.runtime.converse(request))
          : (await readStream(stand.aws.runtime.converseStream(request))).error;
      assert.equal(error?.kind, 'network');
      assert.equal((await effectsOf(stand.sandbox, operation)) - before, 1);
    });
  }

  it('goes round a tool loop', async () => {
    const tools = [
      {
        name: 'weather',
        inputSchema: '{"type":"object","properties":{"city":{"type":"string"}}}',
        mockResult: '{"sky":"blue"}',
      },
    ];
    const start = asking('What is the weather in Oslo?');
    const conversation = { ...start, settings: { ...start.settings, tools } };
    const first = await readStream(
      stand.aws.runtime.converseStream(buildConverseRequest(conversation)),
    );
    assert.equal(first.state.stopReason, 'tool_use');
    const asked = addTurn(conversation, answerTurn(first.state, made));
    const calls = pendingToolCalls(asked);
    assert.equal(calls[0]?.name, 'weather');
    assert.equal(typeof (calls[0].input as { city: unknown }).city, 'string');
    const answers = mockAnswers(calls, tools) ?? [];
    const next = addTurn(asked, toolResultTurn('u2', answers));
    const second = await readStream(stand.aws.runtime.converseStream(buildConverseRequest(next)));
    assert.equal(second.error, undefined);
    assert.equal(second.state.stopReason, 'end_turn');
    assert.match(textOf(second.state), /tool has answered/);
  });

  it('gets a structured answer that fits its schema', async () => {
    const structuredOutput = {
      schema:
        '{"type":"object","required":["name","age"],"properties":{"name":{"type":"string"},"age":{"type":"integer"}},"additionalProperties":false}',
    };
    const start = asking('Who?');
    const conversation = { ...start, settings: { ...start.settings, structuredOutput } };
    const response = await stand.aws.runtime.converse(buildConverseRequest(conversation));
    const turn = answerTurn(answerFromResponse(response), made);
    assert.deepEqual(await checkStructuredAnswer(turnText(turn), structuredOutput.schema), []);
  });

  it('sends images and documents as bytes', async () => {
    const start = asking('What is this?');
    const turns = start.turns.map((turn) => ({
      ...turn,
      content: [
        ...turn.content,
        { type: 'image' as const, format: 'png' as const, base64: 'iVBORw0KGgo=' },
        { type: 'document' as const, format: 'txt' as const, name: 'Note', base64: 'aGk=' },
      ],
    }));
    const request = buildConverseRequest({ ...start, turns });
    const { state } = await readStream(stand.aws.runtime.converseStream(request));
    assert.match(textOf(state), /2 attachment/);
  });

  it('shows thoughts apart', async () => {
    const request = requestFor('Think', 'openai.gpt-oss-20b-1:0');
    const { state } = await readStream(stand.aws.runtime.converseStream(request));
    assert.deepEqual(
      state.blocks.map(({ block }) => block.type),
      ['reasoning', 'text'],
    );
  });

  it('passes on what AWS says of a wrong request', async () => {
    const request = { ...requestFor('x'), inferenceConfig: { temperature: 3 } };
    const error = await refusalOf(stand.aws.runtime.converse(request));
    assert.equal(error.kind, 'invalidInput');
    assert.match(error.message, /temperature/);
  });

  it('counts tokens of the base model behind a profile', async () => {
    const count = await stand.aws.runtime.countTokens({
      converse: requestFor('How many tokens are in this text?', `us.${nova}`),
    });
    assert.equal(count.isEstimate, false);
    assert.ok(count.tokens > 3);
  });

  it('estimates and says why where a model cannot count', async () => {
    await stand.fault({
      match: { operation: 'CountTokens' },
      fault: {
        kind: 'error',
        status: 400,
        code: 'ValidationException',
        message: 'The model does not support counting tokens.',
      },
    });
    const count = await stand.aws.runtime.countTokens({
      converse: requestFor('Four words are here'),
    });
    assert.equal(count.isEstimate, true);
    assert.match(count.reason ?? '', /counting tokens/);
    assert.ok(count.tokens > 0);
  });
});

interface Seen {
  readonly operation: string;
  readonly status: number;
}

async function requestsOf({ sandbox }: TestSandbox, operation: string): Promise<Seen[]> {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/requests`);
  const { requests } = (await response.json()) as { requests: Seen[] };
  return requests.filter((at) => at.operation === operation);
}
