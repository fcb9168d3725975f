import * as vscode from 'vscode';
import { AppError } from '../../core/errors.js';
import { invocationId, systemProfile, type Model } from '../../core/models/model.js';
import { modelAccessUrl, modelConsoleUrl, ownConsoleUrl } from '../../core/models/modelConsole.js';
import { run, type CommandHandlers } from '../../platform/commands.js';
import { pick, separator } from '../../platform/quickInput.js';
import { askFilter, askGrouping } from './filterCommand.js';
import type { ModelPreferences } from '../../resources/models/modelPreferences.js';
import { findModel, findOwn } from './modelReference.js';
import type { ListedCatalogue } from '../../resources/models/modelsStore.js';

/** What the commands work on. */
export interface ModelCommandNeeds {
  readonly preferences: ModelPreferences;
  /** The Region of the connection in use; throws where none is chosen. */
  readonly region: () => Promise<string>;
  /** The models of the connection in use, remembered ones included. */
  readonly listed: () => Promise<ListedCatalogue>;
  /** The models as AWS gives them now, or gave them in this session. */
  readonly fresh: (refresh: boolean) => Promise<ListedCatalogue>;
  readonly openDetails: (modelId: string) => Promise<void>;
}

/** The commands of the Models view. */
export function modelCommands(needs: ModelCommandNeeds): CommandHandlers {
  return { ...viewCommands(needs), ...useCommands(needs), ...copyCommands(needs) };
}

function viewCommands(needs: ModelCommandNeeds): CommandHandlers {
  const { preferences } = needs;
  return {
    'bedrock.models.list': async ([{ refresh = false } = {}]) => {
      const { catalogue } = await needs.fresh(refresh);
      if (catalogue.errors.models) throw catalogue.errors.models;
      return catalogue.models;
    },
    'bedrock.models.refresh': async () => {
      const { catalogue } = await needs.fresh(true);
      if (catalogue.errors.models) throw catalogue.errors.models;
      return { models: catalogue.models.length, failed: Object.keys(catalogue.errors) };
    },
    'bedrock.models.filter': async ([given]) => {
      const { catalogue } = await needs.listed();
      const filter = given ?? (await askFilter(catalogue.models, preferences.filter));
      preferences.setFilter(filter);
      return filter;
    },
    'bedrock.models.clearFilter': () => {
      preferences.setFilter({});
      return Promise.resolve();
    },
    'bedrock.models.groupBy': async ([given]) => {
      await preferences.setGrouping(given ?? (await askGrouping(preferences.grouping)));
    },
    'bedrock.models.addFavorite': async ([reference]) => {
      await preferences.setFavourite((await oneModel(needs, reference)).id, true);
    },
    'bedrock.models.removeFavorite': async ([reference]) => {
      await preferences.setFavourite((await oneModel(needs, reference)).id, false);
    },
    'bedrock.models.details': async ([reference]) => {
      await needs.openDetails((await oneModel(needs, reference)).id);
    },
  };
}

function useCommands(needs: ModelCommandNeeds): CommandHandlers {
  const { preferences } = needs;
  return {
    'bedrock.models.openInPlayground': async ([reference]) => {
      await run('bedrock.playground.open', { modelId: await callable(needs, reference) });
    },
    'bedrock.models.compare': async (args) => {
      const references = severalOf(args);
      if (references.length < 2 || references.length > 4) {
        throw new AppError('invalidInput', vscode.l10n.t('Select two to four models to compare.'));
      }
      const modelIds: string[] = [];
      for (const reference of references) modelIds.push(await callable(needs, reference));
      await run('bedrock.playground.compare', { modelIds });
    },
    'bedrock.models.useForBatch': async ([reference]) => {
      const model = await oneModel(needs, reference);
      const modelId = callableId(model, await needs.region());
      await preferences.noteUse(model.id);
      return run('bedrock.batch.submit', undefined, { modelId });
    },
    'bedrock.models.openInConsole': async ([reference]) => {
      const { catalogue } = await needs.listed();
      const own = findOwn(catalogue.own, reference ?? '');
      if (own) return openUrl(ownConsoleUrl(own.arn, own.kind));
      return openUrl(modelConsoleUrl(await oneModel(needs, reference), await needs.region()));
    },
    'bedrock.models.openAgreement': async ([reference]) =>
      openUrl(modelAccessUrl(await oneModel(needs, reference), await needs.region())),
  };
}

function copyCommands(needs: ModelCommandNeeds): CommandHandlers {
  const copy = async (texts: readonly string[]) => {
    const text = texts.join('\n');
    await vscode.env.clipboard.writeText(text);
    return text;
  };
  return {
    'bedrock.models.copyId': async (args) => {
      const models = await manyModels(needs, severalOf(args));
      return copy(models.map(({ id }) => id));
    },
    'bedrock.models.copyArn': async (args) => {
      const { catalogue } = await needs.listed();
      const references = severalOf(args);
      const own = references.flatMap((given) => findOwn(catalogue.own, given) ?? []);
      if (own.length > 0) return copy(own.map(({ arn }) => arn));
      return copy((await manyModels(needs, references)).map(({ arn }) => arn));
    },
    'bedrock.models.copyProfileId': async ([reference], { isPerson }) => {
      const model = await oneModel(needs, reference);
      return copy([await chooseProfile(model, await needs.region(), isPerson)]);
    },
  };
}

async function openUrl(url: string): Promise<string> {
  await vscode.env.openExternal(vscode.Uri.parse(url));
  return url;
}

/** The id a call takes; says what to do where only provisioned throughput leads to the model. */
function callableId(model: Model, region: string): string {
  const id = invocationId(model, region);
  if (id !== undefined) return id;
  throw new AppError(
    'modelUnavailable',
    vscode.l10n.t(
      '{0} runs on provisioned throughput only, and no inference profile leads to it in {1}. Choose another model.',
      model.name,
      region,
    ),
  );
}

/** The profile that fits the Region; a person with several to choose from is asked. */
async function chooseProfile(model: Model, region: string, isAsked: boolean): Promise<string> {
  const fitting = systemProfile(model, region) ?? model.profiles[0];
  if (!fitting) {
    throw new AppError(
      'notFound',
      vscode.l10n.t('No inference profile leads to {0} here. Copy the model id.', model.name),
    );
  }
  if (!isAsked || model.profiles.length === 1) return fitting.id;
  return pick<string>({
    title: vscode.l10n.t('Copy a Profile ID'),
    isCurrent: (id) => id === fitting.id,
    items: model.profiles.map(({ id, name, regions }) => ({
      label: id,
      description: name,
      detail: regions.join(', '),
      value: id,
    })),
  });
}

type SomeModels = readonly [string | readonly string[] | undefined, readonly string[] | undefined];

/** The references of a command on several models: what a tree has selected, a list, or one. */
function severalOf([first, selected]: SomeModels): readonly string[] {
  if (selected) return selected;
  if (first === undefined) return [];
  return typeof first === 'string' ? [first] : first;
}

async function oneModel(needs: ModelCommandNeeds, reference: string | undefined): Promise<Model> {
  const [model] = await manyModels(needs, reference === undefined ? [] : [reference]);
  if (model) return model;
  throw new AppError('notFound', vscode.l10n.t('There is no such model. Refresh the models.'));
}

/** The models of these references; without any the person is asked for one. */
async function manyModels(
  needs: ModelCommandNeeds,
  references: readonly string[],
): Promise<Model[]> {
  const { catalogue } = await needs.listed();
  if (catalogue.errors.models && catalogue.models.length === 0) throw catalogue.errors.models;
  if (references.length === 0) return [await askModel(catalogue.models)];
  return references.map((reference) => {
    const found = findModel(catalogue.models, reference);
    if (found) return found;
    throw new AppError(
      'notFound',
      vscode.l10n.t('{0} is not among the models of this connection. Refresh them.', reference),
    );
  });
}

/** What the playground calls: the ARN of what the account made, otherwise the id for the Region. */
async function callable(needs: ModelCommandNeeds, reference: string | undefined): Promise<string> {
  const { catalogue } = await needs.listed();
  const own = findOwn(catalogue.own, reference ?? '');
  if (own) return own.arn;
  const model = await oneModel(needs, reference);
  const id = callableId(model, await needs.region());
  await needs.preferences.noteUse(model.id);
  return id;
}

function askModel(models: readonly Model[]): Promise<Model> {
  const providers = [...new Set(models.map(({ provider }) => provider))].sort();
  return pick<Model>({
    title: vscode.l10n.t('Choose a Model'),
    items: providers.flatMap((provider) => [
      separator(provider),
      ...models
        .filter((model) => model.provider === provider)
        .map((model) => ({ label: model.name, description: model.id, value: model })),
    ]),
  });
}
