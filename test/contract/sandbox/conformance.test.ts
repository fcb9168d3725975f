import assert from 'node:assert/strict';
import {
  BedrockClient,
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
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { ConformanceHandler } from './conformance.js';
import { loadServiceModel, violations } from './serviceModel.js';
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

const bedrockModel = loadServiceModel('bedrock');
const runtimeModel = loadServiceModel('bedrock-runtime');
const text = 'Which planet is the largest?';
const messages = [{ role: 'user' as const, content: [{ text }] }];

describe('the check against a service model', () => {
  it('finds missing, unknown and wrong members', () => {
    const model = {
      operations: {},
      shapes: {
        Out: {
          type: 'structure',
          required: ['id'],
          members: { id: { shape: 'Id' }, at: { shape: 'Time' } },
        },
        Id: { type: 'string', pattern: '[a-z]+', max: 3 },
        Time: { type: 'timestamp' },
      },
    };
    assert.deepEqual(violations(model, 'Out', { id: 'abc', at: '2026-01-01T00:00:00Z' }), []);
    assert.deepEqual(violations(model, 'Out', { id: 'ab1x', at: 5, more: 1 }), [
      '.id: 4 is above 3',
      '.id: does not fit [a-z]+: ab1x',
      '.at: not an ISO-8601 time: 5',
      '.more: not a member',
    ]);
    assert.deepEqual(violations(model, 'Out', {}), ['.id: required and absent']);
  });
});

describe('the sandbox against AWS service models', function () {
  let stand: Stand;

  before(async function () {
    if (bedrockModel === undefined || runtimeModel === undefined) {
      console.warn('SKIPPED: set AWS_MODELS_DIR to check answers against AWS service models');
      this.skip();
    }
    stand = await makeStand();
  });
  after(() => (stand as Stand | undefined)?.dispose());

  it('answers every operation of the control plane as the model says', async () => {
    const handler = new ConformanceHandler(bedrockModel!);
    const client = new BedrockClient({ ...stand.config, requestHandler: handler });
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
    assert.equal(handler.checked.size, 9);
    assert.deepEqual(handler.problems, []);
    client.destroy();
  });

  it('answers every operation on jobs as the model says, in every state of a job', async () => {
    const handler = new ConformanceHandler(bedrockModel!);
    const bedrock = new BedrockClient({ ...stand.config, requestHandler: handler });
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
    assert.equal(handler.checked.size, 7);
    assert.deepEqual(handler.problems, []);
    bedrock.destroy();
  });

  it('answers every operation of the runtime as the model says', async () => {
    const handler = new ConformanceHandler(runtimeModel!);
    const runtime = new BedrockRuntimeClient({ ...stand.config, requestHandler: handler });
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
    assert.equal(handler.checked.size, 5);
    assert.deepEqual(handler.problems, []);
    runtime.destroy();
  });
});
