import { detectBody } from './bodies/registry.js';
import { baseModelId, familyOf } from './families.js';
import { invocationId, isPastEndOfLife, type Model } from './model.js';

/** A model that the first record is written for, among those of the connection. */
export function suggestModel(
  firstInput: unknown,
  models: readonly Model[],
  region: string,
  now: Date,
): string | undefined {
  const form = detectBody(firstInput);
  if (form === undefined) return undefined;
  const fits = models.filter((model) => {
    const family = familyOf(model.id);
    return (
      model.batch === 'yes' &&
      !isPastEndOfLife(model, now) &&
      model.lifecycle.status === 'ACTIVE' &&
      (form === 'converse' ? model.output.includes('TEXT') : family === form)
    );
  });
  const model = fits.find((candidate) => /haiku|lite|mini|small/.test(baseModelId(candidate.id)));
  const chosen = model ?? fits[0];
  return chosen ? invocationId(chosen, region) : undefined;
}
