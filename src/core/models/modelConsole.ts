import { consolePage } from '../consolePage.js';
import type { Model } from './model.js';

/** The model's page in the console's catalogue. Agreements for Marketplace models are accepted there. */
export function modelConsoleUrl(model: Pick<Model, 'arn' | 'id'>, region: string): string {
  return consolePage(
    model.arn,
    region,
    `model-catalog/serverless/${model.id.replace(/[^\w.:-]/g, encodeURIComponent)}`,
  );
}

/**
 * Where access to a model starts: the "Model access" page where it still exists (GovCloud), the model's
 * own page elsewhere. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 */
export function modelAccessUrl(model: Pick<Model, 'arn' | 'id'>, region: string): string {
  return region.startsWith('us-gov-')
    ? consolePage(model.arn, region, 'modelaccess')
    : modelConsoleUrl(model, region);
}

/** The console's list of the account's own models, profiles or throughput. */
export function ownConsoleUrl(
  arn: string,
  kind: 'profile' | 'custom' | 'imported' | 'provisioned',
): string {
  const paths = {
    profile: 'inference-profiles',
    custom: 'custom-models',
    imported: 'imported-models',
    provisioned: 'provisioned-throughput',
  };
  return consolePage(arn, arn.split(':')[3] ?? 'us-east-1', paths[kind]);
}
