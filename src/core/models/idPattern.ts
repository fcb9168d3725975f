import { baseModelId } from './families.js';

/** True where a model id fits a pattern of the settings: `*` stands for any characters, the rest is literal. */
export function fitsPattern(pattern: string, modelId: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  const whole = new RegExp(`^${source}$`);
  const id = modelId.slice(modelId.lastIndexOf('/') + 1);
  return whole.test(id) || whole.test(baseModelId(id));
}

/** The value of the first pattern that fits; a pattern without `*` beats those with one. */
export function valueForId<T>(
  table: Readonly<Record<string, T>>,
  modelId: string,
): { readonly value: T } | undefined {
  const entries = Object.entries(table).sort(
    ([a], [b]) => Number(a.includes('*')) - Number(b.includes('*')),
  );
  const found = entries.find(([pattern]) => fitsPattern(pattern, modelId));
  return found && { value: found[1] };
}
