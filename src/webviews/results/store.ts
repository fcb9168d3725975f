import { batch, computed, effect, signal } from '@preact/signals';
import * as z from 'zod/mini';
import type { ResultRow } from '../../core/results/types.js';
import { errorMessage, isCancelled } from '../../core/errors.js';
import {
  type ResultsDetail,
  resultsContract,
  type ResultsSnapshot,
  type ResultsView,
} from '../../features/results/contract.js';
import { connectHost, persistedSignal, storeState } from '../host.js';
import { RowSource } from '../ui/rowSource.js';
import { data } from './format.js';

const { host } = connectHost(resultsContract);

// What the extension needs to open the same results after a reload.
storeState('source', data.source);

/** What the person chose; kept when the page is hidden. */
export const filter = persistedSignal('filter', z.enum(['all', 'errors']), 'all');
export const isErrorsFirst = persistedSignal('errorsFirst', z.boolean(), false);
export const detailShare = persistedSignal('detailShare', z.number(), 0.45);

const wide = window.matchMedia('(min-width: 1200px)');

/** True where the record is shown beside the rows, not below them. */
export const isWide = signal(wide.matches);
wide.addEventListener('change', () => {
  isWide.value = wide.matches;
});

/** The extension's state of the results; undefined until it first speaks. */
export const snapshot = signal<ResultsSnapshot | undefined>(undefined);
/** Set where the extension stopped answering. */
export const failure = signal<string | undefined>(undefined);

/** Selected row of the grid, -1 for none. */
export const active = signal(-1);
/** The selected record in full, or why it cannot be shown. */
export const detail = signal<ResultsDetail | { readonly error: string } | undefined>(undefined);

export const rowCount = computed(() => snapshot.value?.rows[filter.value] ?? 0);

const view = computed<ResultsView>(() => ({
  filter: filter.value,
  order: isErrorsFirst.value ? 'errorsFirst' : 'input',
}));

/** Rows of the current view. */
export const rows = new RowSource<ResultRow>((from, count, abort) =>
  host.rows({ view: view.peek(), from, count }, abort),
);

/** Changes order or filter, which makes row numbers mean other rows. */
export function changeView(change: () => void): void {
  batch(() => {
    change();
    active.value = -1;
    rows.reset();
  });
}

/** Follows the extension's state; again after a failure. */
export async function watch(): Promise<void> {
  failure.value = undefined;
  try {
    for await (const next of host.watch(undefined)) {
      const wasReady = snapshot.value?.phase === 'ready';
      batch(() => {
        snapshot.value = next;
        // The rows so far were in file order; from now on in the order that was asked for.
        if (!wasReady && next.phase === 'ready') {
          active.value = -1;
          rows.reset();
        }
      });
    }
  } catch (error) {
    if (!isCancelled(error)) failure.value = errorMessage(error);
  }
}

const activeKey = computed(() => {
  rows.version.value satisfies number;
  return active.value < 0 ? undefined : rows.row(active.value)?.key;
});

effect(() => {
  const key = activeKey.value;
  if (key === undefined) {
    if (active.value < 0) detail.value = undefined;
    return undefined;
  }
  const controller = new AbortController();
  host.detail({ key }, controller.signal).then(
    (found) => {
      if (!controller.signal.aborted) detail.value = found;
    },
    (error: unknown) => {
      if (!isCancelled(error)) detail.value = { error: errorMessage(error) };
    },
  );
  return () => {
    controller.abort();
  };
});

/** Puts the answer on the clipboard. */
export function copyAnswer(key: number): Promise<undefined> {
  return host.copyAnswer({ key });
}

/** Opens the record as a JSON document in the editor. */
export async function openRecord(key: number): Promise<void> {
  try {
    await host.openRecord({ key });
  } catch (error) {
    if (!isCancelled(error)) detail.value = { error: errorMessage(error) };
  }
}
