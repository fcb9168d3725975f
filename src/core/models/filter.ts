import * as z from 'zod/mini';
import { lifePhase, needsProfile, type Model } from './model.js';

const phases = ['active', 'legacy', 'ended'] as const;

/** The form of a filter, as a command's argument and in the Memento. Empty parts do not filter. */
export const filterSchema = z.object({
  text: z.optional(z.string()),
  input: z.optional(z.array(z.string())),
  output: z.optional(z.array(z.string())),
  streaming: z.optional(z.boolean()),
  batch: z.optional(z.boolean()),
  onDemand: z.optional(z.boolean()),
  lifecycle: z.optional(z.array(z.enum(phases))),
});

/** Which models to show. A model must pass every part; one value of a list is enough. */
export type ModelFilter = z.infer<typeof filterSchema>;

/** A stored filter; one of another form is no filter. */
export function parseFilter(value: unknown): ModelFilter {
  const parsed = filterSchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}

/** True where nothing would be hidden. */
export function isEmptyFilter(filter: ModelFilter): boolean {
  return parts(filter).length === 0;
}

type Part = (model: Model, now: Date) => boolean;

function parts(filter: ModelFilter): Part[] {
  const { text, input, output, streaming, batch, onDemand, lifecycle } = filter;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const has = (wanted: readonly string[], values: readonly string[]) =>
    wanted.some((value) => values.includes(value));
  return [
    ...words.map(
      (word): Part =>
        (model) =>
          haystack(model).includes(word),
    ),
    ...(input?.length ? [(model: Model) => has(input, model.input)] : []),
    ...(output?.length ? [(model: Model) => has(output, model.output)] : []),
    ...(streaming ? [(model: Model) => model.streaming] : []),
    ...(batch ? [(model: Model) => model.batch === 'yes'] : []),
    ...(onDemand ? [(model: Model) => !needsProfile(model)] : []),
    ...(lifecycle?.length
      ? [(model: Model, now: Date) => lifecycle.includes(lifePhase(model, now).phase)]
      : []),
  ];
}

function haystack({ id, name, provider }: Model): string {
  return `${name} ${provider} ${id}`.toLowerCase();
}

/** The models that pass, in their order. */
export function filterModels(
  models: readonly Model[],
  filter: ModelFilter,
  now: Date,
): readonly Model[] {
  const wanted = parts(filter);
  return models.filter((model) => wanted.every((part) => part(model, now)));
}
