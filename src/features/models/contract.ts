import * as z from 'zod/mini';
import { call, stream } from '../../rpc/contract.js';
import { type PageData, pageCalls } from '../../rpc/pageCalls.js';
import type { DetailsStrings } from './strings.js';

/** What the page's buttons do; each runs the command of the same name. */
export const detailsActions = [
  'openInPlayground',
  'useForBatch',
  'addFavorite',
  'removeFavorite',
  'openInConsole',
  'openAgreement',
  'refresh',
] as const;

export type DetailsAction = (typeof detailsActions)[number];

/** A badge, a value or a line: the icon and the word say it, the tone only repeats it. */
export interface Marked {
  readonly text: string;
  readonly icon?: string;
  readonly tone?: 'good' | 'warning' | 'error';
}

/** One fact. */
export interface DetailsRow {
  readonly label: string;
  /** Lines of text, all in the editor's language. */
  readonly values: readonly Marked[];
  /** The value in a fixed-width font, with a button that copies it. */
  readonly isCode?: boolean;
  readonly link?: { readonly text: string; readonly url: string };
}

export interface DetailsSection {
  readonly title: string;
  readonly rows: readonly DetailsRow[];
  /** Small print below the rows. */
  readonly note?: string;
}

export interface DetailsProfile {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  readonly regions: readonly string[];
  /** True for the one that is used from this Region. */
  readonly isUsed: boolean;
}

export interface DetailsButton {
  readonly action: DetailsAction;
  readonly text: string;
  readonly icon: string;
  readonly isPrimary?: boolean;
}

/** Everything the page shows but availability; sent whole. */
export interface DetailsSnapshot {
  readonly name: string;
  readonly subtitle: string;
  readonly badges: readonly Marked[];
  readonly buttons: readonly DetailsButton[];
  readonly sections: readonly DetailsSection[];
  readonly profiles: readonly DetailsProfile[];
  /** Where the list is older than this session, or could not be refreshed. */
  readonly notice?: string;
}

/** Instead of facts: why there are none. */
export interface DetailsMissing {
  readonly missing: string;
}

const Act = z.object({ action: z.enum(detailsActions) });

/** What the details page may ask the extension for. */
export const detailsContract = {
  ...pageCalls,
  watch: stream<undefined, DetailsSnapshot | DetailsMissing>(z.undefined()),
  /** One call to AWS; asked again by the person only. */
  availability: call<undefined, DetailsRow[]>(z.undefined()),
  act: call<z.infer<typeof Act>, undefined>(Act),
} as const;

/** Handed to the page in its HTML. */
export type DetailsPageData = PageData<DetailsStrings>;
