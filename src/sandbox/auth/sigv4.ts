import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type WireRequest, decodePercent } from '../http/wire.js';

/** Who signed, when and for which service: the `Credential=` part of a signature. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** A signature as the request carries it, in the Authorization header or in the query. */
export interface RequestSignature {
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Basic ISO time, `20260102T030405Z`. */
  readonly time: string;
  /** Seconds a presigned URL is good for; undefined for a header signature. */
  readonly expires?: number;
}

const algorithm = 'AWS4-HMAC-SHA256';
export const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The signature of a request, or undefined where there is none that could be read. */
export function readSignature(request: WireRequest): RequestSignature | undefined {
  if (request.query.get('X-Amz-Algorithm') === algorithm) return presigned(request);
  const header = request.headers['authorization'] ?? '';
  if (!header.startsWith(algorithm)) return undefined;
  const parts = new Map(
    header
      .slice(algorithm.length)
      .split(',')
      .map((part) => {
        const at = part.indexOf('=');
        return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
      }),
  );
  const scope = parseScope(parts.get('Credential') ?? '');
  const signature = parts.get('Signature');
  const signedHeaders = parts.get('SignedHeaders');
  if (scope === undefined || signature === undefined || signedHeaders === undefined) {
    return undefined;
  }
  const time = request.headers['x-amz-date'] ?? '';
  return { scope, signature, signedHeaders: signedHeaders.split(';'), time };
}

function presigned(request: WireRequest): RequestSignature | undefined {
  const { query } = request;
  const scope = parseScope(query.get('X-Amz-Credential') ?? '');
  if (scope === undefined) return undefined;
  return {
    scope,
    signature: query.get('X-Amz-Signature') ?? '',
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? 'host').split(';'),
    time: query.get('X-Amz-Date') ?? '',
    expires: Number(query.get('X-Amz-Expires') ?? '0'),
  };
}

function parseScope(credential: string): CredentialScope | undefined {
  const parts = credential.split('/');
  if (parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [date, region, service] = parts.slice(-4, -1) as [string, string, string];
  return { accessKeyId: parts.slice(0, -4).join('/'), date, region, service };
}

/** True where the signature is the one the secret key makes over this request. */
export function isSignatureRight(
  request: WireRequest,
  signed: RequestSignature,
  payloadHash: string,
  secretAccessKey: string,
): boolean {
  const key = signingKey(secretAccessKey, signed.scope);
  // A client may sign the path as it sent it or in AWS's own normal form; both are the same path.
  return pathForms(request.path, signed.scope.service).some((path) => {
    const canonical = [
      request.method,
      path,
      canonicalQuery(request),
      ...signed.signedHeaders.map((name) => `${name}:${headerValue(request, name)}`),
      '',
      signed.signedHeaders.join(';'),
      payloadHash,
    ].join('\n');
    return isSame(hmac(key, stringToSign(signed, canonical)).toString('hex'), signed.signature);
  });
}

function stringToSign(signed: RequestSignature, canonical: string): string {
  const { date, region, service } = signed.scope;
  const scope = `${date}/${region}/${service}/aws4_request`;
  return [algorithm, signed.time, scope, sha256Hex(canonical)].join('\n');
}

/** The key for requests and chunks of one day, region and service. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const day = hmac(`AWS4${secretAccessKey}`, scope.date);
  return hmac(hmac(hmac(day, scope.region), scope.service), 'aws4_request');
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares two hexadecimal texts in constant time. */
export function isSame(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

function pathForms(path: string, service: string): string[] {
  const normal = path
    .split('/')
    .map((segment) => encodeRfc3986(decodePercent(segment)))
    .join('/');
  // S3 signs the path encoded once, every other service encodes the sent path again.
  if (service === 's3') return path === normal ? [path] : [path, normal];
  const again = (text: string) => text.split('/').map(encodeRfc3986).join('/');
  return path === normal ? [again(path)] : [again(path), again(normal), path];
}

function canonicalQuery(request: WireRequest): string {
  return request.query.pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function headerValue(request: WireRequest, name: string): string {
  return (request.headers[name] ?? '').trim().replaceAll(/\s+/g, ' ');
}

function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Milliseconds of a basic ISO time; NaN where it is not one. */
export function parseAmzTime(time: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}
