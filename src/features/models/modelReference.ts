import { baseModelId } from '../../core/models/families.js';
import type { Model, OwnModel } from '../../core/models/model.js';

/** A model by its id, its ARN, or the id or ARN of a profile that leads to it. */
export function findModel(models: readonly Model[], reference: string): Model | undefined {
  const exact = models.find(({ id, arn }) => id === reference || arn === reference);
  if (exact) return exact;
  const byProfile = models.find(({ profiles }) =>
    profiles.some(({ id, arn }) => id === reference || arn === reference),
  );
  return byProfile ?? models.find(({ id }) => id === baseModelId(reference));
}

/** Something of the account's own by its ARN. */
export function findOwn(own: readonly OwnModel[], reference: string): OwnModel | undefined {
  return own.find(({ arn }) => arn === reference);
}
