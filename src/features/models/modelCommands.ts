import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../../core/errors.js';
import { groupings } from '../../core/models/group.js';
import { invocationId, systemProfile, type Model } from '../../core/models/model.js';
import { modelAccessUrl, modelConsoleUrl, ownConsoleUrl } from '../../core/models/modelConsole.js';
import { run, type registerCommands } from '../../platform/commands.js';
import { pick, separator } from '../../platform/quickInput.js';
import { askFilter, askGrouping, filterArgument } from './filterCommand.js';
import type { ModelPreferences } from '../../resources/models/modelPreferences.js';
import { findModel, findOwn, parseReferences } from './modelReference.js';
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

type Handlers = Parameters<typeof registerCommands>[0];

/** The commands of the Models view. */
export function modelCommands(needs: ModelCommandNeeds): Handlers {
  return { ...viewCommands(needs), ...useCommands(needs), ...copyCommands(needs) };
}

const listOptions = z.object({ refresh: z.optional(z.boolean()) });

function viewCommands(needs: ModelCommandNeeds): Handlers {
  const { preferences } = needs;
  return {
    'bedrock.models.list': async ([argument]) => {
      const { refresh = false } = listOptions.parse(argument ?? {});
      const { catalogue } = await needs.fresh(refresh);
      if (catalogue.errors.models) throw catalogue.errors.models;
      return catalogue.models;
    },
    'bedrock.models.refresh': async () => {
      const { catalogue } = await needs.fresh(true);
      if (catalogue.errors.models) throw catalogue.errors.models;
      return { models: catalogue.models.length, failed: Object.keys(catalogue.errors) };
    },
    'bedrock.models.filter': async ([argument], { isPerson }) => {
      // A person's argument is a node of the view.
      const given = isPerson ? undefined : filterArgument(argument);
      const { catalogue } = await needs.listed();
      const filter = given ?? (await askFilter(catalogue.models, preferences.filter));
      preferences.setFilter(filter);
      return filter;
    },
    'bedrock.models.clearFilter': () => {
      preferences.setFilter({});
      return Promise.resolve();
    },
    'bedrock.models.groupBy': async ([argument], { isPerson }) => {
      const given = z.optional(z.enum(groupings)).parse(isPerson ? undefined : argument);
      await preferences.setGrouping(given ?? (await askGrouping(preferences.grouping)));
    },
    'bedrock.models.addFavorite': async (args) => {
      await preferences.setFavourite((await oneModel(needs, args)).id, true);
    },
    'bedrock.models.removeFavorite': async (args) => {
      await preferences.setFavourite((await oneModel(needs, args)).id, false);
    },
    'bedrock.models.details': async (args) => {
      await needs.openDetails((await oneModel(needs, args)).id);
    },
  };
}

function useCommands(needs: ModelCommandNeeds): Handlers {
  const { preferences } = needs;
  return {
    'bedrock.models.openInPlayground': async (args) => {
      const [modelId] = await callableIds(needs, [args[0]]);
      await run('bedrock.playground.open', { modelId });
    },
    'bedrock.models.compare': async (args) => {
      const modelIds = await callableIds(needs, args, 'compare');
      await run('bedrock.playground.compare', { modelIds });
    },
    'bedrock.models.useForBatch': async (args) => {
      const model = await oneModel(needs, args);
      const modelId = callableId(model, await needs.region());
      await preferences.noteUse(model.id);
      return run('bedrock.batch.submit', undefined, { modelId });
    },
    'bedrock.models.openInConsole': async (args) => {
      const { catalogue } = await needs.listed();
      const own = findOwn(catalogue.own, parseReferences(args)[0] ?? '');
      if (own) return openUrl(ownConsoleUrl(own.arn, own.kind));
      return openUrl(modelConsoleUrl(await oneModel(needs, args), await needs.region()));
    },
    'bedrock.models.openAgreement': async (args) =>
      openUrl(modelAccessUrl(await oneModel(needs, args), await needs.region())),
  };
}

function copyCommands(needs: ModelCommandNeeds): Handlers {
  const copy = async (texts: readonly string[]) => {
    const text = texts.join('\n');
    await vscode.env.clipboard.writeText(text);
    return text;
  };
  return {
    'bedrock.models.copyId': async (args) => {
      const models = await manyModels(needs, args);
      return copy(models.map(({ id }) => id));
    },
    'bedrock.models.copyArn': async (args) => {
      const { catalogue } = await needs.listed();
      const own = parseReferences(args).flatMap((given) => findOwn(catalogue.own, given) ?? []);
      if (own.length > 0) return copy(own.map(({ arn }) => arn));
      return copy((await manyModels(needs, args)).map(({ arn }) => arn));
    },
    'bedrock.models.copyProfileId': async (args, { isPerson }) => {
      const model = await oneModel(needs, args);
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

async function oneModel(needs: ModelCommandNeeds, args: readonly unknown[]): Promise<Model> {
  const [model] = await manyModels(needs, [args[0]]);
  if (model) return model;
  throw new AppError('notFound', vscode.l10n.t('There is no such model. Refresh the models.'));
}

async function manyModels(needs: ModelCommandNeeds, args: readonly unknown[]): Promise<Model[]> {
  const { catalogue } = await needs.listed();
  if (catalogue.errors.models && catalogue.models.length === 0) throw catalogue.errors.models;
  const references = parseReferences(args);
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
async function callableIds(
  needs: ModelCommandNeeds,
  args: readonly unknown[],
  use: 'open' | 'compare' = 'open',
): Promise<string[]> {
  const { catalogue } = await needs.listed();
  const given = parseReferences(args);
  if (use === 'compare' && (given.length < 2 || given.length > 4)) {
    throw new AppError('invalidInput', vscode.l10n.t('Select two to four models to compare.'));
  }
  const region = await needs.region();
  const ids: string[] = [];
  for (const reference of given.length > 0 ? given : [undefined]) {
    const own = findOwn(catalogue.own, reference ?? '');
    if (own) {
      ids.push(own.arn);
      continue;
    }
    const model = await oneModel(needs, [reference]);
    ids.push(callableId(model, region));
    await needs.preferences.noteUse(model.id);
  }
  return ids;
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
