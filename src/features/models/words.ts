import { l10n } from 'vscode';
import { formatDay } from '../../core/format.js';
import {
  batchTableDate,
  isBatchOverridden,
  type BatchOverrides,
} from '../../core/models/batchSupport.js';
import type { ModelFilter } from '../../core/models/filter.js';
import type { Capability, Grouping } from '../../core/models/group.js';
import { lifePhase, type Model, type OwnModel } from '../../core/models/model.js';
import type { CatalogueBranch } from '../../core/models/modelCatalogue.js';

/** One modality in the editor's language; one AWS adds later in its own spelling. */
export function modalityWord(modality: string): string {
  switch (modality) {
    case 'TEXT':
      return l10n.t('Text');
    case 'IMAGE':
      return l10n.t('Image');
    case 'VIDEO':
      return l10n.t('Video');
    case 'SPEECH':
      return l10n.t('Speech');
    case 'AUDIO':
      return l10n.t('Audio');
    case 'EMBEDDING':
      return l10n.t('Embedding');
    default:
      return modality.charAt(0) + modality.slice(1).toLowerCase();
  }
}

/** `Text, Image`. */
export function modalityWords(modalities: readonly string[]): string {
  return modalities.map(modalityWord).join(', ') || l10n.t('Unknown');
}

/** A `modalityKey` as a heading: `Text, Image → Text`. */
export function modalityHeading(key: string): string {
  return key
    .split('→')
    .map((side) => modalityWords(side.split('+').filter(Boolean)))
    .join(' → ');
}

export function capabilityWord(capability: Capability): string {
  switch (capability) {
    case 'batch':
      return l10n.t('Batch inference');
    case 'streaming':
      return l10n.t('Streaming');
    case 'vision':
      return l10n.t('Reads images');
    case 'embeddings':
      return l10n.t('Embeddings');
    case 'onDemand':
      return l10n.t('On demand here');
    case 'needsProfile':
      return l10n.t('Needs an inference profile');
  }
}

export function groupingWord(grouping: Grouping): string {
  switch (grouping) {
    case 'provider':
      return l10n.t('Provider');
    case 'modality':
      return l10n.t('Modality');
    case 'capability':
      return l10n.t('Capability');
  }
}

export function ownKindWord(kind: OwnModel['kind']): string {
  switch (kind) {
    case 'profile':
      return l10n.t('Application inference profiles');
    case 'custom':
      return l10n.t('Custom models');
    case 'imported':
      return l10n.t('Imported models');
    case 'provisioned':
      return l10n.t('Provisioned throughput');
  }
}

export function branchWord(branch: CatalogueBranch): string {
  switch (branch) {
    case 'models':
      return l10n.t('Foundation models');
    case 'profiles':
      return l10n.t('Inference profiles');
    case 'custom':
      return ownKindWord('custom');
    case 'imported':
      return ownKindWord('imported');
    case 'provisioned':
      return ownKindWord('provisioned');
  }
}

export function phaseWord(phase: 'active' | 'legacy' | 'ended'): string {
  switch (phase) {
    case 'active':
      return l10n.t('Active');
    case 'legacy':
      return l10n.t('Legacy');
    case 'ended':
      return l10n.t('Past end of life');
  }
}

/** Days within which an end is told in days. */
const soonDays = 60;

/** What a narrow line says of a model's end: nothing for active ones without one. */
export function lifeBadge(model: Model, now: Date): string | undefined {
  const { phase, daysLeft } = lifePhase(model, now);
  const end = model.lifecycle.endOfLife;
  if (phase === 'ended') return l10n.t('ended {0}', formatDay(end ?? ''));
  if (daysLeft !== undefined && end !== undefined) {
    if (daysLeft === 1) return l10n.t('ends tomorrow');
    if (daysLeft <= soonDays) return l10n.t('ends in {0} days', daysLeft);
    if (phase === 'legacy') return l10n.t('legacy until {0}', formatDay(end));
  }
  return phase === 'legacy' ? l10n.t('legacy') : undefined;
}

/** A model's life in whole sentences, oldest first. */
export function lifeSentences({ lifecycle }: Model, now: Date): string[] {
  const { phase, daysLeft } = lifePhase({ lifecycle }, now);
  const { startOfLife, legacy, extendedAccess, endOfLife } = lifecycle;
  const isPast = (iso: string) => Date.parse(iso) <= now.getTime();
  return [
    ...(startOfLife ? [l10n.t('On Bedrock since {0}.', formatDay(startOfLife))] : []),
    ...(legacy && isPast(legacy) ? [l10n.t('Legacy since {0}.', formatDay(legacy))] : []),
    ...(legacy && !isPast(legacy) ? [l10n.t('Becomes legacy on {0}.', formatDay(legacy))] : []),
    ...(!legacy && phase === 'legacy' ? [l10n.t('Legacy: choose a newer model.')] : []),
    ...(extendedAccess && phase !== 'ended'
      ? [l10n.t('Costs more from {0} on (extended access).', formatDay(extendedAccess))]
      : []),
    ...(endOfLife && phase === 'ended'
      ? [l10n.t('Ended on {0}: AWS refuses calls.', formatDay(endOfLife))]
      : []),
    ...(endOfLife && daysLeft === 1
      ? [l10n.t('Ends on {0}, tomorrow.', formatDay(endOfLife))]
      : []),
    ...(endOfLife && daysLeft !== undefined && daysLeft > 1
      ? [l10n.t('Ends on {0}, in {1} days.', formatDay(endOfLife), daysLeft)]
      : []),
    ...(phase === 'active' && !endOfLife ? [l10n.t('No end is announced.')] : []),
  ];
}

/** Whether a model takes batch jobs, and who says so. */
export function batchSentence(model: Model, overrides: BatchOverrides): string {
  if (isBatchOverridden(model.id, overrides)) {
    return model.batch === 'yes' ? l10n.t('Yes, by your settings') : l10n.t('No, by your settings');
  }
  switch (model.batch) {
    case 'yes':
      return l10n.t('Yes, by AWS’s table of {0}', batchTableDate);
    case 'no':
      return l10n.t('No, by AWS’s table of {0}', batchTableDate);
    case 'unknown':
      return l10n.t('Unknown: not in AWS’s table of {0}', batchTableDate);
  }
}

/** The parts of a filter as a person would list them. */
export function filterWords(filter: ModelFilter): string[] {
  const { text, input = [], output = [], lifecycle = [] } = filter;
  return [
    ...(text?.trim() ? [`“${text.trim()}”`] : []),
    ...input.map((modality) => l10n.t('{0} in', modalityWord(modality))),
    ...output.map((modality) => l10n.t('{0} out', modalityWord(modality))),
    ...(filter.streaming ? [capabilityWord('streaming')] : []),
    ...(filter.batch ? [capabilityWord('batch')] : []),
    ...(filter.onDemand ? [capabilityWord('onDemand')] : []),
    ...lifecycle.map(phaseWord),
  ];
}
