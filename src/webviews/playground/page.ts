import { playgroundContract, type PlaygroundPageData } from '../../features/playground/contract.js';
import { connectHost, pageData, storeState } from '../host.js';

/** What the extension put into the page. */
export const data = pageData() as PlaygroundPageData;

/** The page's localised texts. */
export const strings = data.strings;

/** The extension. */
export const { host } = connectHost(playgroundContract);

// What the extension needs to open the same playground after a reload.
storeState('documentId', data.documentId);

/** An id no other turn, lane or run has. */
export function newId(): string {
  return crypto.randomUUID();
}

const whole = new Intl.NumberFormat(data.lang);
const short = new Intl.NumberFormat(data.lang, { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat(data.lang, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 3,
});

/** A count in the person's notation. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** Milliseconds below one second, otherwise seconds. */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${whole.format(Math.round(milliseconds))} ms`
    : `${short.format(milliseconds / 1000)} s`;
}

/** One decimal at most. */
export function formatRate(rate: number): string {
  return short.format(rate);
}

/** An amount of dollars, also the very small ones. */
export function formatMoney(amount: number): string {
  return money.format(amount);
}

/** Puts values in place of `{0}`, `{1}`, … */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_match, index: string) => String(values[Number(index)] ?? ''));
}
