import { playgroundContract, type PlaygroundPageData } from '../../features/playground/contract.js';
import { startPage } from '../kit/page.js';

/** The extension, and the page's localised texts. */
export const { host, strings } = startPage<typeof playgroundContract, PlaygroundPageData>(
  playgroundContract,
);

/** An id no other turn, lane or run has. */
export function newId(): string {
  return crypto.randomUUID();
}
