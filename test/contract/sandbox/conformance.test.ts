import assert from 'node:assert/strict';
import {
  CreateModelInvocationJobCommand,
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  GetInferenceProfileCommand,
  GetModelInvocationJobCommand,
  ListCustomModelsCommand,
  ListFoundationModelsCommand,
  ListGuardrailsCommand,
  ListImportedModelsCommand,
  ListInferenceProfilesCommand,
  ListModelInvocationJobsCommand,
  ListProvisionedModelThroughputsCommand,
  ListTagsForResourceCommand,
  StopModelInvocationJobCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-bedrock';
import {
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { answerProblems } from '../../support/answerProblems.js';
import type { WireRequest } from '../../../src/sandbox/http/wire.js';
import type { ServiceModel } from '../../../src/sandbox/wire/model.js';
import { AnswerCheck } from '../../support/answerCheck.js';
import {
  type Stand,
  addFault,
  converseLines,
  jobInput,
  makeStand,
  putText,
  refusal,
  waitForJob,
} from './support.js';

const text = 'Which planet is the largest?';
const messages = [{ role: 'user' as const, content: [{ text }] }];

describe('the check of answers', () => {
  it('finds missing, unknown and wrong members', () => {
    const model: ServiceModel = {
      operations: {},
      shapes: {
        Out: { type: 'structure', required: ['id'], members: { id: 'Id', at: 'Time' } },
        Id: { type: 'string', pattern: '[a-z]+', max: 3 },
        Time: { type: 'time' },
      },
    };
    assert.deepEqual(answerProblems(model, 'Out', { id: 'abc', at: '2026-01-01T00:00:00Z' }), []);
    assert.deepEqual(answerProblems(model, 'Out', { id: 'ab1x', at: 5, more: 1 }), [
      '.id: 4 is above 3',
      '.id: does not fit [a-z]+: ab1x',
      '.at: not an ISO-8601 time: 5',
      '.more: not a member',
    ]);
    assert.deepEqual(answerProblems(model, 'Out', {}), ['.id: required and absent']);
  });

  it('finds an answer that AWS would not give', async () => {
    const check = new AnswerCheck();
    const reply = {
      status: 201,
      headers: { 'x-amzn-requestid': '1' },
      body: '{"guardrails":[{}]}',
    };
    const request = { method: 'GET', path: '/guardrails' } as WireRequest;
    await check.around(() => Promise.resolve(reply))(request);
    assert.deepEqual(check.problems.slice(0, 2), [
      'bedrock ListGuardrails: status 201',
      'bedrock ListGuardrails.guardrails[0].id: required and absent',
    ]);
    assert.throws(() => {
      check.assertRight();
    });
  });
});

describe('the sandbox against AWS service models', () => {
  let stand: Stand;

  before(async () => (stand = await makeStand()));
  after(() => stand.dispose());
  afterEach(() => {
    stand.check.assertRight();
  });

  it('answers every operation of the control plane as the model says', async () => {
    const client = stand.bedrock;
    const { modelSummaries } = await client.send(new ListFoundationModelsCommand({}));
    for (const { modelId } of modelSummaries!) {
      await client.send(new GetFoundationModelCommand({ modelIdentifier: modelId }));
      await client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
    }
    const page = await client.send(new ListInferenceProfilesCommand({ maxResults: 5 }));
    assert.ok(page.nextToken);
    await client.send(new ListInferenceProfilesCommand({}));
    const inferenceProfileIdentifier = page.inferenceProfileSummaries![0]!.inferenceProfileId;
    await client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    for (const command of [
      new ListCustomModelsCommand({}),
      new ListImportedModelsCommand({}),
      new ListProvisionedModelThroughputsCommand({}),
      new ListGuardrailsCommand({}),
    ]) {
      await client.send(command as ListGuardrailsCommand);
    }
    await refusal(client.send(new GetFoundationModelCommand({ modelIdentifier: 'a.b' })));
    await refusal(
      client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier: 'us.x' })),
    );
  });

  it('answers every operation on jobs as the model says, in every state of a job', async () => {
    const { bedrock } = stand;
    const uri = await putText(stand, 'conform/a.jsonl', converseLines(100));
    const tags = [{ key: 'team', value: 'x' }];
    const { jobArn } = await bedrock.send(
      new CreateModelInvocationJobCommand(jobInput(stand, uri, { tags })),
    );
    await waitForJob({ bedrock }, jobArn!);
    const short = await putText(stand, 'conform/short.jsonl', converseLines(1));
    const failed = await bedrock.send(new CreateModelInvocationJobCommand(jobInput(stand, short)));
    await waitForJob({ bedrock }, failed.jobArn!);
    await bedrock.send(new ListModelInvocationJobsCommand({ maxResults: 1 }));
    await bedrock.send(new ListModelInvocationJobsCommand({}));
    await bedrock.send(new ListTagsForResourceCommand({ resourceARN: jobArn }));
    await bedrock.send(new TagResourceCommand({ resourceARN: jobArn, tags }));
    await bedrock.send(new UntagResourceCommand({ resourceARN: jobArn, tagKeys: ['team'] }));
    await refusal(bedrock.send(new StopModelInvocationJobCommand({ jobIdentifier: jobArn })));
    await refusal(
      bedrock.send(new GetModelInvocationJobCommand({ jobIdentifier: 'aaaaaaaaaaaa' })),
    );
    await refusal(
      bedrock.send(new CreateModelInvocationJobCommand(jobInput(stand, uri, { jobName: 'a b' }))),
    );
  });

  it('answers every operation of the runtime as the model says', async () => {
    const { runtime } = stand;
    const tool = {
      name: 'look_up',
      inputSchema: { json: { type: 'object', properties: { q: { type: 'string' } } } },
    };
    for (const modelId of ['amazon.nova-pro-v1:0', 'openai.gpt-oss-20b-1:0']) {
      for (const toolConfig of [undefined, { tools: [{ toolSpec: tool }] }]) {
        await runtime.send(new ConverseCommand({ modelId, messages, toolConfig }));
        const { stream } = await runtime.send(
          new ConverseStreamCommand({ modelId, messages, toolConfig }),
        );
        for await (const event of stream!) assert.ok(event);
      }
    }
    const body = JSON.stringify({ prompt: text });
    const native = {
      modelId: 'meta.llama3-1-8b-instruct-v1:0',
      contentType: 'application/json',
      body,
    };
    await runtime.send(new InvokeModelCommand(native));
    const streamed = await runtime.send(new InvokeModelWithResponseStreamCommand(native));
    for await (const event of streamed.body!) assert.ok(event.chunk);
    await runtime.send(
      new CountTokensCommand({
        modelId: native.modelId,
        input: { invokeModel: { body: Buffer.from(body) } },
      }),
    );
    await runtime.send(
      new CountTokensCommand({ modelId: native.modelId, input: { converse: { messages } } }),
    );
    await refusal(runtime.send(new ConverseCommand({ modelId: 'no.such-model', messages })));
    await addFault(stand.sandbox, {
      match: { operation: 'ConverseStream' },
      fault: { kind: 'streamException' },
      times: 1,
    });
    const broken = await runtime.send(
      new ConverseStreamCommand({ modelId: 'amazon.nova-pro-v1:0', messages }),
    );
    await refusal(
      (async () => {
        for await (const event of broken.stream!) assert.ok(event);
      })(),
    );
  });
});
