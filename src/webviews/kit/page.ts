import { signal } from '@preact/signals';
import { type ComponentChild, render } from 'preact';
import { type Failure, isCancelled, toFailure } from '../../core/errors.js';
import { useLocale } from '../../core/format.js';
import type { Client } from '../../rpc/client.js';
import type { Contract } from '../../rpc/contract.js';
import type { PageData, PageStrings } from '../../rpc/pageCalls.js';
import { connectHost, pageData, storeState } from './host.js';

// As the extension has set it for screen readers.
useLocale(document.documentElement.lang);

const common = pageData() as PageData;

// What the extension needs to show the same after a reload.
for (const [key, value] of Object.entries(common.state)) storeState(key, value);

/** The texts that every page has. */
export const pageStrings: PageStrings = common.strings;

/** The extension, and what it put into the page. */
export function startPage<C extends Contract, D extends PageData>(
  contract: C,
): { readonly host: Client<C>; readonly data: D; readonly strings: D['strings'] } {
  // The extension's own, so it is not parsed again.
  const data = common as D;
  return { host: connectHost(contract).host, data, strings: data.strings };
}

/** Read out by screen readers as it changes. */
export const announcement = signal('');

/** Reads a text out, also where it is the same as the last one. */
export function announce(text: string): void {
  announcement.value = '';
  announcement.value = text;
}

/** Hands what went wrong to `show`; a cancelled action is silent. */
export function showFailure(error: unknown, show: (failure: Failure) => void): void {
  if (!isCancelled(error)) show(toFailure(error));
}

/** Does what a person asked for; what goes wrong is shown. */
export async function guard(
  work: () => Promise<unknown>,
  show: (failure: Failure) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    showFailure(error, show);
  }
}

/** Puts the page into the document. */
export function mount(app: ComponentChild): void {
  const root = document.getElementById('root');
  if (root) render(app, root);
}

/** Puts values in place of `{0}`, `{1}`, … */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_match, index: string) => String(values[Number(index)] ?? ''));
}
