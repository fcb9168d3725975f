import { validationError } from '../awsError.js';

/** One page of a list, by `maxResults` and `nextToken`; a made-up token is refused. */
export function pageOf<T>(
  {
    maxResults = 100,
    nextToken,
  }: { maxResults?: number | undefined; nextToken?: string | undefined },
  items: readonly T[],
): { page: T[]; nextToken?: string } {
  const start = readToken(nextToken);
  const end = start + maxResults;
  const page = items.slice(start, end);
  if (end >= items.length) return { page };
  return { page, nextToken: Buffer.from(`page:${end}`).toString('base64url') };
}

function readToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const match = /^page:(\d+)$/.exec(text);
  if (match === null) throw validationError('The nextToken is not valid.');
  return Number(match[1]);
}
