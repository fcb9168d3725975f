import * as z from 'zod/mini';
import type { Failure } from '../../core/errors.js';
import type { Citation } from '../../core/converse/types.js';
import type { ResultCounts, ResultRow } from '../../core/results/types.js';
import { call, stream } from '../../rpc/contract.js';
import { type PageData, pageCalls } from '../../rpc/pageCalls.js';
import type { ResultsStrings } from './strings.js';

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
  readonly failure?: Failure;
}

/** One record in full. */
export interface ResultsDetail {
  readonly row: ResultRow;
  /** The prompt as short text; '' where there is none. */
  readonly prompt: string;
  /** The answer's text and what else it has; calls and citations are empty where there are none. */
  readonly text?: string;
  readonly reasoning?: string;
  readonly toolCalls: readonly { readonly name: string; readonly input: string }[];
  readonly citations: readonly Citation[];
  /** The line, indented, at most `maxRawLength` characters of it. */
  readonly raw: string;
  readonly isRawCut: boolean;
}

/** Characters of raw JSON the page shows; the editor has all of it. */
export const maxRawLength = 100_000;

/** What the results page may ask the extension for. */
export const resultsContract = {
  ...pageCalls,
  watch: stream<undefined, ResultsSnapshot>(z.undefined()),
  rows: call<RowsRequest, ResultRow[]>(RowsRequest),
  detail: call<Key, ResultsDetail>(Key),
  copyAnswer: call<Key, undefined>(Key),
  openRecord: call<Key, undefined>(Key),
  /** Opens what the record was made of: its line of the dataset, or the row of its table. */
  openInput: call<Key, undefined>(Key),
} as const;

/** Handed to the page in its HTML. */
export interface ResultsPageData extends PageData<ResultsStrings> {
  readonly jobName: string;
  readonly modelId?: string;
  readonly folder: string;
  /** True where the run is known, and so what its records were made of. */
  readonly hasInput: boolean;
}
