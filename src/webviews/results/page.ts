import { formatCount as format } from '../../core/format.js';
import { resultsContract, type ResultsPageData } from '../../features/results/contract.js';
import { startPage } from '../kit/page.js';

/** The extension, what it put into the page, and the page's texts. */
export const { host, data, strings } = startPage<typeof resultsContract, ResultsPageData>(
  resultsContract,
);

/** A count in the person's notation; a dash where it is not known. */
export function formatCount(count: number | undefined): string {
  return count === undefined ? '–' : format(count);
}
