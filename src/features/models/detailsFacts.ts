import { l10n } from 'vscode';
import { batchTableSource } from '../../core/models/batchSupport.js';
import { contextOf, contextTable } from '../../core/models/context.js';
import {
  invocationId,
  lifePhase,
  needsProfile,
  type Model,
  type ModelAvailability,
} from '../../core/models/model.js';
import { priceOf, type Price } from '../../core/models/prices.js';
import type {
  DetailsButton,
  DetailsProfile,
  DetailsRow,
  DetailsSection,
  DetailsSnapshot,
  Marked,
} from './contract.js';
import { dollars, windowWords, type TooltipContext } from './modelTooltip.js';
import {
  batchSentence,
  capabilityWord,
  lifeBadge,
  lifeSentences,
  modalityWords,
  phaseWord,
} from './words.js';

export interface DetailsContext extends TooltipContext {
  readonly isFavourite: boolean;
  readonly hasPlayground: boolean;
  /** The sandbox's models are not in AWS's console. */
  readonly isSandbox: boolean;
  readonly notice?: string;
}

/** A model as the details page shows it. */
export function detailsSnapshot(model: Model, context: DetailsContext): DetailsSnapshot {
  return {
    name: model.name,
    subtitle: model.provider,
    badges: badges(model, context.now),
    buttons: buttons(model, context),
    sections: [
      identity(model, context),
      capabilities(model, context),
      { title: l10n.t('Lifecycle'), rows: [lifecycleRow(model, context.now)] },
      prices(model, context),
    ],
    profiles: profiles(model, context.region),
    ...(context.notice ? { notice: context.notice } : {}),
  };
}

function badges(model: Model, now: Date): Marked[] {
  const { phase } = lifePhase(model, now);
  const life = lifeBadge(model, now);
  return [
    phase === 'active' && !life
      ? { text: phaseWord('active'), icon: 'pass', tone: 'good' }
      : {
          text: phase === 'ended' ? phaseWord('ended') : (life ?? phaseWord(phase)),
          icon: phase === 'ended' ? 'circle-slash' : 'warning',
          tone: phase === 'ended' ? 'error' : 'warning',
        },
    ...(model.batch === 'yes' ? [{ text: capabilityWord('batch'), icon: 'layers' }] : []),
    ...(model.streaming ? [{ text: capabilityWord('streaming'), icon: 'pulse' }] : []),
    needsProfile(model)
      ? { text: capabilityWord('needsProfile'), icon: 'references' }
      : { text: capabilityWord('onDemand'), icon: 'zap' },
  ];
}

function buttons(model: Model, context: DetailsContext): DetailsButton[] {
  const isUsable = invocationId(model, context.region) !== undefined;
  return [
    ...(context.hasPlayground && isUsable
      ? [
          {
            action: 'openInPlayground',
            text: l10n.t('Open in Playground'),
            icon: 'comment-discussion',
            isPrimary: lifePhase(model, context.now).phase !== 'ended',
          } as const,
        ]
      : []),
    ...(model.batch !== 'no' && isUsable
      ? [
          {
            action: 'useForBatch',
            text: l10n.t('Use for Batch…'),
            icon: 'cloud-upload',
            isPrimary: !context.hasPlayground,
          } as const,
        ]
      : []),
    {
      action: context.isFavourite ? 'removeFavorite' : 'addFavorite',
      text: context.isFavourite ? l10n.t('Remove from Favorites') : l10n.t('Add to Favorites'),
      icon: context.isFavourite ? 'star-full' : 'star-empty',
    },
    ...(context.isSandbox ? [] : consoleButtons()),
    { action: 'refresh', text: l10n.t('Refresh'), icon: 'refresh' },
  ];
}

function consoleButtons(): DetailsButton[] {
  return [
    { action: 'openInConsole', text: l10n.t('Open in AWS Console'), icon: 'link-external' },
    { action: 'openAgreement', text: l10n.t('Model Access…'), icon: 'key' },
  ];
}

const line = (text: string): Marked[] => [{ text }];

function identity(model: Model, { region, now }: DetailsContext): DetailsSection {
  const isOver = lifePhase(model, now).phase === 'ended';
  const callAs = invocationId(model, region);
  const why = needsProfile(model)
    ? l10n.t('In {0} this model runs through an inference profile only.', region)
    : l10n.t('This model runs on demand in {0}.', region);
  return {
    title: l10n.t('Identity'),
    rows: [
      callAs === undefined
        ? {
            label: l10n.t('Call it as'),
            values: line(l10n.t('Provisioned throughput only: nothing leads to it on demand.')),
          }
        : { label: l10n.t('Call it as'), values: line(callAs), isCode: true },
      { label: l10n.t('Model ID'), values: line(model.id), isCode: true },
      { label: l10n.t('ARN'), values: line(model.arn), isCode: true },
    ],
    // A model past its end runs nowhere, whatever the list says.
    ...(callAs === undefined || isOver ? {} : { note: why }),
  };
}

function capabilities(model: Model, context: DetailsContext): DetailsSection {
  const window = contextOf(model.id);
  return {
    title: l10n.t('Capabilities'),
    rows: [
      { label: l10n.t('Input'), values: line(modalityWords(model.input)) },
      { label: l10n.t('Output'), values: line(modalityWords(model.output)) },
      {
        label: l10n.t('Streaming'),
        values: line(model.streaming ? l10n.t('Yes') : l10n.t('No')),
      },
      window
        ? {
            label: l10n.t('Context'),
            values: line(windowWords(window)),
            link: sourceLink(contextTable.date, contextTable.source),
          }
        : { label: l10n.t('Context'), values: line(l10n.t('Unknown: AWS’s API does not tell.')) },
      {
        label: l10n.t('Inference types'),
        values: line(model.inferenceTypes.join(', ') || l10n.t('Inference profiles only')),
      },
      {
        label: l10n.t('Batch inference'),
        values: line(batchSentence(model, context.batchOverrides)),
        link: { text: l10n.t('AWS’s table'), url: batchTableSource },
      },
    ],
  };
}

function lifecycleRow(model: Model, now: Date): DetailsRow {
  const { phase } = lifePhase(model, now);
  const marks: Readonly<Record<typeof phase, Omit<Marked, 'text'>>> = {
    active: { icon: 'pass', tone: 'good' },
    legacy: { icon: 'warning', tone: 'warning' },
    ended: { icon: 'circle-slash', tone: 'error' },
  };
  return {
    label: l10n.t('State'),
    values: [
      { text: phaseWord(phase), ...marks[phase] },
      ...lifeSentences(model, now).map((text) => ({ text })),
    ],
  };
}

function sourceLink(date: string, url: string): { text: string; url: string } {
  return { text: l10n.t('Source of {0}', date), url };
}

function prices(model: Model, context: DetailsContext): DetailsSection {
  const title = l10n.t('Price on demand');
  const calledAs = invocationId(model, context.region) ?? model.id;
  const price = priceOf(calledAs, context.priceOverrides);
  if (!price) {
    return {
      title,
      rows: [{ label: l10n.t('Price'), values: line(l10n.t('Unknown')) }],
      note: l10n.t('No source backs a price. Set one in "bedrock.models.prices".'),
    };
  }
  const rows = priceRows(price);
  const [first, ...others] = rows;
  const isOwn = price.date === '';
  return {
    title,
    rows:
      first && !isOwn
        ? [{ ...first, link: sourceLink(price.date, price.source) }, ...others]
        : rows,
    note: isOwn
      ? l10n.t('From your setting "bedrock.models.prices".')
      : l10n.t(
          'For {0}, at the rate of us-east-1; other Regions may differ. Batch inference usually costs half.',
          calledAs,
        ),
  };
}

function priceRows(price: Price): DetailsRow[] {
  const parts: readonly [string, number | undefined][] = [
    [l10n.t('Input'), price.inputPerMillion],
    [l10n.t('Output'), price.outputPerMillion],
    [l10n.t('Cache read'), price.cacheReadPerMillion],
    [l10n.t('Cache write'), price.cacheWritePerMillion],
  ];
  return parts.flatMap(([label, value]) =>
    value === undefined
      ? []
      : [{ label, values: line(l10n.t('{0} a million tokens', dollars(value))) }],
  );
}

function profiles(model: Model, region: string): DetailsProfile[] {
  const used = needsProfile(model) ? invocationId(model, region) : undefined;
  return model.profiles.map(({ id, arn, name, type, regions }) => ({
    id,
    arn,
    name,
    type: type === 'system' ? l10n.t('by AWS') : l10n.t('by this account'),
    regions,
    isUsed: id === used,
  }));
}

/** What AWS says about access, each part in words. */
export function availabilityRows(found: ModelAvailability): DetailsRow[] {
  const isYes = (word: string) => word === 'AVAILABLE' || word === 'AUTHORIZED';
  const mark = (word: string, yes: string, no: string): Marked[] => {
    if (isYes(word)) return [{ text: yes, icon: 'pass', tone: 'good' }];
    if (word === 'PENDING') {
      return [{ text: l10n.t('Pending: AWS is setting it up'), icon: 'clock', tone: 'warning' }];
    }
    if (word === '') return [{ text: l10n.t('Unknown') }];
    return [{ text: no, icon: 'error', tone: 'error' }];
  };
  return [
    {
      label: l10n.t('Agreement'),
      values: [
        ...mark(
          found.agreement,
          l10n.t('Accepted, or none is needed'),
          l10n.t('Not accepted: open "Model Access"'),
        ),
        ...(found.agreementError ? line(found.agreementError) : []),
      ],
    },
    {
      label: l10n.t('Authorization'),
      values: mark(
        found.authorization,
        l10n.t('You may call it'),
        l10n.t('You may not call it: ask for bedrock:InvokeModel'),
      ),
    },
    {
      label: l10n.t('Entitlement'),
      values: mark(
        found.entitlement,
        l10n.t('The account has it'),
        l10n.t('The account does not have it'),
      ),
    },
    {
      label: l10n.t('Region'),
      values: mark(found.region, l10n.t('Offered here'), l10n.t('Not offered here')),
    },
  ];
}
