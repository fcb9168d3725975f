import * as vscode from 'vscode';
import type { ModelFilter } from '../../core/models/filter.js';
import { groupings, type Grouping } from '../../core/models/group.js';
import type { Model } from '../../core/models/model.js';
import { cancelled, pick, separator } from '../../platform/quickInput.js';
import { capabilityWord, groupingWord, modalityWord, phaseWord } from './words.js';

interface Facet extends vscode.QuickPickItem {
  /** Adds itself to a filter; absent on headings. */
  readonly add?: (filter: ModelFilter) => ModelFilter;
}

/**
 * Asks what to show: facets to tick, and words to type into the same box. Leaving rejects with
 * `cancelled` and changes nothing.
 */
export function askFilter(models: readonly Model[], current: ModelFilter): Promise<ModelFilter> {
  return new Promise((resolve, reject) => {
    const box = vscode.window.createQuickPick<Facet>();
    const facets = facetsOf(models, current);
    box.title = vscode.l10n.t('Filter Models');
    box.placeholder = vscode.l10n.t('Type a name, or tick what a model must have; none shows all');
    box.canSelectMany = true;
    box.ignoreFocusOut = true;
    let text = current.text ? [textFacet(current.text)] : [];
    box.items = [...text, ...facets];
    box.selectedItems = [...text, ...facets.filter(({ picked }) => picked)];
    box.onDidChangeValue((typed) => {
      const ticked = box.selectedItems.filter((item) => !text.includes(item));
      text = typed.trim() === '' ? [] : [textFacet(typed.trim())];
      box.items = [...text, ...facets];
      box.selectedItems = [...text, ...ticked];
    });
    box.onDidAccept(() => {
      resolve(box.selectedItems.reduce<ModelFilter>((sum, { add }) => add?.(sum) ?? sum, {}));
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      reject(cancelled());
    });
    box.show();
  });
}

/** Words that the name, the provider or the id must have. */
function textFacet(text: string): Facet {
  return {
    label: vscode.l10n.t('Named “{0}”', text),
    description: vscode.l10n.t('in the name, the provider or the id'),
    alwaysShow: true,
    add: (filter) => ({ ...filter, text }),
  };
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

/** Asks what the groups should stand for. */
export function askGrouping(current: Grouping): Promise<Grouping> {
  return pick<Grouping>({
    title: vscode.l10n.t('Group Models By'),
    isCurrent: (grouping) => grouping === current,
    items: groupings.map((grouping) => ({
      label: groupingWord(grouping),
      value: grouping,
    })),
  });
}
