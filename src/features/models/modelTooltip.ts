import { l10n } from 'vscode';
import type { BatchOverrides } from '../../core/models/batchSupport.js';
import { contextOf } from '../../core/models/context.js';
import { invocationId, needsProfile, type Model } from '../../core/models/model.js';
import { priceOf, type Price, type PriceOverrides } from '../../core/models/prices.js';
import { formatCount } from '../../core/format.js';
import { plainMarkdown } from '../../core/markdown.js';
import { batchSentence, lifeSentences, modalityWords } from './words.js';

/** What the words about a model depend on. */
export interface TooltipContext {
  readonly region: string;
  readonly now: Date;
  readonly batchOverrides: BatchOverrides;
  readonly priceOverrides: PriceOverrides;
}

/** The hover of a model in the tree. */
export function modelTooltip(model: Model, context: TooltipContext): string {
  const price = priceOf(invocationId(model, context.region) ?? model.id, context.priceOverrides);
  const window = contextOf(model.id);
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Call it as'), callAs(model, context.region)],
    [l10n.t('Modalities'), `${modalityWords(model.input)} → ${modalityWords(model.output)}`],
    ...(window ? [[l10n.t('Context'), windowWords(window)] as const] : []),
    [l10n.t('Streaming'), model.streaming ? l10n.t('Yes') : l10n.t('No')],
    [l10n.t('Batch inference'), batchSentence(model, context.batchOverrides)],
    [l10n.t('Lifecycle'), lifeSentences(model, context.now).join(' ')],
    [l10n.t('Price'), price ? priceWords(price) : l10n.t('Unknown')],
  ];
  return [
    `**${plainMarkdown(model.name)}** · ${plainMarkdown(model.provider)}`,
    `\`${model.id}\``,
    facts.map(([label, value]) => `- ${plainMarkdown(label)}: ${value}`).join('\n'),
  ].join('\n\n');
}

function callAs(model: Model, region: string): string {
  const id = invocationId(model, region);
  if (id === undefined) return l10n.t('Provisioned throughput only');
  return needsProfile(model) ? l10n.t('{0} (inference profile)', `\`${id}\``) : `\`${id}\``;
}

/** `1,000,000 tokens in, 64,000 out`. */
export function windowWords(window: { input: number; output?: number }): string {
  return window.output === undefined
    ? l10n.t('{0} tokens in', formatCount(window.input))
    : l10n.t('{0} tokens in, {1} out', formatCount(window.input), formatCount(window.output));
}

/** `$3`, `$1.10`, `$0.035`: whole dollars, or cents, or as many digits as it has. */
export function dollars(value: number): string {
  const cents = value.toFixed(2);
  return `$${Number.isInteger(value) || Number(cents) !== value ? value : cents}`;
}

function priceWords(price: Price): string {
  const { inputPerMillion: input, outputPerMillion: output, date } = price;
  const words = [
    ...(input === undefined ? [] : [l10n.t('{0} in', dollars(input))]),
    ...(output === undefined ? [] : [l10n.t('{0} out', dollars(output))]),
  ].join(', ');
  return date === ''
    ? l10n.t('{0} a million tokens (your settings)', words)
    : l10n.t('{0} a million tokens ({1})', words, date);
}
