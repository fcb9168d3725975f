import assert from 'node:assert/strict';
import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { type GuardrailStand, type Made, makeGuardrailStand } from './guardrailStand.js';
import { collect, refusal } from './support.js';

const modelId = 'amazon.nova-lite-v1:0';
const claude = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
type Messages = ConverseCommandInput['messages'];

describe('a guardrail on a call', () => {
  let stand: GuardrailStand;
  let guardrail: Made;

  before(async () => {
    stand = await makeGuardrailStand();
    guardrail = await stand.make({
      wordPolicyConfig: {
        wordsConfig: [
          // The sandbox's answers repeat the prompt: one word for each side.
          { text: 'falcon', outputEnabled: false },
          { text: 'blue whale', inputEnabled: false },
        ],
      },
      sensitiveInformationPolicyConfig: {
        piiEntitiesConfig: [
          { type: 'EMAIL', action: 'ANONYMIZE' },
          { type: 'PHONE', action: 'ANONYMIZE', inputEnabled: false },
        ],
      },
    });
  });
  after(() => stand.dispose());
  afterEach(() => {
    stand.check.assertRight();
  });

  const say = (text: string): Messages => [{ role: 'user', content: [{ text }] }];
  const converse = (messages: Messages, more: Partial<ConverseCommandInput> = {}) =>
    stand.runtime.send(
      new ConverseCommand({
        modelId,
        messages,
        guardrailConfig: { ...guardrail, trace: 'enabled' },
        ...more,
      }),
    );
  const streamed = async (text: string, streamProcessingMode: 'sync' | 'async') => {
    const guardrailConfig = { ...guardrail, trace: 'enabled' as const, streamProcessingMode };
    const command = new ConverseStreamCommand({ modelId, messages: say(text), guardrailConfig });
    const events = await collect((await stand.runtime.send(command)).stream);
    return {
      text: events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join(''),
      stopReason: events.find((event) => event.messageStop)?.messageStop?.stopReason,
      metadata: events.find((event) => event.metadata)?.metadata,
    };
  };

  it('blocks a prompt before the model sees it, and counts no tokens', async () => {
    const found = await converse(say('What is falcon?'));
    assert.equal(found.stopReason, 'guardrail_intervened');
    assert.deepEqual(found.output?.message?.content, [{ text: 'Your question is blocked.' }]);
    assert.equal(found.usage?.totalTokens, 0);
    const trace = found.trace?.guardrail;
    const input = trace?.inputAssessment?.[guardrail.guardrailIdentifier];
    assert.equal(input?.wordPolicy?.customWords?.[0]?.match, 'falcon');
    assert.equal(trace?.actionReason, 'Guardrail blocked.');
    assert.equal(trace.outputAssessments, undefined);
  });

  it('blocks an answer, and shows in the trace what the model had said', async () => {
    const found = await converse(say('Tell me of the blue whale'));
    assert.deepEqual(found.output?.message?.content, [{ text: 'The answer is blocked.' }]);
    assert.equal(found.stopReason, 'guardrail_intervened');
    assert.ok((found.usage?.outputTokens ?? 0) > 0);
    assert.match(found.trace?.guardrail?.modelOutput?.[0] ?? '', /blue whale/);
    const [output] =
      found.trace?.guardrail?.outputAssessments?.[guardrail.guardrailIdentifier] ?? [];
    assert.equal(output?.wordPolicy?.customWords?.[0]?.match, 'blue whale');
  });

  it('masks personal data in the prompt before the model sees it', async () => {
    const found = await converse(say('Write to me@mail.example'));
    const [block] = found.output?.message?.content ?? [];
    assert.match(block?.text ?? '', /Write to \{EMAIL\}/);
    assert.equal(found.stopReason, 'end_turn');
  });

  it('masks personal data in the answer', async () => {
    const found = await converse(say('Call 206-555-0100'));
    assert.match(found.output?.message?.content?.[0]?.text ?? '', /Call \{PHONE\}/);
    assert.equal(found.stopReason, 'guardrail_intervened');
    assert.equal(found.trace?.guardrail?.actionReason, 'Guardrail masked.');
  });

  it('looks at guard content alone where there is some', async () => {
    const content = [
      { text: 'The falcon may pass here.' },
      { guardContent: { text: { text: 'Only this is looked at.' } } },
    ];
    const found = await converse([{ role: 'user', content }]);
    assert.equal(found.stopReason, 'end_turn');
  });

  it('leaves a system prompt alone that is not wrapped', async () => {
    const system = [{ text: 'You know the falcon.' }];
    assert.equal((await converse(say('Hello'), { system })).stopReason, 'end_turn');
    const wrapped = [{ guardContent: { text: { text: 'You know the falcon.' } } }];
    const found = await converse(say('Hello'), { system: wrapped });
    assert.equal(found.stopReason, 'guardrail_intervened');
  });

  it('sends no trace where none is asked for', async () => {
    const found = await converse(say('falcon'), { guardrailConfig: guardrail });
    assert.equal(found.stopReason, 'guardrail_intervened');
    assert.equal(found.trace, undefined);
  });

  it('lists what it did not find in the full trace', async () => {
    const found = await converse(say('Hello'), {
      guardrailConfig: { ...guardrail, trace: 'enabled_full' },
    });
    const input = found.trace?.guardrail?.inputAssessment?.[guardrail.guardrailIdentifier];
    const [word] = input?.wordPolicy?.customWords ?? [];
    assert.deepEqual([word?.match, word?.detected], ['falcon', false]);
  });

  it('holds a streamed answer back until it is checked', async () => {
    const found = await streamed('Tell me of the blue whale', 'sync');
    assert.equal(found.text, 'The answer is blocked.');
    assert.equal(found.stopReason, 'guardrail_intervened');
    assert.ok(found.metadata?.trace?.guardrail?.outputAssessments);
  });

  it('sends text first where the check runs beside the stream', async () => {
    const found = await streamed('Tell me of the blue whale', 'async');
    assert.match(found.text, /^.{20,}\n\nThe answer is blocked\.$/s);
    assert.equal(found.stopReason, 'guardrail_intervened');
  });

  it('masks nothing where the check runs beside the stream', async () => {
    const found = await streamed('Call 206-555-0100', 'async');
    assert.match(found.text, /206-555-0100/);
    assert.equal(found.stopReason, 'end_turn');
  });

  const claudeBody = (text: string, more: object = {}) =>
    JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 300,
      messages: [{ role: 'user', content: text }],
      ...more,
    });
  const invoke = (body: string, trace: 'ENABLED' | 'DISABLED' = 'ENABLED') => ({
    modelId: claude,
    contentType: 'application/json',
    body,
    ...guardrail,
    trace,
  });
  interface Native {
    content: { text: string }[];
    'amazon-bedrock-guardrailAction'?: string;
    'amazon-bedrock-trace'?: { guardrail: { inputAssessment: object } };
  }
  const native = async (body: string, trace?: 'DISABLED') => {
    const { body: bytes } = await stand.runtime.send(new InvokeModelCommand(invoke(body, trace)));
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Native;
  };

  it("blocks a native call in the family's own form", async () => {
    const found = await native(claudeBody('falcon'));
    assert.equal(found.content[0]?.text, 'Your question is blocked.');
    assert.equal(found['amazon-bedrock-guardrailAction'], 'INTERVENED');
    assert.ok(found['amazon-bedrock-trace']?.guardrail.inputAssessment);
  });

  it('says of a native call that nothing was done', async () => {
    const found = await native(claudeBody('Hello'), 'DISABLED');
    assert.equal(found['amazon-bedrock-guardrailAction'], 'NONE');
    assert.equal(found['amazon-bedrock-trace'], undefined);
  });

  it('looks inside the tags of a native body alone, and takes them away', async () => {
    const tag = 'amazon-bedrock-guardrails-guardContent_abc';
    const text = `The falcon. <${tag}>A walk in the park.</${tag}>`;
    const config = { 'amazon-bedrock-guardrailConfig': { tagSuffix: 'abc' } };
    const found = await native(claudeBody(text, config));
    assert.equal(found['amazon-bedrock-guardrailAction'], 'NONE');
    assert.doesNotMatch(found.content[0]?.text ?? '', /guardContent/);
  });

  it('says in the last chunk of a native stream what it did', async () => {
    const command = new InvokeModelWithResponseStreamCommand(invoke(claudeBody('falcon')));
    const events = await collect((await stand.runtime.send(command)).body);
    const chunks = events.map(
      ({ chunk }) => JSON.parse(Buffer.from(chunk!.bytes!).toString('utf8')) as Native,
    );
    assert.equal(chunks.at(-1)?.['amazon-bedrock-guardrailAction'], 'INTERVENED');
    assert.equal(chunks.filter((chunk) => 'amazon-bedrock-guardrailAction' in chunk).length, 1);
  });

  it('refuses a guardrail or a version that is not there', async () => {
    for (const guardrailConfig of [
      { guardrailIdentifier: 'nosuchguardrail', guardrailVersion: 'DRAFT' },
      { ...guardrail, guardrailVersion: '9' },
    ]) {
      const error = await refusal(converse(say('Hello'), { guardrailConfig }));
      assert.equal(error.name, 'ValidationException');
      assert.match(error.message, /guardrail identifier or version .* does not exist/);
    }
  });
});
