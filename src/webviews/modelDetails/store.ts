import { signal } from '@preact/signals';
import { errorMessage, isCancelled } from '../../core/errors.js';
import {
  detailsContract,
  type DetailsAction,
  type DetailsMissing,
  type DetailsPageData,
  type DetailsRow,
  type DetailsSnapshot,
} from '../../features/models/contract.js';
import { connectHost, pageData, storeState } from '../host.js';

const { host } = connectHost(detailsContract);

/** What the extension put into the page. */
export const { modelId, strings } = pageData() as DetailsPageData;

// What the extension needs to open the same model after a reload.
storeState('modelId', modelId);

/** The model's facts; undefined until the extension first speaks. */
export const snapshot = signal<DetailsSnapshot | DetailsMissing | undefined>(undefined);
/** Set where the extension stopped answering. */
export const failure = signal<string | undefined>(undefined);
/** What AWS says about access, why it did not say it, or undefined while it is asked. */
export const access = signal<readonly DetailsRow[] | { readonly error: string } | undefined>(
  undefined,
);
/** Said once by screen readers after something was copied. */
export const announcement = signal('');

/** Follows the extension's facts; again after a failure. */
export async function watch(): Promise<void> {
  failure.value = undefined;
  try {
    for await (const next of host.watch(undefined)) snapshot.value = next;
  } catch (error) {
    if (!isCancelled(error)) failure.value = errorMessage(error);
  }
}

/** Asks AWS whether this account may use the model. */
export async function askAccess(): Promise<void> {
  access.value = undefined;
  try {
    access.value = await host.availability(undefined);
  } catch (error) {
    if (!isCancelled(error)) access.value = { error: errorMessage(error) };
  }
}

/** Runs a button's command; what goes wrong there is told by the editor. */
export async function act(action: DetailsAction): Promise<void> {
  await host.act({ action });
  if (action === 'refresh') await askAccess();
}

/** Puts a value on the clipboard. */
export async function copy(text: string): Promise<void> {
  await host.copy({ text });
  announcement.value = '';
  announcement.value = strings.copied;
}

/** Opens a source in the browser. */
export async function openLink(url: string): Promise<void> {
  await host.openLink({ url });
}
