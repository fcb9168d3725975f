import type { ResultsPageData } from '../../features/results/contract.js';
import { pageData } from '../host.js';

/** What the extension put into the page. */
export const data = pageData() as ResultsPageData;

/** The page's localised texts. */
export const strings = data.strings;

const numbers = new Intl.NumberFormat(data.lang);
const percents = new Intl.NumberFormat(data.lang, { style: 'percent' });

/** A count in the person's notation; a dash where it is not known. */
export function formatCount(count: number | undefined): string {
  return count === undefined ? '–' : numbers.format(count);
}

/** 0 to 1 as per cent. */
export function formatShare(share: number): string {
  return percents.format(share);
}

/** Puts values in place of `{0}`, `{1}`, … */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_match, index: string) => String(values[Number(index)] ?? ''));
}
