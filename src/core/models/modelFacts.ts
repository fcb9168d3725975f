import { outputLimit } from '../native/outputLimit.js';
import { baseModelId } from './families.js';
import type { Model, OwnModel } from './model.js';
import type { ModelCatalogue } from './modelCatalogue.js';
import { priceOf, type Price, type PriceOverrides } from './prices.js';

/** What the person has to know of a model before a prompt is sent. */
export interface ModelFacts {
  readonly modelId: string;
  readonly name: string;
  readonly provider?: string;
  /** Modalities as AWS spells them; absent where the model is not in the list. */
  readonly input?: readonly string[];
  readonly canStream?: boolean;
  /** Absent where no price could be backed by a source. */
  readonly rates?: Price;
  /** Tokens the model writes at most. */
  readonly maxOutput?: number;
}

/** What a catalogue knows of a model; an id that is in no list is taken as it is. */
export function factsOf(
  modelId: string,
  known: Pick<ModelCatalogue, 'models' | 'own'> | undefined,
  prices: PriceOverrides,
): ModelFacts {
  const own = known?.own.find(({ arn }) => arn === modelId);
  const wanted = modelBehind(modelId, known);
  const base = baseModelId(wanted);
  const model = known?.models.find(
    ({ id, profiles }) =>
      id === wanted ||
      id === base ||
      profiles.some((profile) => profile.id === wanted || profile.arn === wanted),
  );
  return own ? ownFacts(own, model, prices) : modelFacts(modelId, model, prices);
}

/** The model behind an application profile, an imported or a custom model; any other id is the model's own. */
export function modelBehind(
  modelId: string,
  known: Pick<ModelCatalogue, 'own'> | undefined,
): string {
  return known?.own.find(({ arn }) => arn === modelId)?.base ?? modelId;
}

/** A model's name with the id it is called by; the id alone where no name is known. */
export function nameWithId(
  modelId: string,
  known: Pick<ModelCatalogue, 'models' | 'own'> | undefined,
): string {
  const { name } = factsOf(modelId, known, {});
  return name === modelId ? modelId : `${name} · ${modelId}`;
}

/** What is known of a model that is called by an id, a profile or an ARN. */
export function modelFacts(
  modelId: string,
  model: Model | undefined,
  prices: PriceOverrides,
): ModelFacts {
  const rates = priceOf(modelId, prices);
  const maxOutput = outputLimit(modelId);
  return {
    modelId,
    name: model?.name ?? modelId,
    ...(model && {
      provider: model.provider,
      input: model.input,
      canStream: model.streaming,
    }),
    ...(rates && { rates }),
    ...(maxOutput !== undefined && { maxOutput }),
  };
}

/** Only profiles are billed by the token; throughput and imported models are billed by the time. */
export function ownFacts(
  own: OwnModel,
  model: Model | undefined,
  prices: PriceOverrides,
): ModelFacts {
  const { rates, ...facts } = modelFacts(own.base ?? own.arn, model, prices);
  const isByToken = own.kind === 'profile' && rates !== undefined;
  return { ...facts, modelId: own.arn, name: own.name, ...(isByToken && { rates }) };
}
