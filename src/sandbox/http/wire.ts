/**
 * One request as the handlers see it. Not the WHATWG `Request`: that one resolves `..` and `%2e` in
 * the path, while S3 keys and request signatures need the bytes the client sent.
 */
export interface WireRequest {
  readonly method: string;
  /** Path exactly as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** Query exactly as sent, without the question mark. */
  readonly rawQuery: string;
  readonly query: Query;
  /** Header names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Fires when the client goes away. */
  readonly signal: AbortSignal;
}

/** Part of a file as a response body: `start` inclusive, `end` exclusive. */
export interface FileSlice {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export type WireBody = string | Uint8Array | FileSlice | AsyncIterable<Uint8Array>;

/** What a handler answers. `cut` ends the connection after the body instead of finishing it. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: WireBody;
  readonly cut?: boolean;
}

/** The answer of a handler; undefined destroys the connection without an answer. */
export type Handler = (request: WireRequest) => Promise<WireResponse | undefined>;

/** Decoded query parameters in the order sent, repeats kept. */
export class Query {
  readonly pairs: readonly (readonly [string, string])[];

  constructor(raw: string) {
    this.pairs = raw
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=');
        const name = at < 0 ? pair : pair.slice(0, at);
        return [decodeQuery(name), at < 0 ? '' : decodeQuery(pair.slice(at + 1))] as const;
      });
  }

  get(name: string): string | undefined {
    return this.pairs.find(([key]) => key === name)?.[1];
  }

  /** Every value of a name that is sent more than once. */
  all(name: string): string[] {
    return this.pairs.filter(([key]) => key === name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
}

function decodeQuery(text: string): string {
  return decodePercent(text.replaceAll('+', ' '));
}

/** Percent-decoded text; text that is not valid percent-encoding comes back as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Splits a request target into path and query. */
export function splitTarget(target: string): { path: string; rawQuery: string } {
  const at = target.indexOf('?');
  return at < 0
    ? { path: target, rawQuery: '' }
    : { path: target.slice(0, at), rawQuery: target.slice(at + 1) };
}

/** True for a body that is a part of a file. */
export function isFileSlice(body: WireBody): body is FileSlice {
  return typeof body === 'object' && 'file' in body;
}
