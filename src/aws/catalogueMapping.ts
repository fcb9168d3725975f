import type {
  CustomModelSummary,
  FoundationModelSummary,
  ImportedModelSummary,
  InferenceProfileSummary,
  ProvisionedModelSummary,
} from '@aws-sdk/client-bedrock';
import { batchSupport, type BatchOverrides } from '../core/models/batchSupport.js';
import type { Lifecycle, Model, ModelProfile, OwnModel } from '../core/models/model.js';

/** AWS's summary as a Model. Unknown modalities and types are kept as they come. */
export function toModel(
  summary: FoundationModelSummary,
  profiles: readonly InferenceProfileSummary[],
  overrides: BatchOverrides,
): Model {
  const id = summary.modelId ?? '';
  return {
    id,
    arn: summary.modelArn ?? '',
    name: summary.modelName ?? id,
    provider: summary.providerName ?? id.split('.')[0] ?? '',
    input: summary.inputModalities ?? [],
    output: summary.outputModalities ?? [],
    streaming: summary.responseStreamingSupported ?? false,
    inferenceTypes: summary.inferenceTypesSupported ?? [],
    profiles: profiles.filter((profile) => leadsTo(profile, id)).map(toModelProfile),
    lifecycle: toLifecycle(summary),
    batch: batchSupport(id, overrides),
  };
}

const modelOf = (arn: string | undefined) => arn?.slice(arn.lastIndexOf('/') + 1);

function leadsTo(profile: InferenceProfileSummary, modelId: string): boolean {
  return (profile.models ?? []).some((model) => modelOf(model.modelArn) === modelId);
}

function toModelProfile(profile: InferenceProfileSummary): ModelProfile {
  const regions = (profile.models ?? []).flatMap((model) => model.modelArn?.split(':')[3] ?? []);
  return {
    id: profile.inferenceProfileId ?? '',
    arn: profile.inferenceProfileArn ?? '',
    name: profile.inferenceProfileName ?? '',
    type: profile.type === 'APPLICATION' ? 'application' : 'system',
    regions: [...new Set(regions.filter(Boolean))],
  };
}

function toLifecycle(summary: FoundationModelSummary): Lifecycle {
  const { status, startOfLifeTime, legacyTime, publicExtendedAccessTime, endOfLifeTime } =
    summary.modelLifecycle ?? {};
  return {
    status: status ?? 'ACTIVE',
    ...(startOfLifeTime ? { startOfLife: startOfLifeTime.toISOString() } : {}),
    ...(legacyTime ? { legacy: legacyTime.toISOString() } : {}),
    ...(publicExtendedAccessTime ? { extendedAccess: publicExtendedAccessTime.toISOString() } : {}),
    ...(endOfLifeTime ? { endOfLife: endOfLifeTime.toISOString() } : {}),
  };
}

/** An application inference profile as something of the account's own. */
export function profileModel(summary: InferenceProfileSummary): OwnModel {
  return ownModel('profile', {
    arn: summary.inferenceProfileArn,
    name: summary.inferenceProfileName,
    base: modelOf(summary.models?.[0]?.modelArn),
    status: summary.status,
    created: summary.createdAt,
  });
}

export function customModel(summary: CustomModelSummary): OwnModel {
  return ownModel('custom', {
    arn: summary.modelArn,
    name: summary.modelName,
    base: modelOf(summary.baseModelArn),
    status: summary.modelStatus,
    created: summary.creationTime,
  });
}

export function importedModel(summary: ImportedModelSummary): OwnModel {
  return ownModel('imported', {
    arn: summary.modelArn,
    name: summary.modelName,
    base: summary.modelArchitecture,
    status: undefined,
    created: summary.creationTime,
  });
}

export function provisionedModel(summary: ProvisionedModelSummary): OwnModel {
  return ownModel('provisioned', {
    arn: summary.provisionedModelArn,
    name: summary.provisionedModelName,
    base: modelOf(summary.foundationModelArn ?? summary.modelArn),
    status: summary.status,
    created: summary.creationTime,
  });
}

interface OwnFields {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly base: string | undefined;
  readonly status: string | undefined;
  readonly created: Date | undefined;
}

function ownModel(kind: OwnModel['kind'], fields: OwnFields): OwnModel {
  const { arn = '', name, base, status, created } = fields;
  return {
    kind,
    arn,
    name: name ?? modelOf(arn) ?? '',
    ...(base ? { base } : {}),
    ...(status ? { status } : {}),
    ...(created ? { created: created.toISOString() } : {}),
  };
}
