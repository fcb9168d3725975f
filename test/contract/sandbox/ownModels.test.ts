import assert from 'node:assert/strict';
import {
  BedrockClient,
  CreateInferenceProfileCommand,
  DeleteInferenceProfileCommand,
  GetCustomModelCommand,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetProvisionedModelThroughputCommand,
  ListCustomModelsCommand,
  ListImportedModelsCommand,
  ListInferenceProfilesCommand,
  ListProvisionedModelThroughputsCommand,
} from '@aws-sdk/client-bedrock';
import { ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { createCatalogue } from '../../../src/aws/catalogue.js';
import { type GuardrailStand, makeGuardrailStand } from './guardrailStand.js';
import { configOf, makeStand, refusal } from './support.js';
import { addOwnModel } from '../../support/ownModels.js';

const llama = 'meta.llama3-1-8b-instruct-v1:0';
const nova = 'amazon.nova-lite-v1:0';
const haikuProfile = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];

describe("the account's own models in the sandbox", () => {
  let stand: GuardrailStand;
  const arns: Record<string, string> = {};

  before(async () => {
    stand = await makeGuardrailStand();
    const { sandbox, bedrock } = stand;
    arns['custom'] = await addOwnModel(sandbox, 'custom', 'tuned-nova', nova);
    arns['imported'] = await addOwnModel(sandbox, 'imported', 'my-llama', llama);
    arns['provisioned'] = await addOwnModel(sandbox, 'provisioned', 'nova-units', nova);
    const { inferenceProfileSummaries } = await bedrock.send(new ListInferenceProfilesCommand({}));
    const source = inferenceProfileSummaries?.find((at) => at.inferenceProfileId === haikuProfile);
    const { inferenceProfileArn } = await bedrock.send(
      new CreateInferenceProfileCommand({
        inferenceProfileName: 'team-a',
        description: 'Costs of team A',
        modelSource: { copyFrom: source?.inferenceProfileArn ?? '' },
      }),
    );
    arns['profile'] = inferenceProfileArn ?? '';
  });
  after(() => stand.dispose());
  afterEach(() => {
    stand.check.assertRight();
  });

  it('lists a custom model and gives its facts', async () => {
    const { modelSummaries } = await stand.bedrock.send(new ListCustomModelsCommand({}));
    assert.equal(modelSummaries?.[0]?.modelArn, arns['custom']);
    const found = await stand.bedrock.send(
      new GetCustomModelCommand({ modelIdentifier: 'tuned-nova' }),
    );
    assert.equal(found.modelStatus, 'Active');
  });

  it('lists an imported model and gives its facts', async () => {
    const { modelSummaries } = await stand.bedrock.send(new ListImportedModelsCommand({}));
    assert.equal(modelSummaries?.[0]?.modelName, 'my-llama');
    const modelIdentifier = arns['imported'];
    const found = await stand.bedrock.send(new GetImportedModelCommand({ modelIdentifier }));
    assert.equal(found.modelArchitecture, 'meta');
  });

  it('lists provisioned throughput and gives its facts', async () => {
    const list = new ListProvisionedModelThroughputsCommand({});
    const { provisionedModelSummaries } = await stand.bedrock.send(list);
    assert.equal(provisionedModelSummaries?.[0]?.status, 'InService');
    const provisionedModelId = arns['provisioned'];
    const get = new GetProvisionedModelThroughputCommand({ provisionedModelId });
    assert.equal((await stand.bedrock.send(get)).provisionedModelName, 'nova-units');
  });

  it('lists an application profile apart from those of the system', async () => {
    const list = (typeEquals?: 'APPLICATION' | 'SYSTEM_DEFINED') =>
      stand.bedrock.send(new ListInferenceProfilesCommand({ typeEquals }));
    const { inferenceProfileSummaries: own = [] } = await list('APPLICATION');
    assert.deepEqual(
      own.map(({ inferenceProfileName }) => inferenceProfileName),
      ['team-a'],
    );
    assert.ok((own[0]?.models?.length ?? 0) > 1, 'the Regions of the one it was copied from');
    const { inferenceProfileSummaries: system = [] } = await list('SYSTEM_DEFINED');
    assert.ok(!system.some(({ type }) => type === 'APPLICATION'));
    const inferenceProfileIdentifier = arns['profile'];
    const get = new GetInferenceProfileCommand({ inferenceProfileIdentifier });
    assert.equal((await stand.bedrock.send(get)).description, 'Costs of team A');
  });

  for (const kind of ['custom', 'imported', 'provisioned', 'profile']) {
    it(`answers Converse for the ARN of a ${kind} model`, async () => {
      const command = new ConverseCommand({ modelId: arns[kind], messages });
      assert.equal((await stand.runtime.send(command)).stopReason, 'end_turn');
    });
  }

  it('answers InvokeModel in the form of the family behind it', async () => {
    const body = JSON.stringify({ prompt: 'Hello', max_gen_len: 40 });
    const contentType = 'application/json';
    const command = new InvokeModelCommand({ modelId: arns['imported'], contentType, body });
    const { body: bytes } = await stand.runtime.send(command);
    const found = JSON.parse(Buffer.from(bytes).toString('utf8')) as { generation?: string };
    assert.ok(found.generation);
  });

  it('is what the catalogue shows beside the foundation models', async () => {
    const { own, errors } = await createCatalogue(stand.bedrock, { context: {} }).load();
    assert.deepEqual(errors, {});
    assert.deepEqual(
      own.map(({ kind, name, base }) => [kind, name, base]),
      [
        ['profile', 'team-a', 'anthropic.claude-haiku-4-5-20251001-v1:0'],
        ['custom', 'tuned-nova', nova],
        ['imported', 'my-llama', 'meta'],
        ['provisioned', 'nova-units', nova],
      ],
    );
  });

  it('refuses a profile that copies from nothing', async () => {
    const copyFrom = 'arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.no.such';
    const input = { inferenceProfileName: 'x', modelSource: { copyFrom } };
    const error = await refusal(stand.bedrock.send(new CreateInferenceProfileCommand(input)));
    assert.equal(error.name, 'ResourceNotFoundException');
  });

  it('refuses a model that answers as none of the catalogue', async () => {
    await assert.rejects(addOwnModel(stand.sandbox, 'custom', 'x', 'no.such'), /404/);
  });

  it('has them again after a restart, until they are deleted', async () => {
    const first = await makeStand();
    const arn = await addOwnModel(first.sandbox, 'provisioned', 'kept', nova);
    const copyFrom = `arn:aws:bedrock:us-east-1::foundation-model/${nova}`;
    const input = { inferenceProfileName: 'kept', modelSource: { copyFrom } };
    await first.bedrock.send(new CreateInferenceProfileCommand(input));
    await first.sandbox.close();
    const second = await makeStand({ dataDir: first.dataDir });
    const client = new BedrockClient(configOf(second.sandbox));
    await client.send(new GetProvisionedModelThroughputCommand({ provisionedModelId: arn }));
    const list = () => client.send(new ListInferenceProfilesCommand({ typeEquals: 'APPLICATION' }));
    const [profile] = (await list()).inferenceProfileSummaries ?? [];
    const inferenceProfileIdentifier = profile?.inferenceProfileArn;
    await client.send(new DeleteInferenceProfileCommand({ inferenceProfileIdentifier }));
    assert.deepEqual((await list()).inferenceProfileSummaries, []);
    client.destroy();
    await second.dispose();
    await first.dispose();
  });
});
