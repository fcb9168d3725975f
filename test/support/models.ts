import type { Catalogue } from '../../src/aws/catalogue.js';
import type { Model } from '../../src/core/models/model.js';

/** The foundation models of a connection; rejects where they may not be listed. */
export async function listModels(catalogue: Catalogue): Promise<readonly Model[]> {
  const { models, errors } = await catalogue.load();
  if (errors.models) throw errors.models;
  return models;
}
