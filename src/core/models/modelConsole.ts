import type { Model } from './model.js';

/** The console's host of a partition and Region. */
function consoleHost(partition: string, region: string): string {
  if (partition === 'aws-us-gov') return 'console.amazonaws-us-gov.com';
  if (partition === 'aws-cn') return 'console.amazonaws.cn';
  return `${region}.console.aws.amazon.com`;
}

function page(arn: string, region: string, path: string): string {
  const partition = arn.split(':')[1] ?? 'aws';
  return `https://${consoleHost(partition, region)}/bedrock/home?region=${region}#/${path}`;
}

/** The model's page in the console's catalogue. Agreements for Marketplace models are accepted there. */
export function modelConsoleUrl(model: Pick<Model, 'arn' | 'id'>, region: string): string {
  return page(
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
    ? page(model.arn, region, 'modelaccess')
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
  return page(arn, arn.split(':')[3] ?? 'us-east-1', paths[kind]);
}
