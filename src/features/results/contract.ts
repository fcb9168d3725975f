import * as z from 'zod/mini';
import type { ResultCounts, ResultRow } from '../../core/results/types.js';
import { call, stream } from '../../rpc/contract.js';

/** Rows a page of the grid may ask for at once. */
export const maxPageRows = 500;

const View = z.object({
  order: z.enum(['input', 'errorsFirst']),
  filter: z.enum(['all', 'errors']),
});
/** What the person chose in the toolbar. */
export type ResultsView = z.infer<typeof View>;

const RowsRequest = z.object({
  view: View,
  from: z.int().check(z.nonnegative()),
  count: z.int().check(z.positive(), z.maximum(maxPageRows)),
});
type RowsRequest = z.infer<typeof RowsRequest>;

const Key = z.object({ key: z.int().check(z.nonnegative()) });
type Key = z.infer<typeof Key>;

/** State of the results; sent whole, so that a missed one does no harm. */
export interface ResultsSnapshot {
  /** `indexing`: rows so far are in the order of the files and may be shown. */
  readonly phase: 'indexing' | 'ready' | 'failed';
  /** 0 to 1, of the bytes to read. */
  readonly progress: number;
  readonly counts: ResultCounts;
  /** Rows of each filter. */
  readonly rows: { readonly all: number; readonly errors: number };
  /** From the manifest; absent where it does not say. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly error?: string;
}

/** One record in full. */
export interface ResultsDetail {
  readonly row: ResultRow;
  /** The prompt as short text; '' where there is none. */
  readonly prompt: string;
  /** The line, indented, at most `maxRawLength` characters of it. */
  readonly raw: string;
  readonly isRawCut: boolean;
}

/** Characters of raw JSON the page shows; the editor has all of it. */
export const maxRawLength = 100_000;

/** What the results page may ask the extension for. */
export const resultsContract = {
  watch: stream<undefined, ResultsSnapshot>(z.undefined()),
  rows: call<RowsRequest, ResultRow[]>(RowsRequest),
  detail: call<Key, ResultsDetail>(Key),
  copyAnswer: call<Key, undefined>(Key),
  openRecord: call<Key, undefined>(Key),
} as const;

/** The page's texts, localised by the extension. `{0}` is replaced. */
export interface ResultsStrings {
  readonly results: string;
  readonly model: string;
  readonly total: string;
  readonly success: string;
  readonly errors: string;
  readonly missing: string;
  readonly extra: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
  readonly unknown: string;
  readonly filter: string;
  readonly all: string;
  readonly needAttention: string;
  readonly errorsFirst: string;
  readonly line: string;
  readonly recordId: string;
  readonly status: string;
  readonly answer: string;
  readonly tokensIn: string;
  readonly tokensOut: string;
  readonly stopReason: string;
  readonly statusSuccess: string;
  readonly statusError: string;
  readonly statusMissing: string;
  readonly statusExtra: string;
  readonly loading: string;
  readonly indexing: string;
  readonly indexed: string;
  readonly rowsShown: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly noErrorsTitle: string;
  readonly noErrorsText: string;
  readonly failedTitle: string;
  readonly retry: string;
  readonly detail: string;
  readonly resize: string;
  readonly close: string;
  readonly prompt: string;
  readonly rawJson: string;
  readonly rawCut: string;
  readonly copyAnswer: string;
  readonly copied: string;
  readonly openRecord: string;
  readonly noAnswer: string;
}

/** Handed to the page in its HTML. */
export interface ResultsPageData {
  /** What to open after a reload; the page stores it, the extension alone reads it. */
  readonly source: string;
  readonly lang: string;
  readonly jobName: string;
  readonly modelId?: string;
  readonly folder: string;
  readonly strings: ResultsStrings;
}
