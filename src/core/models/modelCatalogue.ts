import * as z from 'zod/mini';
import type { AppError } from '../errors.js';
import { batchSupport, type BatchOverrides } from './batchSupport.js';
import type { Model, OwnModel } from './model.js';

/** The calls a catalogue is made of; each fails on its own. */
export type CatalogueBranch = 'models' | 'profiles' | 'custom' | 'imported' | 'provisioned';

/** All models of a connection, as far as they could be listed. */
export interface ModelCatalogue {
  readonly models: readonly Model[];
  readonly own: readonly OwnModel[];
  /** Branches that could not be listed. What they gave before is kept. */
  readonly errors: Readonly<Partial<Record<CatalogueBranch, AppError>>>;
}

const branchOfOwn = {
  profile: 'profiles',
  custom: 'custom',
  imported: 'imported',
  provisioned: 'provisioned',
} as const satisfies Record<OwnModel['kind'], CatalogueBranch>;

/** A new catalogue with what an older one has for the branches that failed this time. */
export function keepFailedBranches(
  next: ModelCatalogue,
  before: ModelCatalogue | undefined,
): ModelCatalogue {
  if (!before) return next;
  const profilesOf = new Map(before.models.map((model) => [model.id, model.profiles]));
  const models = next.errors.models ? before.models : next.models;
  return {
    errors: next.errors,
    own: [
      ...next.own,
      ...before.own.filter(({ kind }) => next.errors[branchOfOwn[kind]] !== undefined),
    ],
    models: next.errors.profiles
      ? models.map((model) => ({ ...model, profiles: profilesOf.get(model.id) ?? [] }))
      : models,
  };
}

/** True where a list failed for a reason that may pass: then it is worth asking again. */
export function mayBeMore({ errors }: ModelCatalogue): boolean {
  const lasting = ['accessDenied', 'unsupported', 'notFound'];
  return (
    errors.models !== undefined || Object.values(errors).some(({ kind }) => !lasting.includes(kind))
  );
}

/** The same catalogue under the settings of today. */
export function withBatchOverrides(
  catalogue: ModelCatalogue,
  overrides: BatchOverrides,
): ModelCatalogue {
  const models = catalogue.models.map((model) => {
    const batch = batchSupport(model.id, overrides);
    return batch === model.batch ? model : { ...model, batch };
  });
  return { ...catalogue, models };
}

const texts = z.array(z.string());

const modelSchema = z.object({
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  provider: z.string(),
  input: texts,
  output: texts,
  streaming: z.boolean(),
  inferenceTypes: texts,
  profiles: z.array(
    z.object({
      id: z.string(),
      arn: z.string(),
      name: z.string(),
      type: z.enum(['system', 'application']),
      regions: texts,
    }),
  ),
  lifecycle: z.object({
    status: z.string(),
    startOfLife: z.optional(z.string()),
    legacy: z.optional(z.string()),
    extendedAccess: z.optional(z.string()),
    endOfLife: z.optional(z.string()),
  }),
  batch: z.enum(['yes', 'no', 'unknown']),
});

const ownSchema = z.object({
  kind: z.enum(['profile', 'custom', 'imported', 'provisioned']),
  arn: z.string(),
  name: z.string(),
  base: z.optional(z.string()),
  status: z.optional(z.string()),
  created: z.optional(z.string()),
});

const cacheSchema = z.object({
  version: z.literal(1),
  date: z.string(),
  models: z.array(z.unknown()),
  own: z.array(z.unknown()),
});

/** A catalogue as it is remembered: plain JSON with the time of the answer, ISO 8601. */
export interface CachedCatalogue {
  readonly version: 1;
  readonly date: string;
  readonly models: readonly Model[];
  readonly own: readonly OwnModel[];
}

/** A remembered catalogue; entries of a form that is not ours any more are left out. */
export function parseCached(value: unknown): CachedCatalogue | undefined {
  const cached = cacheSchema.safeParse(value);
  if (!cached.success || Number.isNaN(Date.parse(cached.data.date))) return undefined;
  const { date, models, own } = cached.data;
  return {
    version: 1,
    date,
    models: models.flatMap((entry) => valid(modelSchema.safeParse(entry)) as Model[]),
    own: own.flatMap((entry) => valid(ownSchema.safeParse(entry)) as OwnModel[]),
  };
}

function valid<T>(parsed: { success: true; data: T } | { success: false }): T[] {
  return parsed.success ? [parsed.data] : [];
}
