import * as z from 'zod/mini';
import { call, stream } from '../../rpc/contract.js';

/** What the page's buttons do; each runs the command of the same name. */
export const detailsActions = [
  'openInPlayground',
  'useForBatch',
  'toggleFavourite',
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

const text = z.string().check(z.maxLength(2048));
const Text = z.object({ text });
const Url = z.object({ url: text });
const Act = z.object({ action: z.enum(detailsActions) });

/** What the details page may ask the extension for. */
export const detailsContract = {
  watch: stream<undefined, DetailsSnapshot | DetailsMissing>(z.undefined()),
  /** One call to AWS; asked again by the person only. */
  availability: call<undefined, DetailsRow[]>(z.undefined()),
  act: call<z.infer<typeof Act>, undefined>(Act),
  copy: call<z.infer<typeof Text>, undefined>(Text),
  openLink: call<z.infer<typeof Url>, undefined>(Url),
} as const;

/** The page's own texts, localised by the extension. */
export interface DetailsStrings {
  readonly loading: string;
  readonly missingTitle: string;
  readonly failedTitle: string;
  readonly retry: string;
  readonly actions: string;
  readonly copy: string;
  readonly copied: string;
  readonly access: string;
  readonly checkingAccess: string;
  readonly profiles: string;
  readonly noProfiles: string;
  readonly profileId: string;
  readonly profileType: string;
  readonly profileRegions: string;
  readonly usedHere: string;
}

/** Handed to the page in its HTML. */
export interface DetailsPageData {
  /** What to open after a reload. */
  readonly modelId: string;
  readonly strings: DetailsStrings;
}
