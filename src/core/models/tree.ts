import { isOfConnection, toFailure, type AppError, type Failure } from '../errors.js';
import { isEmptyFilter, filterModels, type ModelFilter } from './filter.js';
import { groupModels, type Grouping } from './group.js';
import type { Model, OwnModel } from './model.js';
import type { CatalogueBranch, ModelCatalogue } from './modelCatalogue.js';

/** All the tree is made from. */
export interface ModelTreeState {
  readonly catalogue: ModelCatalogue;
  readonly filter: ModelFilter;
  readonly grouping: Grouping;
  /** Ids, the newest first. */
  readonly favourites: readonly string[];
  readonly recent: readonly string[];
  readonly now: Date;
}

/** What the Models view shows: plain data. `path` is unique among the nodes and stays the same. */
export type ModelNode = GroupNode | ModelLeaf | OwnLeaf | FailureNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly path: string;
  readonly of: 'favourites' | 'recent' | Grouping | OwnModel['kind'];
  readonly key: string;
  readonly children: readonly (ModelLeaf | OwnLeaf)[];
}

export interface ModelLeaf {
  readonly kind: 'model';
  readonly path: string;
  readonly modelId: string;
  readonly model: Model;
  readonly isFavourite: boolean;
  /** Outside of a provider's group the provider is worth telling. */
  readonly tellsProvider: boolean;
}

export interface OwnLeaf {
  readonly kind: 'own';
  readonly path: string;
  readonly own: OwnModel;
}

/** Branches that could not be listed for one reason. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly path: string;
  readonly branches: readonly CatalogueBranch[];
  readonly failure: Failure;
}

/** The view's top level: what failed, favourites, recent ones, the groups, then what is the account's. */
export function rootNodes(state: ModelTreeState): ModelNode[] {
  const { catalogue, filter, grouping, now } = state;
  const shown = filterModels(catalogue.models, filter, now);
  const byId = new Map(shown.map((model) => [model.id, model]));
  const listed = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const favourites = listed(state.favourites);
  const recent = listed(state.recent.filter((id) => !state.favourites.includes(id)));
  const leaves = (path: string, models: readonly Model[], tellsProvider: boolean) =>
    models.map((model): ModelLeaf => ({
      kind: 'model',
      path: `${path}/${model.id}`,
      modelId: model.id,
      model,
      isFavourite: state.favourites.includes(model.id),
      tellsProvider,
    }));
  const group = (of: GroupNode['of'], key: string, models: readonly Model[]): GroupNode[] => {
    const path = `${of}/${key}`;
    const children = leaves(path, models, of !== 'provider');
    return models.length === 0 ? [] : [{ kind: 'group', path, of, key, children }];
  };
  return [
    ...failureNodes(catalogue.errors),
    ...group('favourites', '', favourites),
    ...group('recent', '', recent),
    ...groupModels(shown, grouping, now).flatMap(({ key, models }) => group(grouping, key, models)),
    // What the account made has no modalities or lifecycle to filter by.
    ...(isEmptyFilter(filter) ? ownGroups(catalogue.own) : []),
  ];
}

/** How many models pass the filter, and of how many. */
export function countShown(state: ModelTreeState): { shown: number; total: number } {
  const { catalogue, filter, now } = state;
  return {
    shown: filterModels(catalogue.models, filter, now).length,
    total: catalogue.models.length,
  };
}

/** Only groups have something below them. */
export function childNodes(node: ModelNode): readonly ModelNode[] {
  return node.kind === 'group' ? node.children : [];
}

const ownKinds: readonly OwnModel['kind'][] = ['profile', 'custom', 'imported', 'provisioned'];

function ownGroups(own: readonly OwnModel[]): GroupNode[] {
  return ownKinds.flatMap((of) => {
    const members = own.filter(({ kind }) => kind === of);
    const children = members.map((entry): OwnLeaf => ({
      kind: 'own',
      path: `${of}/${entry.arn}`,
      own: entry,
    }));
    const path = `own/${of}`;
    return children.length === 0 ? [] : [{ kind: 'group', path, of, key: of, children }];
  });
}

/** One node a reason: where the connection is at fault, five would say the same. */
function failureNodes(errors: ModelCatalogue['errors']): FailureNode[] {
  const failures: FailureNode[] = [];
  const byReason = new Map<string, number>();
  for (const [branch, error] of Object.entries(errors) as [CatalogueBranch, AppError][]) {
    const reason = isOfConnection(error) ? error.kind : error.message;
    const at = byReason.get(reason);
    const same = at === undefined ? undefined : failures[at];
    if (at !== undefined && same) {
      failures[at] = { ...same, branches: [...same.branches, branch] };
      continue;
    }
    byReason.set(reason, failures.length);
    failures.push({
      kind: 'failure',
      path: `failure/${branch}`,
      branches: [branch],
      failure: toFailure(error),
    });
  }
  return failures;
}
