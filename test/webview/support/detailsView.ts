import type { Browser } from 'playwright-core';
import {
  detailsContract,
  type DetailsPageData,
  type DetailsRow,
  type DetailsSnapshot,
} from '../../../src/features/models/contract.js';
import { type Handlers, serve } from '../../../src/rpc/host.js';
import { productStrings } from './productStrings.js';
import { load, openPage, type OpenedPage, type OpenOptions } from './webviewPage.js';

/** An opened details page and what it asked for. */
export interface OpenedDetails extends OpenedPage {
  readonly copied: string[];
  readonly actions: string[];
  readonly links: string[];
  close(): Promise<void>;
}

export interface OpenDetailsOptions extends Omit<OpenOptions, 'page' | 'data'> {
  readonly handlers?: Partial<Handlers<typeof detailsContract>>;
}

/** Opens the details page through the real RPC host. */
export async function openDetails(
  browser: Browser,
  options: OpenDetailsOptions = {},
): Promise<OpenedDetails> {
  const { handlers: own, ...pageOptions } = options;
  const copied: string[] = [];
  const actions: string[] = [];
  const links: string[] = [];
  const handlers: Handlers<typeof detailsContract> = {
    async *watch(_input, signal) {
      yield legacySnapshot;
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
    },
    availability: () => accessRows,
    act: ({ action }) => void actions.push(action),
    copy: ({ text }) => void copied.push(text),
    openLink: ({ url }) => void links.push(url),
    recover: () => true,
  };
  const data: DetailsPageData = {
    state: { modelId },
    strings: productStrings('models') as unknown as DetailsPageData['strings'],
  };
  const opened = await openPage(browser, { ...pageOptions, page: 'modelDetails', data });
  const server = serve(opened.port, detailsContract, { ...handlers, ...own });
  await load(opened);
  return {
    ...opened,
    copied,
    actions,
    links,
    close: async () => {
      server.dispose();
      await opened.page.close();
    },
  };
}

export const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

/** What AWS says of a model that may be used. */
export const accessRows: DetailsRow[] = [
  {
    label: 'Agreement',
    values: [{ text: 'Accepted, or none is needed', icon: 'pass', tone: 'good' }],
  },
  { label: 'Authorization', values: [{ text: 'You may call it', icon: 'pass', tone: 'good' }] },
  { label: 'Region', values: [{ text: 'Not offered here', icon: 'error', tone: 'error' }] },
];

const line = (text: string) => [{ text }];

/** A legacy model with everything the page can show. */
export const legacySnapshot: DetailsSnapshot = {
  name: 'Claude Sonnet 4.5',
  subtitle: 'Anthropic',
  badges: [
    { text: 'legacy until 2027-04-08', icon: 'warning', tone: 'warning' },
    { text: 'Batch inference', icon: 'layers' },
    { text: 'Streaming', icon: 'pulse' },
    { text: 'Needs an inference profile', icon: 'references' },
  ],
  buttons: [
    { action: 'useForBatch', text: 'Use for Batch…', icon: 'cloud-upload', isPrimary: true },
    { action: 'addFavorite', text: 'Add to Favorites', icon: 'star-empty' },
    { action: 'openInConsole', text: 'Open in AWS Console', icon: 'link-external' },
    { action: 'openAgreement', text: 'Model Access…', icon: 'key' },
    { action: 'refresh', text: 'Refresh', icon: 'refresh' },
  ],
  sections: [
    {
      title: 'Identity',
      rows: [
        { label: 'Call it as', values: line(`us.${modelId}`), isCode: true },
        { label: 'Model ID', values: line(modelId), isCode: true },
        {
          label: 'ARN',
          values: line(`arn:aws:bedrock:us-east-1::foundation-model/${modelId}`),
          isCode: true,
        },
      ],
      note: 'In us-east-1 this model runs through an inference profile only.',
    },
    {
      title: 'Capabilities',
      rows: [
        { label: 'Input', values: line('Text, Image') },
        { label: 'Output', values: line('Text') },
        { label: 'Context', values: line('Unknown: AWS’s API does not tell.') },
        {
          label: 'Batch inference',
          values: line('Yes, by AWS’s table of 2026-11-22'),
          link: { text: 'AWS’s table', url: 'https://docs.aws.amazon.com/bedrock/batch' },
        },
      ],
    },
    {
      title: 'Lifecycle',
      rows: [
        {
          label: 'State',
          values: [
            { text: 'Legacy', icon: 'warning', tone: 'warning' },
            { text: 'Legacy since 2026-10-08.' },
            { text: 'Ends on 2027-04-08, in 137 days.' },
          ],
        },
      ],
    },
    {
      title: 'Price on demand',
      rows: [{ label: 'Price', values: line('Unknown') }],
      note: 'No source backs a price. Set one in "bedrock.models.prices".',
    },
  ],
  profiles: [
    {
      id: `us.${modelId}`,
      arn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${modelId}`,
      name: 'US Anthropic Claude Sonnet 4-5',
      type: 'by AWS',
      regions: ['us-east-1', 'us-east-2', 'us-west-2'],
      isUsed: true,
    },
    {
      id: `global.${modelId}`,
      arn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.${modelId}`,
      name: 'Global Anthropic Claude Sonnet 4-5',
      type: 'by AWS',
      regions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
      isUsed: false,
    },
  ],
  notice: 'Inference profiles could not be listed. What is shown is of 2026-11-20.',
};
