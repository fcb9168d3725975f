import { validationError } from '../awsError.js';
import { ConstraintCheck } from './constraints.js';
import type { Query } from './wire.js';

/** One page of a list, by `maxResults` and `nextToken`; a made-up token is refused. */
export function pageOf<T>(
  query: Query,
  items: readonly T[],
  otherwise = 100,
): { page: readonly T[]; nextToken?: string } {
  const asked = query.get('maxResults');
  const check = new ConstraintCheck();
  check.integer('maxResults', asked === undefined ? undefined : Number(asked), 1, 1000);
  check.done();
  const start = readToken(query.get('nextToken'));
  const end = start + (asked === undefined ? otherwise : Number(asked));
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
