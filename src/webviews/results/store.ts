import { batch, computed, effect, signal } from '@preact/signals';
import * as z from 'zod/mini';
import type { ResultRow } from '../../core/results/types.js';
import type { Failure } from '../../core/errors.js';
import type {
  ResultsDetail,
  ResultsSnapshot,
  ResultsView,
} from '../../features/results/contract.js';
import { followed } from '../kit/follow.js';
import { persistedSignal } from '../kit/host.js';
import { guard, showFailure } from '../kit/page.js';
import { RowSource } from '../ui/rowSource.js';
import { host } from './page.js';

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

/** Selected row of the grid, -1 for none. */
export const active = signal(-1);
/** The selected record in full, or why it cannot be shown. */
export const detail = signal<ResultsDetail | { readonly failure: Failure } | undefined>(undefined);

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

/** Follows the extension's state. */
export const { failure, watch } = followed(
  () => host.watch(undefined),
  (next) => {
    const wasReady = snapshot.value?.phase === 'ready';
    batch(() => {
      snapshot.value = next;
      // The rows so far were in file order; from now on in the order that was asked for.
      if (!wasReady && next.phase === 'ready') {
        active.value = -1;
        rows.reset();
      }
    });
  },
);

/** Shows what went wrong in the place of the record. */
export function showDetailFailed(found: Failure): void {
  detail.value = { failure: found };
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
      showFailure(error, showDetailFailed);
    },
  );
  return () => {
    controller.abort();
  };
});

/** Puts the answer on the clipboard; true where it is there. */
export async function copyAnswer(key: number): Promise<boolean> {
  let isCopied = false;
  await guard(async () => {
    await host.copyAnswer({ key });
    isCopied = true;
  }, showDetailFailed);
  return isCopied;
}

/** Opens what the record was made of. */
export async function openInput(key: number): Promise<void> {
  await guard(() => host.openInput({ key }), showDetailFailed);
}

/** Opens the record in a read-only editor. */
export async function openRecord(key: number): Promise<void> {
  await guard(() => host.openRecord({ key }), showDetailFailed);
}
