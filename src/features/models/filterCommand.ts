import * as vscode from 'vscode';
import { filterSchema, type ModelFilter } from '../../core/models/filter.js';
import { groupings, type Grouping } from '../../core/models/group.js';
import type { Model } from '../../core/models/model.js';
import { askText, cancelled, pick, separator } from '../../platform/quickInput.js';
import { capabilityWord, groupingWord, modalityWord, phaseWord } from './words.js';

interface Facet extends vscode.QuickPickItem {
  /** Adds itself to a filter; absent on headings. */
  readonly add?: (filter: ModelFilter) => ModelFilter;
  readonly asksText?: boolean;
}

/** Asks what to show: several facets at once, a text after them. Leaving changes nothing. */
export async function askFilter(
  models: readonly Model[],
  current: ModelFilter,
): Promise<ModelFilter> {
  const facets = facetsOf(models, current);
  const chosen = await vscode.window.showQuickPick(facets, {
    title: vscode.l10n.t('Filter Models'),
    placeHolder: vscode.l10n.t('Tick what a model must have; none shows all'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!chosen) throw cancelled();
  const filter = chosen.reduce<ModelFilter>((sum, { add }) => add?.(sum) ?? sum, {});
  if (!chosen.some(({ asksText }) => asksText)) return filter;
  const text = await askText({
    title: vscode.l10n.t('Filter Models'),
    prompt: vscode.l10n.t('Words in the name, the provider or the id.'),
    value: current.text ?? '',
  });
  return text.trim() === '' ? filter : { ...filter, text: text.trim() };
}

function facetsOf(models: readonly Model[], current: ModelFilter): Facet[] {
  const modalities = (of: 'input' | 'output') =>
    [...new Set(models.flatMap((model) => model[of]))].map((modality): Facet => ({
      label:
        of === 'input'
          ? vscode.l10n.t('{0} in', modalityWord(modality))
          : vscode.l10n.t('{0} out', modalityWord(modality)),
      picked: current[of]?.includes(modality) ?? false,
      add: (filter) => ({ ...filter, [of]: [...(filter[of] ?? []), modality] }),
    }));
  const flag = (key: 'streaming' | 'batch' | 'onDemand'): Facet => ({
    label: capabilityWord(key),
    picked: current[key] ?? false,
    add: (filter) => ({ ...filter, [key]: true }),
  });
  const phases = (['active', 'legacy', 'ended'] as const).map((phase): Facet => ({
    label: phaseWord(phase),
    picked: current.lifecycle?.includes(phase) ?? false,
    add: (filter) => ({ ...filter, lifecycle: [...(filter.lifecycle ?? []), phase] }),
  }));
  return [
    {
      label: vscode.l10n.t('Text…'),
      description: current.text ?? vscode.l10n.t('words in the name, the provider or the id'),
      picked: Boolean(current.text),
      asksText: true,
    },
    separator(vscode.l10n.t('Capability')),
    flag('batch'),
    flag('streaming'),
    flag('onDemand'),
    separator(vscode.l10n.t('Modality')),
    ...modalities('output'),
    ...modalities('input'),
    separator(vscode.l10n.t('Lifecycle')),
    ...phases,
  ];
}

/** A filter given as a command's argument; throws where it has another form. */
export function filterArgument(argument: unknown): ModelFilter | undefined {
  return argument === undefined ? undefined : filterSchema.parse(argument);
}

/** Asks what the groups should stand for. */
export function askGrouping(current: Grouping): Promise<Grouping> {
  return pick<Grouping>({
    title: vscode.l10n.t('Group Models By'),
    active: groupingWord(current),
    items: groupings.map((grouping) => ({
      label: groupingWord(grouping),
      value: grouping,
      ...(grouping === current ? { description: vscode.l10n.t('now') } : {}),
    })),
  });
}
