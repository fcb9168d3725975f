import { lifePhase, needsProfile, type Model } from './model.js';

export const groupings = ['provider', 'modality', 'capability'] as const;

/** What the tree's groups stand for. */
export type Grouping = (typeof groupings)[number];

/** Capabilities a model is listed under; it may have several. */
export type Capability =
  'batch' | 'streaming' | 'vision' | 'embeddings' | 'onDemand' | 'needsProfile';

/** Models under one heading. `key` is a provider's name, a `modalityKey` or a capability. */
export interface ModelGroup {
  readonly key: string;
  readonly models: readonly Model[];
}

const capabilities: readonly [Capability, (model: Model) => boolean][] = [
  ['batch', (model) => model.batch === 'yes'],
  ['streaming', (model) => model.streaming],
  ['vision', (model) => model.input.includes('IMAGE') && model.output.includes('TEXT')],
  ['embeddings', (model) => model.output.includes('EMBEDDING')],
  ['onDemand', (model) => !needsProfile(model)],
  ['needsProfile', needsProfile],
];

/** What goes in and what comes out, `TEXT+IMAGE→TEXT`: models of one key do the same kind of thing. */
export function modalityKey({ input, output }: Model): string {
  const order = (values: readonly string[]) =>
    [...values].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).join('+');
  return `${order(input)}→${order(output)}`;
}

const known = ['TEXT', 'IMAGE', 'VIDEO', 'SPEECH', 'AUDIO', 'EMBEDDING'];
const rank = (modality: string) =>
  known.includes(modality) ? known.indexOf(modality) : known.length;

/** The groups that have models: providers and modalities by name, capabilities by use. */
export function groupModels(models: readonly Model[], by: Grouping, now: Date): ModelGroup[] {
  const sorted = sortModels(models, now);
  if (by === 'capability') {
    return capabilities
      .map(([key, fits]) => ({ key, models: sorted.filter(fits) }))
      .filter((group) => group.models.length > 0);
  }
  const groups = new Map<string, Model[]>();
  for (const model of sorted) {
    const key = by === 'provider' ? model.provider : modalityKey(model);
    const members = groups.get(key);
    if (members) members.push(model);
    else groups.set(key, [model]);
  }
  const named = [...groups].map(([key, members]) => ({ key, models: members }));
  return by === 'provider'
    ? named.sort((a, b) => a.key.localeCompare(b.key))
    : named.sort((a, b) => b.models.length - a.models.length || a.key.localeCompare(b.key));
}

/** Usable ones first, then legacy, then past end of life; the newest of each first. */
export function sortModels(models: readonly Model[], now: Date): Model[] {
  const phases = ['active', 'legacy', 'ended'];
  const phase = (model: Model) => phases.indexOf(lifePhase(model, now).phase);
  const started = (model: Model) => model.lifecycle.startOfLife ?? '';
  return [...models].sort(
    (a, b) =>
      phase(a) - phase(b) ||
      started(b).localeCompare(started(a)) ||
      a.name.localeCompare(b.name, undefined, { numeric: true }),
  );
}
