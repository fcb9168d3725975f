import type { FoundationModelDetails, InferenceProfileSummary } from '@aws-sdk/client-bedrock';
import { awsError } from '../awsError.js';
import type { BedrockCall } from '../bedrockCall.js';
import { pageOf } from '../http/paging.js';
import type { Handlers } from '../wire/handler.js';
import {
  type CatalogueModel,
  type ProfileGeography,
  catalogue,
  destinations,
  geographiesOf,
  modelArn,
  requireModel,
} from './catalogue.js';
import { applicationProfile, ownModelHandlers } from './ownModelHandlers.js';

export const modelHandlers = {
  ...ownModelHandlers,

  ListFoundationModels(input, { region }) {
    const { byProvider, byOutputModality, byInferenceType, byCustomizationType } = input;
    const models = catalogue
      .filter((model) => byProvider === undefined || isProvider(model, byProvider))
      .filter((model) => !byOutputModality || model.output.some((at) => at === byOutputModality))
      .filter((model) => !byInferenceType || (byInferenceType === 'ON_DEMAND' && model.onDemand))
      .filter(() => byCustomizationType === undefined);
    return { modelSummaries: models.map((model) => modelSummary(model, region)) };
  },

  GetFoundationModel({ modelIdentifier }, { region }) {
    return { modelDetails: modelSummary(requireModel(modelIdentifier), region) };
  },

  GetFoundationModelAvailability({ modelId }) {
    return {
      modelId: requireModel(modelId).id,
      agreementAvailability: { status: 'AVAILABLE' },
      authorizationStatus: 'AUTHORIZED',
      entitlementAvailability: 'AVAILABLE',
      regionAvailability: 'AVAILABLE',
    };
  },

  ListInferenceProfiles({ typeEquals, ...paging }, call) {
    const own = call.ownModels.all('profile').map(applicationProfile);
    const { page, ...next } = pageOf(paging, typeEquals === 'APPLICATION' ? own : profilesOf(call));
    return { inferenceProfileSummaries: page, ...next };
  },

  GetInferenceProfile({ inferenceProfileIdentifier: asked }, call) {
    const id = asked.slice(asked.lastIndexOf('/') + 1);
    const own = call.ownModels.all('profile').map(applicationProfile);
    const found = [...profilesOf(call), ...own].find((at) => at.inferenceProfileId === id);
    if (found !== undefined) return found;
    throw awsError(
      'ResourceNotFoundException',
      `Unable to find an inference profile with the identifier ${asked}.`,
    );
  },

  async CreateInferenceProfile({ inferenceProfileName, description, modelSource }, call) {
    const modelArns = targetsOf(modelSource.copyFrom ?? '', profilesOf(call));
    const made = await call.ownModels.add({
      kind: 'profile',
      name: inferenceProfileName,
      base: requireModel(modelArns[0] ?? '').id,
      modelArns,
      ...(description === undefined ? {} : { description }),
    });
    return { inferenceProfileArn: made.arn, status: 'ACTIVE' };
  },
} satisfies Handlers<'bedrock'>;

/** A model as List and Get show it. Profile-only models have no inference type of the API's enum. */
function modelSummary(model: CatalogueModel, region: string): FoundationModelDetails {
  return {
    modelArn: modelArn(model.id, region),
    modelId: model.id,
    modelName: model.name,
    providerName: model.provider,
    inputModalities: [...model.input],
    outputModalities: [...model.output],
    responseStreamingSupported: model.streaming,
    customizationsSupported: [],
    inferenceTypesSupported: model.onDemand ? ['ON_DEMAND'] : [],
    modelLifecycle: {
      status: model.legacy === undefined ? 'ACTIVE' : 'LEGACY',
      startOfLifeTime: dayOf(model.started),
      legacyTime: dayOf(model.legacy),
      publicExtendedAccessTime: dayOf(model.extended),
      endOfLifeTime: dayOf(model.ended),
    },
  };
}

/** Midnight of a date such as `2026-09-22`. */
function dayOf<T extends string | undefined>(date: T) {
  return (date === undefined ? undefined : new Date(date)) as T extends string ? Date : undefined;
}

function isProvider(model: CatalogueModel, asked: string): boolean {
  return model.provider.toLowerCase() === asked.toLowerCase();
}

/** The profiles that AWS defines, for the Region of the sandbox. */
function profilesOf({ region, identity }: BedrockCall): InferenceProfileSummary[] {
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

function profileSummary(
  model: CatalogueModel,
  geography: ProfileGeography,
  owner: string,
): InferenceProfileSummary {
  const id = `${geography}.${model.id}`;
  const regions = destinations[geography];
  // The API's pattern for names has no dot.
  const name = `${geographyNames[geography]} ${model.provider} ${model.name}`.replaceAll('.', '-');
  return {
    inferenceProfileName: name.replaceAll(/[^0-9A-Za-z _-]/g, ''),
    description: `Routes requests to ${model.name} in ${regions.join(' ')}.`.replaceAll(
      '+',
      ' plus',
    ),
    createdAt: dayOf(model.started),
    updatedAt: dayOf(model.started),
    inferenceProfileArn: `arn:aws:bedrock:${owner}:inference-profile/${id}`,
    models: regions.map((region) => ({ modelArn: modelArn(model.id, region) })),
    inferenceProfileId: id,
    status: 'ACTIVE',
    type: 'SYSTEM_DEFINED',
  };
}

/** The foundation models behind a foundation model or a profile that AWS defines. */
function targetsOf(source: string, profiles: readonly InferenceProfileSummary[]): string[] {
  if (source.includes(':foundation-model/')) return [source];
  const profile = profiles.find((at) => at.inferenceProfileArn === source);
  if (profile === undefined) {
    throw awsError('ResourceNotFoundException', `Could not find the model source ${source}.`);
  }
  return (profile.models ?? []).flatMap(({ modelArn: arn }) => (arn === undefined ? [] : [arn]));
}
