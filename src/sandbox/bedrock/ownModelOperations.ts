import { awsError } from '../awsError.js';
import { ConstraintCheck, whole } from '../http/constraints.js';
import { pageOf } from '../http/paging.js';
import { jsonReply } from '../http/replies.js';
import { modelArn, requireModel } from '../models/catalogue.js';
import type { OwnKind, OwnRecord } from '../models/ownModels.js';
import { type Json, objectMember, textMember } from '../runtime/bodyCheck.js';
import type { BedrockCall, BedrockOperation } from './call.js';

/** A list of one kind under the name AWS gives it, by `nameContains`, in pages. */
function listOf(kind: OwnKind, member: string, show: (record: OwnRecord, region: string) => Json) {
  const list: BedrockOperation = ({ ownModels, region, request: { query } }) => {
    const name = query.get('nameContains') ?? '';
    const found = ownModels.all(kind).filter((record) => record.name.includes(name));
    const { page, ...next } = pageOf(query, found);
    return jsonReply({ [member]: page.map((record) => show(record, region)), ...next });
  };
  return list;
}

function getOf(kind: OwnKind, show: (record: OwnRecord, region: string) => Json) {
  const get: BedrockOperation = ({ ownModels, region, labels }) =>
    jsonReply(show(ownModels.require(kind, labels[0] ?? ''), region));
  return get;
}

function customModel({ arn, name, base, createdAt }: OwnRecord, region: string): Json {
  return {
    modelArn: arn,
    modelName: name,
    creationTime: createdAt,
    baseModelArn: modelArn(base, region),
    customizationType: 'FINE_TUNING',
    modelStatus: 'Active',
  };
}

function importedModel({ arn, name, base, createdAt }: OwnRecord): Json {
  const modelArchitecture = requireModel(base).provider.toLowerCase();
  return {
    modelArn: arn,
    modelName: name,
    creationTime: createdAt,
    instructSupported: true,
    modelArchitecture,
  };
}

function provisionedModel({ arn, name, base, createdAt }: OwnRecord, region: string): Json {
  const foundationModelArn = modelArn(base, region);
  return {
    provisionedModelName: name,
    provisionedModelArn: arn,
    modelArn: foundationModelArn,
    desiredModelArn: foundationModelArn,
    foundationModelArn,
    modelUnits: 1,
    desiredModelUnits: 1,
    status: 'InService',
    creationTime: createdAt,
    lastModifiedTime: createdAt,
  };
}

export const listCustomModels = listOf('custom', 'modelSummaries', (record, region) => ({
  ...customModel(record, region),
  // The API's pattern for the base model's name has no colon.
  baseModelName: record.base.replace(/:.*$/, ''),
}));
export const getCustomModel = getOf('custom', customModel);
export const listImportedModels = listOf('imported', 'modelSummaries', importedModel);
export const getImportedModel = getOf('imported', importedModel);
export const listProvisionedModels = listOf(
  'provisioned',
  'provisionedModelSummaries',
  provisionedModel,
);
export const getProvisionedModel = getOf('provisioned', provisionedModel);

/** An application inference profile as List and Get show it. */
export function applicationProfile(record: OwnRecord): Json {
  const { id, arn, name, description, createdAt, modelArns = [] } = record;
  return {
    inferenceProfileName: name,
    description,
    createdAt,
    updatedAt: createdAt,
    inferenceProfileArn: arn,
    models: modelArns.map((target) => ({ modelArn: target })),
    inferenceProfileId: id,
    status: 'ACTIVE',
    type: 'APPLICATION',
  };
}

/** `systemProfiles` are what a profile may be copied from, beside foundation models. */
export function createInferenceProfile(
  systemProfiles: (call: BedrockCall) => readonly Json[],
): BedrockOperation {
  return async (call) => {
    const { body, ownModels } = call;
    const source = objectMember(body, 'modelSource')['copyFrom'];
    const check = new ConstraintCheck();
    const name = body['inferenceProfileName'];
    const pattern = whole('[0-9a-zA-Z](?:[ _-]?[0-9a-zA-Z])*[ _-]?');
    check.text('inferenceProfileName', name, { min: 1, max: 64, ...pattern }, true);
    check.text('description', body['description'], { min: 1, max: 200 });
    check.text('modelSource.copyFrom', source, { min: 1, max: 2048 }, true);
    check.done();
    const modelArns = targetsOf(String(source), systemProfiles(call));
    const base = requireModel(modelArns[0] ?? '').id;
    const description = textMember(body, 'description');
    const made = await ownModels.add({
      kind: 'profile',
      name: String(name),
      base,
      modelArns,
      ...(description === '' ? {} : { description }),
    });
    return jsonReply({ inferenceProfileArn: made.arn, status: 'ACTIVE' }, 201);
  };
}

function targetsOf(source: string, profiles: readonly Json[]): string[] {
  if (source.includes(':foundation-model/')) return [source];
  const profile = profiles.find((at) => at['inferenceProfileArn'] === source);
  if (profile === undefined) {
    throw awsError('ResourceNotFoundException', `Could not find the model source ${source}.`);
  }
  return (profile['models'] as { modelArn: string }[]).map(({ modelArn: arn }) => arn);
}

export const deleteInferenceProfile: BedrockOperation = async ({ ownModels, labels }) => {
  await ownModels.remove(ownModels.require('profile', labels[0] ?? '').id);
  return jsonReply({});
};
