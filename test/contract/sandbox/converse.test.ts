import assert from 'node:assert/strict';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  CountTokensCommand,
} from '@aws-sdk/client-bedrock-runtime';
import {
  type Stand,
  addFault,
  collect,
  handlerFor,
  makeStand,
  protocols,
  refusal,
} from './support.js';

const modelId = 'us.anthropic.claude-sonnet-4-6';
const ask = (text: string): Pick<ConverseCommandInput, 'messages'> => ({
  messages: [{ role: 'user', content: [{ text }] }],
});

const textOf = (events: ConverseStreamOutput[]) =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');

for (const protocol of protocols) {
  describe(`Converse over ${protocol}`, () => {
    let stand: Stand;
    before(async () => (stand = await makeStand({ speed: 100 }, protocol)));
    after(() => stand.dispose());
    const converse = (input: Omit<ConverseCommandInput, 'modelId'>, id = modelId) =>
      stand.runtime.send(new ConverseCommand({ modelId: id, ...input }));

    it('answers the same prompt with the same text, which mentions it', async () => {
      const [first, second, other] = await Promise.all([
        converse(ask('Name a blue fruit')),
        converse(ask('Name a blue fruit')),
        converse(ask('Name a red car')),
      ]);
      const text = first.output!.message!.content![0]!.text!;
      assert.match(text, /Name a blue fruit/);
      assert.deepEqual(second.output, first.output);
      assert.notDeepEqual(other.output, first.output);
      assert.equal(first.stopReason, 'end_turn');
      assert.equal(
        first.usage!.totalTokens,
        first.usage!.inputTokens! + first.usage!.outputTokens!,
      );
    });

    it('streams what it would have answered', async () => {
      const whole = await converse(ask('Tell me about rivers'));
      const { stream } = await stand.runtime.send(
        new ConverseStreamCommand({ modelId, ...ask('Tell me about rivers') }),
      );
      const events = await collect(stream);
      assert.equal(textOf(events), whole.output!.message!.content![0]!.text);
      assert.deepEqual(Object.keys(events[0]!), ['messageStart']);
      assert.deepEqual(
        events.slice(-2).map((event) => Object.keys(event)[0]),
        ['messageStop', 'metadata'],
      );
      assert.deepEqual(events.at(-1)!.metadata!.usage, whole.usage);
    });

    it('stops at the token limit and at a stop sequence', async () => {
      const cut = await converse({
        ...ask('A long story, please'),
        inferenceConfig: { maxTokens: 5 },
      });
      assert.deepEqual([cut.stopReason, cut.usage!.outputTokens], ['max_tokens', 5]);
      const stopped = await converse({
        ...ask('Say STOPWORD twice'),
        inferenceConfig: { stopSequences: ['STOPWORD'] },
      });
      assert.equal(stopped.stopReason, 'stop_sequence');
      assert.doesNotMatch(stopped.output!.message!.content![0]!.text!, /STOPWORD/);
    });

    it('uses an offered tool once and then answers', async () => {
      const json = {
        type: 'object',
        properties: { city: { type: 'string' }, days: { type: 'integer' } },
        required: ['city'],
      };
      const toolConfig = { tools: [{ toolSpec: { name: 'weather', inputSchema: { json } } }] };
      const question = ask('Weather in Lisbon?').messages!;
      const first = await converse({ messages: question, toolConfig });
      assert.equal(first.stopReason, 'tool_use');
      const use = first.output!.message!.content!.find((block) => block.toolUse)!.toolUse!;
      assert.equal(use.name, 'weather');
      assert.equal(typeof (use.input as { city: unknown }).city, 'string');
      const result = { toolResult: { toolUseId: use.toolUseId, content: [{ text: 'sunny' }] } };
      const second = await converse({
        messages: [...question, first.output!.message!, { role: 'user', content: [result] }],
        toolConfig,
      });
      assert.equal(second.stopReason, 'end_turn');
      const { stream } = await stand.runtime.send(
        new ConverseStreamCommand({ modelId, messages: question, toolConfig }),
      );
      const events = await collect(stream);
      const input = events
        .map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '')
        .join('');
      assert.deepEqual(JSON.parse(input), use.input);
    });

    it('answers in the asked JSON schema', async () => {
      const schema = JSON.stringify({
        type: 'object',
        properties: {
          colour: { enum: ['red', 'blue'] },
          score: { type: 'integer', minimum: 1, maximum: 5 },
        },
      });
      const reply = await converse({
        ...ask('Rate it'),
        outputConfig: {
          textFormat: { type: 'json_schema', structure: { jsonSchema: { schema } } },
        },
      });
      const value = JSON.parse(reply.output!.message!.content![0]!.text!) as {
        colour: string;
        score: number;
      };
      assert.ok(['red', 'blue'].includes(value.colour) && value.score >= 1 && value.score <= 5);
    });

    it('shows the reasoning of gpt-oss', async () => {
      const reply = await converse(ask('Why?'), 'openai.gpt-oss-120b-1:0');
      assert.ok(reply.output!.message!.content![0]!.reasoningContent?.reasoningText?.text);
      assert.ok(reply.output!.message!.content![1]!.text);
    });

    const wrong: [string, object, string, RegExp][] = [
      ['no message', { messages: [] }, modelId, /conversation must start with a user message/],
      [
        'an assistant first',
        { messages: [{ role: 'assistant', content: [{ text: 'x' }] }] },
        modelId,
        /must start with a user message/,
      ],
      [
        'blank text',
        ask(' '),
        modelId,
        /text field in the ContentBlock object at messages\.0\.content\.0 is blank/,
      ],
      [
        'no content',
        { messages: [{ role: 'user', content: [] }] },
        modelId,
        /content field in the Message object at messages\.0 is empty/,
      ],
      [
        'a temperature of 2',
        { ...ask('x'), inferenceConfig: { temperature: 2 } },
        modelId,
        /less than or equal to 1/,
      ],
      [
        'both temperature and topP on Claude 4.5',
        { ...ask('x'), inferenceConfig: { temperature: 0.5, topP: 0.5 } },
        'us.anthropic.claude-haiku-4-5-20251001-v1:0',
        /cannot both be specified/,
      ],
      [
        'no tokens',
        { ...ask('x'), inferenceConfig: { maxTokens: 0 } },
        modelId,
        /greater than or equal to 1/,
      ],
      ['an embedding model', ask('x'), 'amazon.titan-embed-text-v2:0', /doesn't support the model/],
      ['an unknown model', ask('x'), 'no.such', /^The provided model identifier is invalid\.$/],
      [
        'a profile-only model',
        ask('x'),
        'anthropic.claude-opus-5',
        /on-demand throughput isn't supported/,
      ],
    ];
    for (const [what, input, id, message] of wrong) {
      it(`refuses ${what}`, async () => {
        const error = await refusal(converse(input, id));
        assert.deepEqual(
          [error.name, error.$metadata?.httpStatusCode],
          ['ValidationException', 400],
        );
        assert.match(error.message, message);
      });
    }

    it('counts tokens as it bills them', async () => {
      const prompt = ask('How many tokens are these words?');
      const { inputTokens } = await stand.runtime.send(
        new CountTokensCommand({ modelId, input: { converse: prompt } }),
      );
      assert.equal(inputTokens, (await converse(prompt)).usage!.inputTokens);
    });

    it('ends the work where the reader leaves a stream', async () => {
      const slow = new BedrockRuntimeClient({
        ...stand.config,
        requestHandler: handlerFor(protocol),
      });
      const abort = new AbortController();
      const { stream } = await slow.send(
        new ConverseStreamCommand({ modelId, ...ask('x'.repeat(50)) }),
        { abortSignal: abort.signal },
      );
      const iterator = stream![Symbol.asyncIterator]();
      await iterator.next();
      abort.abort();
      await iterator.return?.();
      slow.destroy();
      assert.ok(await converse(ask('still there?')));
    });

    const exceptions = [
      ['throttlingException', 'ThrottlingException'],
      ['modelStreamErrorException', 'ModelStreamErrorException'],
      ['internalServerException', 'InternalServerException'],
      ['validationException', 'ValidationException'],
      ['serviceUnavailableException', 'ServiceUnavailableException'],
    ] as const;
    for (const [exception, name] of exceptions) {
      it(`ends a stream with ${name} in the middle where a fault asks for it`, async () => {
        await addFault(stand.sandbox, {
          match: { operation: 'ConverseStream' },
          fault: { kind: 'streamException', exception, afterEvents: 3 },
          times: 1,
        });
        const { stream } = await stand.runtime.send(
          new ConverseStreamCommand({ modelId, ...ask('hello') }),
        );
        const events: ConverseStreamOutput[] = [];
        const error = await refusal(
          (async () => {
            for await (const event of stream!) events.push(event);
          })(),
        );
        assert.equal(error.name, name);
        assert.equal(events.length, 3);
      });
    }

    it('cuts a stream in the middle of a frame where a fault asks for it', async () => {
      await addFault(stand.sandbox, {
        match: { operation: 'ConverseStream' },
        fault: { kind: 'cutStream', afterEvents: 2 },
        times: 1,
      });
      const { stream } = await stand.runtime.send(
        new ConverseStreamCommand({ modelId, ...ask('hello') }),
      );
      const events: ConverseStreamOutput[] = [];
      const error = await refusal(
        (async () => {
          for await (const event of stream!) events.push(event);
        })(),
      );
      assert.ok(error);
      assert.equal(events.length, 2);
    });

    it('throttles, fails, drops and delays where faults ask for it', async () => {
      const outcome = async (fault: object) => {
        await addFault(stand.sandbox, {
          match: { operation: 'Converse', key: 'claude' },
          fault,
          times: 1,
        });
        return refusal(converse(ask('x')));
      };
      const throttled = await outcome({ kind: 'throttle' });
      assert.deepEqual(
        [throttled.name, throttled.$metadata?.httpStatusCode],
        ['ThrottlingException', 429],
      );
      const failed = await outcome({
        kind: 'error',
        status: 503,
        code: 'ServiceUnavailableException',
      });
      assert.deepEqual(
        [failed.name, failed.$metadata?.httpStatusCode],
        ['ServiceUnavailableException', 503],
      );
      assert.ok(await outcome({ kind: 'dropBefore' }));
      assert.ok(await outcome({ kind: 'dropAfter' }));
      await addFault(stand.sandbox, {
        match: { operation: 'Converse' },
        fault: { kind: 'slow', delayMs: 120 },
        times: 1,
      });
      const started = Date.now();
      await converse(ask('slow'));
      assert.ok(Date.now() - started >= 115);
    });
  });
}
