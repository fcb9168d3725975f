import { l10n } from 'vscode';
import { lifePhase, needsProfile, type Model } from '../../core/models/model.js';
import type { Capability } from '../../core/models/group.js';
import type {
  FailureNode,
  GroupNode,
  ModelLeaf,
  ModelNode,
  OwnLeaf,
} from '../../core/models/tree.js';
import { formatDay } from '../../core/format.js';
import { plainMarkdown } from '../../core/markdown.js';
import { failureRow } from '../../platform/failureRow.js';
import { contextWords, type TreeItemData } from '../../platform/tree.js';
import { modelTooltip, type TooltipContext } from './modelTooltip.js';
import {
  branchWord,
  capabilityWord,
  lifeBadge,
  modalityHeading,
  modalityWords,
  ownKindWord,
} from './words.js';

/** How a node looks. */
export function nodeItem(node: ModelNode, context: TooltipContext): TreeItemData {
  switch (node.kind) {
    case 'group':
      return groupItem(node);
    case 'model':
      return modelItem(node, context);
    case 'own':
      return ownItem(node);
    case 'failure':
      return failureItem(node);
  }
}

function groupItem(node: GroupNode): TreeItemData {
  const label = groupLabel(node);
  const count = node.children.length;
  return {
    id: node.path,
    label,
    description: String(count),
    icon: groupIcon(node.of),
    contextValue: `group.${node.of}.`,
    collapsible: node.of === 'favourites' || node.of === 'recent' ? 'expanded' : 'collapsed',
    accessibilityLabel:
      count === 1 ? l10n.t('{0}, 1 model', label) : l10n.t('{0}, {1} models', label, count),
  };
}

function groupLabel({ of, key }: GroupNode): string {
  switch (of) {
    case 'favourites':
      return l10n.t('Favorites');
    case 'recent':
      return l10n.t('Recently used');
    case 'provider':
      return key;
    case 'modality':
      return modalityHeading(key);
    case 'capability':
      return capabilityWord(key as Capability);
    default:
      return ownKindWord(of);
  }
}

function groupIcon(of: GroupNode['of']): string {
  switch (of) {
    case 'favourites':
      return 'star-full';
    case 'recent':
      return 'history';
    case 'provider':
      return 'organization';
    case 'modality':
      return 'arrow-swap';
    case 'capability':
      return 'tools';
    default:
      return 'account';
  }
}

function modelItem(node: ModelLeaf, context: TooltipContext): TreeItemData {
  const { model } = node;
  const life = lifeBadge(model, context.now);
  const { icon, color } = modelIcon(model, context.now);
  const badges = [
    ...(node.tellsProvider ? [model.provider] : []),
    // The side bar is narrow: what ends soon matters more than what it can do.
    ...(life ? [life] : []),
    ...(model.batch === 'yes' ? [l10n.t('batch')] : []),
    ...(needsProfile(model) ? [l10n.t('profile')] : []),
  ];
  const spoken = [
    model.name,
    model.provider,
    ...(node.isFavourite ? [l10n.t('favorite')] : []),
    ...(life ? [life] : []),
    ...(model.batch === 'yes' ? [capabilityWord('batch')] : []),
    ...(needsProfile(model) ? [capabilityWord('needsProfile')] : []),
    l10n.t('{0} to {1}', modalityWords(model.input), modalityWords(model.output)),
  ];
  return {
    id: node.path,
    label: model.name,
    description: badges.join(' · '),
    tooltip: modelTooltip(model, context),
    icon,
    ...(color ? { iconColor: color } : {}),
    contextValue: contextWords('model', [
      `batch-${model.batch}`,
      model.profiles.length > 0 ? 'profile' : '',
      node.isFavourite ? 'favourite' : '',
    ]),
    command: { id: 'bedrock.models.details', title: l10n.t('Show Details') },
    accessibilityLabel: spoken.join(', '),
  };
}

function modelIcon(model: Model, now: Date): { icon: string; color?: string } {
  const { phase } = lifePhase(model, now);
  if (phase === 'ended') return { icon: 'circle-slash', color: 'disabledForeground' };
  if (phase === 'legacy') return { icon: 'warning', color: 'list.warningForeground' };
  if (model.output.includes('EMBEDDING')) return { icon: 'symbol-array' };
  if (model.output.includes('VIDEO')) return { icon: 'device-camera-video' };
  if (model.output.includes('IMAGE')) return { icon: 'file-media' };
  if (model.output.some((modality) => /SPEECH|AUDIO/.test(modality))) return { icon: 'unmute' };
  return { icon: 'comment' };
}

function ownItem({ path, own }: OwnLeaf): TreeItemData {
  // The side bar is narrow: a state is worth telling where it is not the usual one.
  const isReady = /^(?:active|inservice)$/i.test(own.status ?? '');
  const description = [isReady ? '' : own.status, own.base].filter(Boolean).join(' · ');
  const facts = [
    `**${plainMarkdown(own.name)}** · ${ownKindWord(own.kind)}`,
    `\`${own.arn}\``,
    ...(own.base ? [l10n.t('Model: {0}', plainMarkdown(own.base))] : []),
    ...(own.status ? [l10n.t('Status: {0}', plainMarkdown(own.status))] : []),
    ...(own.created ? [l10n.t('Created: {0}', formatDay(own.created))] : []),
  ];
  return {
    id: path,
    label: own.name,
    description,
    tooltip: facts.join('\n\n'),
    icon: own.kind === 'profile' ? 'tag' : 'package',
    contextValue: `own.${own.kind}.`,
    accessibilityLabel: [own.name, ownKindWord(own.kind), description].filter(Boolean).join(', '),
  };
}

function failureItem({ path, branches, failure }: FailureNode): TreeItemData {
  const what = branches.map(branchWord).join(', ');
  return failureRow({ id: path, failure, what, retry: 'bedrock.models.refresh' });
}
