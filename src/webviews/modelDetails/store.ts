import { signal } from '@preact/signals';
import type { Failure } from '../../core/errors.js';
import {
  detailsContract,
  type DetailsAction,
  type DetailsMissing,
  type DetailsPageData,
  type DetailsRow,
  type DetailsSnapshot,
} from '../../features/models/contract.js';
import { followed } from '../kit/follow.js';
import { announce, guard, pageStrings, startPage } from '../kit/page.js';

const page = startPage<typeof detailsContract, DetailsPageData>(detailsContract);
export const { host, strings } = page;
/** The model that is shown. */
export const modelId = page.data.state['modelId'] ?? '';

/** The model's facts; undefined until the extension first speaks. */
export const snapshot = signal<DetailsSnapshot | DetailsMissing | undefined>(undefined);
/** What AWS says about access, why it did not say it, or undefined while it is asked. */
export const access = signal<readonly DetailsRow[] | { readonly failure: Failure } | undefined>(
  undefined,
);

/** Follows the extension's facts. */
export const { failure, watch } = followed(
  () => host.watch(undefined),
  (next) => {
    snapshot.value = next;
  },
);

/** Shows what went wrong in the place of the facts. */
export function showFailed(found: Failure): void {
  failure.value = found;
}

/** Asks AWS whether this account may use the model. */
export async function askAccess(): Promise<void> {
  access.value = undefined;
  await guard(
    async () => {
      access.value = await host.availability(undefined);
    },
    (found) => {
      access.value = { failure: found };
    },
  );
}

/** Runs a button's command. */
export async function act(action: DetailsAction): Promise<void> {
  await guard(() => host.act({ action }), showFailed);
  if (action === 'refresh') await askAccess();
}

/** Puts a value on the clipboard. */
export async function copy(text: string): Promise<void> {
  await guard(async () => {
    await host.copy({ text });
    announce(pageStrings.copied);
  }, showFailed);
}

/** Opens a source in the browser. */
export async function openLink(url: string): Promise<void> {
  await guard(() => host.openLink({ url }), showFailed);
}
