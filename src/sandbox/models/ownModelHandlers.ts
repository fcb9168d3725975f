import type { InferenceProfileSummary } from '@aws-sdk/client-bedrock';
import { pageOf } from '../http/paging.js';
import type { Handlers } from '../wire/handler.js';
import { modelArn, requireModel } from './catalogue.js';
import type { OwnModels, OwnKind, OwnRecord } from './ownModels.js';

/** What the account made that leads to a model: custom, imported, provisioned, a profile of its own. */
export const ownModelHandlers = {
  ListCustomModels(input, { ownModels, region }) {
    const { page, ...next } = pageOf(input, named(ownModels, 'custom', input.nameContains));
    const modelSummaries = page.map((record) => ({
      ...customModel(record, region),
      // The API's pattern for the base model's name has no colon.
      baseModelName: record.base.replace(/:.*$/, ''),
    }));
    return { modelSummaries, ...next };
  },

  GetCustomModel({ modelIdentifier }, { ownModels, region }) {
    return customModel(ownModels.require('custom', modelIdentifier), region);
  },

  ListImportedModels(input, { ownModels }) {
    const { page, ...next } = pageOf(input, named(ownModels, 'imported', input.nameContains));
    return { modelSummaries: page.map(importedModel), ...next };
  },

  GetImportedModel({ modelIdentifier }, { ownModels }) {
    return importedModel(ownModels.require('imported', modelIdentifier));
  },

  ListProvisionedModelThroughputs(input, { ownModels, region }) {
    const { page, ...next } = pageOf(input, named(ownModels, 'provisioned', input.nameContains));
    return {
      provisionedModelSummaries: page.map((record) => provisionedModel(record, region)),
      ...next,
    };
  },

  GetProvisionedModelThroughput({ provisionedModelId }, { ownModels, region }) {
    return provisionedModel(ownModels.require('provisioned', provisionedModelId), region);
  },

  async DeleteInferenceProfile({ inferenceProfileIdentifier }, { ownModels }) {
    await ownModels.remove(ownModels.require('profile', inferenceProfileIdentifier).id);
    return {};
  },
} satisfies Handlers<'bedrock'>;

function named(ownModels: OwnModels, kind: OwnKind, nameContains = ''): OwnRecord[] {
  return ownModels.all(kind).filter(({ name }) => name.includes(nameContains));
}

function customModel({ arn, name, base, createdAt }: OwnRecord, region: string) {
  return {
    modelArn: arn,
    modelName: name,
    creationTime: new Date(createdAt),
    baseModelArn: modelArn(base, region),
    customizationType: 'FINE_TUNING' as const,
    modelStatus: 'Active' as const,
  };
}

function importedModel({ arn, name, base, createdAt }: OwnRecord) {
  const modelArchitecture = requireModel(base).provider.toLowerCase();
  return {
    modelArn: arn,
    modelName: name,
    creationTime: new Date(createdAt),
    instructSupported: true,
    modelArchitecture,
  };
}

function provisionedModel({ arn, name, base, createdAt }: OwnRecord, region: string) {
  const foundationModelArn = modelArn(base, region);
  return {
    provisionedModelName: name,
    provisionedModelArn: arn,
    modelArn: foundationModelArn,
    desiredModelArn: foundationModelArn,
    foundationModelArn,
    modelUnits: 1,
    desiredModelUnits: 1,
    status: 'InService' as const,
    creationTime: new Date(createdAt),
    lastModifiedTime: new Date(createdAt),
  };
}

/** An application inference profile as List and Get show it. */
export function applicationProfile(record: OwnRecord): InferenceProfileSummary {
  const { id, arn, name, description, createdAt, modelArns = [] } = record;
  return {
    inferenceProfileName: name,
    description,
    createdAt: new Date(createdAt),
    updatedAt: new Date(createdAt),
    inferenceProfileArn: arn,
    models: modelArns.map((target) => ({ modelArn: target })),
    inferenceProfileId: id,
    status: 'ACTIVE',
    type: 'APPLICATION',
  };
}
