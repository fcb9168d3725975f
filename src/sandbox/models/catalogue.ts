import { baseModelId } from '../../core/models/families.js';
import { awsError, validationError } from '../awsError.js';
import { amazonModels } from './amazonModels.js';
import { anthropicModels } from './anthropicModels.js';
import { openModels } from './openModels.js';
import { otherModels } from './otherModels.js';
import { retiredModels } from './retiredModels.js';

export type Modality = 'TEXT' | 'IMAGE' | 'EMBEDDING';
export type ProfileGeography = 'us' | 'eu' | 'apac' | 'global';

/** A foundation model of the sandbox's catalogue. Names keep to the 20 characters the API allows. */
export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly input: readonly Modality[];
  readonly output: readonly Modality[];
  readonly streaming: boolean;
  /** False where the model is reached through an inference profile only. */
  readonly onDemand: boolean;
  readonly profiles: readonly ProfileGeography[];
  /** Dates as `2026-09-22`. */
  readonly started: string;
  readonly legacy?: string;
  readonly extended?: string;
  readonly ended?: string;
}

export const catalogue: readonly CatalogueModel[] = [
  ...amazonModels,
  ...anthropicModels,
  ...openModels,
  ...otherModels,
  ...retiredModels,
];

const byId = new Map(catalogue.map((model) => [model.id, model]));

/**
 * Destination Regions of a geography's profiles; the API's model allows five a profile.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
export const destinations: Readonly<Record<ProfileGeography, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  eu: ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'],
  apac: ['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
  global: ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1', 'ap-northeast-1'],
};

/** Geographies whose profiles a Region can call: its own, and the global one. */
export function geographiesOf(region: string): readonly ProfileGeography[] {
  if (region.startsWith('eu-')) return ['eu', 'global'];
  if (region.startsWith('ap-')) return ['apac', 'global'];
  return ['us', 'global'];
}

export function modelArn(id: string, region: string): string {
  return `arn:aws:bedrock:${region}::foundation-model/${id}`;
}

/**
 * The model behind what a caller gave as `modelId`: id, foundation-model ARN, profile id or ARN.
 * Throws AWS's own text for unknown ids and for profile-only models called without a profile.
 */
export function resolveModel(modelId: string, region: string): CatalogueModel {
  const last = modelId.slice(modelId.lastIndexOf('/') + 1);
  const direct = byId.get(last);
  if (direct !== undefined && !modelId.includes('inference-profile/')) {
    if (direct.onDemand) return direct;
    throw validationError(
      `Invocation of model ID ${modelId} with on-demand throughput isn't supported. ` +
        'Retry your request with the ID or ARN of an inference profile that contains this model.',
    );
  }
  const model = byId.get(baseModelId(last));
  const geography = last.slice(0, last.indexOf('.'));
  const isCallable =
    !modelId.includes('foundation-model/') &&
    geographiesOf(region).some((known) => known === geography) &&
    model?.profiles.some((known) => known === geography) === true;
  if (model !== undefined && isCallable) return model;
  throw validationError('The provided model identifier is invalid.');
}

/** A model by base id or ARN for the control plane; unknown ones are a ResourceNotFound. */
export function requireModel(identifier: string): CatalogueModel {
  const model = byId.get(identifier.slice(identifier.lastIndexOf('/') + 1));
  if (model !== undefined) return model;
  throw awsError(
    'ResourceNotFoundException',
    `Could not resolve the foundation model from the provided model identifier.`,
  );
}
