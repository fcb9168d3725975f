import { delay } from '../../../src/core/async.js';

/** How long a person would wait before calling the thing broken, in milliseconds. */
export const patience = 30_000;

/**
 * Asks until the answer is neither undefined nor false, then returns it. Throws when `limit`
 * milliseconds are over, with the last error the probe threw as the cause.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  limit = patience,
): Promise<T> {
  const deadline = Date.now() + limit;
  let cause: unknown;
  do {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(100);
  } while (Date.now() < deadline);
  throw new Error(`${what}: not within ${limit / 1000} seconds`, { cause });
}

/** True where the text is the one asked for: a string is compared whole, a pattern is searched. */
export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** A text as a person reads it: without the spaces that icons and line breaks leave. */
export function plain(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** The text with everything escaped that means something in a pattern. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
