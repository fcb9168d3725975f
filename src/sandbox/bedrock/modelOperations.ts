import { awsError } from '../awsError.js';
import { ConstraintCheck } from '../http/constraints.js';
import { pageOf } from '../http/paging.js';
import { jsonReply } from '../http/replies.js';
import {
  type CatalogueModel,
  type ProfileGeography,
  catalogue,
  destinations,
  geographiesOf,
  modelArn,
  requireModel,
} from '../models/catalogue.js';
import type { Json } from '../runtime/bodyCheck.js';
import type { BedrockCall, BedrockOperation } from './call.js';
import {
  applicationProfile,
  createInferenceProfile as createProfile,
} from './ownModelOperations.js';

/** A model as List and Get show it. Profile-only models have no inference type of the API's enum. */
function modelSummary(model: CatalogueModel, region: string): Json {
  const time = (date: string | undefined) => (date === undefined ? undefined : `${date}T00:00:00Z`);
  return {
    modelArn: modelArn(model.id, region),
    modelId: model.id,
    modelName: model.name,
    providerName: model.provider,
    inputModalities: model.input,
    outputModalities: model.output,
    responseStreamingSupported: model.streaming,
    customizationsSupported: [],
    inferenceTypesSupported: model.onDemand ? ['ON_DEMAND'] : [],
    modelLifecycle: {
      status: model.legacy === undefined ? 'ACTIVE' : 'LEGACY',
      startOfLifeTime: time(model.started),
      legacyTime: time(model.legacy),
      publicExtendedAccessTime: time(model.extended),
      endOfLifeTime: time(model.ended),
    },
  };
}

export const listFoundationModels: BedrockOperation = ({ request: { query }, region }) => {
  const provider = query.get('byProvider');
  const output = query.get('byOutputModality');
  const inference = query.get('byInferenceType');
  const customization = query.get('byCustomizationType');
  const check = new ConstraintCheck();
  check.text('byProvider', provider, { pattern: /^[A-Za-z0-9- ]{1,63}$/ });
  check.text('byOutputModality', output, { values: ['TEXT', 'IMAGE', 'EMBEDDING'] });
  check.text('byInferenceType', inference, { values: ['ON_DEMAND', 'PROVISIONED'] });
  const kinds = ['FINE_TUNING', 'CONTINUED_PRE_TRAINING', 'DISTILLATION'];
  check.text('byCustomizationType', customization, { values: kinds });
  check.done();
  const models = catalogue
    .filter((model) => provider === undefined || isProvider(model, provider))
    .filter((model) => output === undefined || model.output.some((at) => at === output))
    .filter((model) => inference === undefined || (inference === 'ON_DEMAND' && model.onDemand))
    .filter(() => customization === undefined);
  return jsonReply({ modelSummaries: models.map((model) => modelSummary(model, region)) });
};

function isProvider(model: CatalogueModel, asked: string): boolean {
  return model.provider.toLowerCase() === asked.toLowerCase();
}

export const getFoundationModel: BedrockOperation = ({ labels, region }) =>
  jsonReply({ modelDetails: modelSummary(requireModel(labels[0] ?? ''), region) });

export const getFoundationModelAvailability: BedrockOperation = ({ labels }) => {
  const model = requireModel(labels[0] ?? '');
  return jsonReply({
    modelId: model.id,
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  });
};

function profilesOf({ region, identity }: BedrockCall): Json[] {
  const geographies = geographiesOf(region);
  return catalogue.flatMap((model) =>
    model.profiles
      .filter((geography) => geographies.includes(geography))
      .map((geography) => profileSummary(model, geography, `${region}:${identity.accountId}`)),
  );
}

const geographyNames: Readonly<Record<ProfileGeography, string>> = {
  us: 'US',
  eu: 'EU',
  apac: 'APAC',
  global: 'Global',
};

function profileSummary(model: CatalogueModel, geography: ProfileGeography, owner: string): Json {
  const id = `${geography}.${model.id}`;
  const regions = destinations[geography];
  // The API's pattern for names has no dot.
  const name = `${geographyNames[geography]} ${model.provider} ${model.name}`.replaceAll('.', '-');
  const time = `${model.started}T00:00:00Z`;
  return {
    inferenceProfileName: name.replaceAll(/[^0-9A-Za-z _-]/g, ''),
    description: `Routes requests to ${model.name} in ${regions.join(' ')}.`.replaceAll(
      '+',
      ' plus',
    ),
    createdAt: time,
    updatedAt: time,
    inferenceProfileArn: `arn:aws:bedrock:${owner}:inference-profile/${id}`,
    models: regions.map((region) => ({ modelArn: modelArn(model.id, region) })),
    inferenceProfileId: id,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  };
}

export const listInferenceProfiles: BedrockOperation = (call) => {
  const type = call.request.query.get('type');
  const check = new ConstraintCheck();
  check.text('type', type, { values: ['SYSTEM_DEFINED', 'APPLICATION'] });
  check.done();
  const own = call.ownModels.all('profile').map(applicationProfile);
  const all = type === 'APPLICATION' ? own : profilesOf(call);
  const { page, ...next } = pageOf(call.request.query, all);
  return jsonReply({ inferenceProfileSummaries: page, ...next });
};

export const getInferenceProfile: BedrockOperation = (call) => {
  const asked = call.labels[0] ?? '';
  const id = asked.slice(asked.lastIndexOf('/') + 1);
  const own = call.ownModels.all('profile').map(applicationProfile);
  const found = [...profilesOf(call), ...own].find((at) => at['inferenceProfileId'] === id);
  if (found !== undefined) return jsonReply(found);
  throw awsError(
    'ResourceNotFoundException',
    `Unable to find an inference profile with the identifier ${asked}.`,
  );
};

export const createInferenceProfile = createProfile(profilesOf);
