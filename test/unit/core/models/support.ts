import type { Model, ModelProfile } from '../../../../src/core/models/model.js';

/** A day on which Jamba 1.5 has four days left and Titan Text is gone. */
export const now = new Date('2026-11-22T12:00:00Z');

/** A text model that runs on demand, with the fields that matter to a test. */
export function aModel(fields: Partial<Model> = {}): Model {
  const id = fields.id ?? 'example.small-v1:0';
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1::foundation-model/${id}`,
    name: id,
    provider: 'Example',
    input: ['TEXT'],
    output: ['TEXT'],
    streaming: false,
    inferenceTypes: ['ON_DEMAND'],
    profiles: [],
    lifecycle: { status: 'ACTIVE' },
    batch: 'unknown',
    ...fields,
  };
}

/** A system-defined profile by its prefix. */
export function aProfile(prefix: string, modelId = 'example.small-v1:0'): ModelProfile {
  const id = `${prefix}.${modelId}`;
  return {
    id,
    arn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${id}`,
    name: id,
    type: 'system',
    regions: ['us-east-1', 'us-west-2'],
  };
}
