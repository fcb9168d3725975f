import assert from 'node:assert/strict';
import {
  customModel,
  profileModel,
  provisionedModel,
  toModel,
} from '../../../src/aws/catalogueMapping.js';
import type { ModelCatalogue } from '../../../src/core/models/modelCatalogue.js';
import { startTestSandbox, type TestSandbox } from '../../support/sandbox.js';

describe('the catalogue over the AWS SDK', () => {
  let server: TestSandbox;

  before(async () => {
    server = await startTestSandbox();
  });
  afterEach(() => server.clearFaults());
  after(() => server.close());

  const deny = (operation: string) =>
    server.fault({
      match: { operation },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'no' },
    });

  const load = () => server.aws.catalogue.load();

  it('lists models with their profiles, lifecycle dates and batch capability', async () => {
    const { models, errors } = await load();
    assert.deepEqual(errors, {});
    const legacy = models.find(({ id }) => id.includes('claude-opus-4-1'));
    assert.equal(legacy?.lifecycle.status, 'LEGACY');
    assert.match(legacy.lifecycle.extendedAccess ?? '', /^2026-10-08/);
    assert.deepEqual(
      legacy.profiles.map(({ id }) => id),
      ['us.anthropic.claude-opus-4-1-20250805-v1:0'],
    );
  });

  const branches: readonly [keyof ModelCatalogue['errors'], string][] = [
    ['models', 'ListFoundationModels'],
    ['profiles', 'ListInferenceProfiles'],
    ['custom', 'ListCustomModels'],
    ['imported', 'ListImportedModels'],
    ['provisioned', 'ListProvisionedModelThroughputs'],
  ];
  for (const [branch, operation] of branches) {
    it(`fails only in the branch of ${operation}, and says what is not allowed`, async () => {
      await deny(operation);
      const { models, errors } = await load();
      assert.deepEqual(Object.keys(errors), [branch]);
      assert.equal(errors[branch]?.kind, 'accessDenied');
      assert.match(errors[branch].message, new RegExp(`bedrock:${operation}`));
      assert.equal(models.length > 0, branch !== 'models');
    });
  }

  it('rejects where it was aborted, rather than calling it a failure', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(server.aws.catalogue.load(controller.signal), { kind: 'cancelled' });
  });

  it('asks for the availability of one model', async () => {
    const found = await server.aws.catalogue.availability('amazon.nova-lite-v1:0');
    assert.deepEqual(found, {
      agreement: 'AVAILABLE',
      authorization: 'AUTHORIZED',
      entitlement: 'AVAILABLE',
      region: 'AVAILABLE',
    });
  });
});

describe('what AWS lists', () => {
  it('as a model keeps words the SDK does not know', () => {
    const model = toModel(
      {
        modelArn: 'arn:aws:bedrock:us-east-1::foundation-model/x.y',
        modelId: 'x.y',
        inferenceTypesSupported: ['INFERENCE_PROFILE' as never],
        outputModalities: ['HOLOGRAM' as never],
      },
      [],
      { 'x.*': 'yes' },
    );
    assert.deepEqual(model.inferenceTypes, ['INFERENCE_PROFILE']);
    assert.deepEqual(model.output, ['HOLOGRAM']);
    assert.equal(model.name, 'x.y');
    assert.equal(model.batch, 'yes');
  });

  it('as the account’s own has a name, what is behind it, a status and a time', () => {
    const created = new Date('2026-05-01T00:00:00Z');
    const base = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
    assert.deepEqual(
      customModel({
        modelArn: 'arn:aws:bedrock:us-east-1:1:custom-model/tuned',
        modelName: 'tuned',
        baseModelArn: base,
        baseModelName: 'Nova Lite',
        creationTime: created,
        modelStatus: 'Active',
      }),
      {
        kind: 'custom',
        arn: 'arn:aws:bedrock:us-east-1:1:custom-model/tuned',
        name: 'tuned',
        base: 'amazon.nova-lite-v1:0',
        status: 'Active',
        created: created.toISOString(),
      },
    );
    const profile = profileModel({
      inferenceProfileArn: 'arn:aws:bedrock:us-east-1:1:application-inference-profile/a1',
      inferenceProfileName: 'team-a',
      inferenceProfileId: 'a1',
      models: [{ modelArn: base }],
      status: 'ACTIVE',
      type: 'APPLICATION',
    });
    assert.equal(profile.base, 'amazon.nova-lite-v1:0');
    const provisioned = provisionedModel({
      provisionedModelArn: 'arn:aws:bedrock:us-east-1:1:provisioned-model/p1',
      provisionedModelName: 'steady',
      modelArn: base,
      desiredModelArn: base,
      foundationModelArn: base,
      modelUnits: 1,
      desiredModelUnits: 1,
      status: 'InService',
      creationTime: created,
      lastModifiedTime: created,
    });
    assert.equal(provisioned.status, 'InService');
  });
});
