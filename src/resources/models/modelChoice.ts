import * as vscode from 'vscode';
import type { Session } from '../../aws/session.js';
import { AppError } from '../../core/errors.js';
import { familyOf, isEmbedding } from '../../core/models/families.js';
import {
  invocationId,
  isPastEndOfLife,
  type Model,
  type OwnModel,
} from '../../core/models/model.js';
import type { ModelCatalogue } from '../../core/models/modelCatalogue.js';
import { factsOf, modelFacts, ownFacts, type ModelFacts } from '../../core/models/modelFacts.js';
import type { PriceOverrides } from '../../core/models/prices.js';
import type { Config } from '../../platform/config.js';
import { cancelled, pick, separator, type Choice } from '../../platform/quickInput.js';
import { chosenConnection } from '../chosenConnection.js';
import type { ModelPreferences } from './modelPreferences.js';
import type { ModelsStore } from './modelsStore.js';

interface Needs {
  readonly session: Session;
  readonly config: Config;
  readonly models: ModelsStore;
  readonly modelPreferences: ModelPreferences;
}

/** Choosing among the models of the connection in use. */
export class ModelChoice {
  constructor(private readonly services: Needs) {}

  /** What is known of a model; an id that is in no list is taken as it is. */
  async facts(modelId: string): Promise<ModelFacts> {
    const known = await this.list().catch(() => undefined);
    return factsOf(modelId, known, this.prices);
  }

  /** Asks for a model: for native mode any that can be invoked here. Any id or ARN may be typed. */
  async pick(current: string, isNative: boolean): Promise<ModelFacts | undefined> {
    const region = await this.region();
    // Listing is never required: who may not list models types an id.
    const { own, errors } = await this.list();
    const models = errors.models ? [] : await this.callable(region, isNative);
    const chosen = await pick<ModelFacts>({
      title: vscode.l10n.t('Choose a Model'),
      placeholder: errors.models
        ? vscode.l10n.t('Enter a model id, profile id or ARN. {0}', errors.models.message)
        : vscode.l10n.t('Search, or enter an id or ARN'),
      items: [...this.items(models, region), ...ownItems(own, this.prices)],
      isCurrent: ({ modelId }) => modelId === current,
      free: (typed) =>
        // Only what looks like an id: a word typed to search must not become a model.
        /^(arn:|[a-z][a-z0-9-]*\.\S)/.test(typed.trim())
          ? {
              label: typed.trim(),
              description: vscode.l10n.t('use this id or ARN'),
              value: modelFacts(typed.trim(), undefined, this.prices),
            }
          : undefined,
    });
    return chosen;
  }

  /** Asks for several models to compare, at most `most`. */
  async pickSeveral(most: number): Promise<string[]> {
    const region = await this.region();
    const models = await this.chatModels(region);
    const chosen = await vscode.window.showQuickPick(this.items(models, region), {
      canPickMany: true,
      title: vscode.l10n.t('Compare Models'),
      placeHolder: vscode.l10n.t('Choose two to four'),
      matchOnDescription: true,
    });
    const ids = (chosen ?? []).flatMap((item) => ('value' in item ? [item.value.modelId] : []));
    if (!chosen) throw cancelled();
    if (ids.length < 2 || ids.length > most) {
      throw new AppError(
        'invalidInput',
        vscode.l10n.t('{0} models are chosen. Choose two to four to compare.', ids.length),
      );
    }
    return ids;
  }

  /** The chat models that are known now, by the ids to call them with. */
  async choices(): Promise<readonly ModelFacts[]> {
    const { region } = await this.services.session.require();
    const models = await this.chatModels(region);
    return models.map((model) =>
      modelFacts(invocationId(model, region) ?? model.id, model, this.prices),
    );
  }

  /** The Region of the connection; who has none chooses it first. */
  private async region(): Promise<string> {
    return (await chosenConnection(this.services.session)).region;
  }

  private items(models: readonly Model[], region: string) {
    return modelItems(models, this.services.modelPreferences, (model) =>
      modelItem(model, region, this.prices),
    );
  }

  private get prices(): PriceOverrides {
    return this.services.config.get('bedrock.models.prices');
  }

  private chatModels(region: string): Promise<readonly Model[]> {
    return this.callable(region, false);
  }

  /** The models of AWS that can be invoked here; without `isAny` those that answer in text. */
  private async callable(region: string, isAny: boolean): Promise<readonly Model[]> {
    const { models, errors } = await this.list();
    if (errors.models) throw errors.models;
    return models.filter(
      (model) => invocationId(model, region) !== undefined && (isAny || isChat(model)),
    );
  }

  private async list(): Promise<ModelCatalogue> {
    const { session, models } = this.services;
    const connection = await session.require();
    return (await models.fresh(connection)).catalogue;
  }
}

/** Models that answer in text. */
function isChat(model: Model): boolean {
  const family = familyOf(model.id);
  const isVector = family !== undefined && isEmbedding(family);
  return model.output.includes('TEXT') && !isVector;
}

/** The account's own that can be called by its ARN; a custom model needs throughput or a deployment first. */
function ownItems(
  own: readonly OwnModel[],
  prices: PriceOverrides,
): (Choice<ModelFacts> | vscode.QuickPickItem)[] {
  const callable = own.filter(({ kind }) => kind !== 'custom');
  if (callable.length === 0) return [];
  return [
    separator(vscode.l10n.t('Your models and profiles')),
    ...callable.map((each): Choice<ModelFacts> => ({
      label: each.name,
      description: each.arn,
      value: ownFacts(each, undefined, prices),
    })),
  ];
}

/** Favorites and recent models first, then by provider, then what AWS will end or has ended. */
function modelItems(
  models: readonly Model[],
  { favourites, recent }: Pick<ModelPreferences, 'favourites' | 'recent'>,
  toItem: (model: Model) => Choice<ModelFacts>,
): (Choice<ModelFacts> | vscode.QuickPickItem)[] {
  const now = new Date();
  const groups = new Map<string, Model[]>();
  const named = [vscode.l10n.t('Favorites'), vscode.l10n.t('Recent')] as const;
  const last = [vscode.l10n.t('Legacy'), vscode.l10n.t('Past end of life')] as const;
  const groupOf = (model: Model): string => {
    if (isPastEndOfLife(model, now)) return last[1];
    if (favourites.includes(model.id)) return named[0];
    if (recent.includes(model.id)) return named[1];
    return model.lifecycle.status === 'LEGACY' ? last[0] : model.provider;
  };
  for (const model of models) {
    const group = groupOf(model);
    groups.set(group, [...(groups.get(group) ?? []), model]);
  }
  const providers = [...groups.keys()].filter((name) => ![...named, ...last].includes(name)).sort();
  return [...named, ...providers, ...last].flatMap((name) => {
    const members = groups.get(name) ?? [];
    return members.length > 0 ? [separator(name), ...members.map(toItem)] : [];
  });
}

function modelItem(model: Model, region: string, prices: PriceOverrides): Choice<ModelFacts> {
  const id = invocationId(model, region) ?? model.id;
  return { label: model.name, description: id, value: modelFacts(id, model, prices) };
}
