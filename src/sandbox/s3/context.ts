import type { Authenticated } from '../auth/authenticate.js';
import { awsError } from '../awsError.js';
import type { WireRequest, WireResponse } from '../http/wire.js';
import type { SandboxIdentity } from '../state/identity.js';
import type { ObjectStore } from './objectStore.js';
import type { UploadStore } from './uploads.js';

/** What every S3 operation works with. */
export interface S3Services {
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  readonly identity: SandboxIdentity;
  readonly region: string;
}

/** One S3 request: bucket and key decoded, sender checked. */
export interface S3Call extends S3Services {
  readonly request: WireRequest;
  readonly bucket: string;
  readonly key: string;
  readonly auth: Authenticated;
}

export type S3Operation = (call: S3Call) => Promise<WireResponse>;

/** Throws NoSuchBucket where the bucket does not exist. */
export async function requireBucket({ objects, bucket }: S3Call): Promise<void> {
  if (await objects.hasBucket(bucket)) return;
  const text = 'The specified bucket does not exist';
  throw awsError('NoSuchBucket', text, 404, { BucketName: bucket });
}

export const s3Namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** Text of an element of a small XML document; entities decoded. */
export function xmlText(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? undefined : unescapeXml(found);
}

/** The inner text of every element of that name. */
export function xmlBlocks(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g');
  return [...xml.matchAll(pattern)].map((match) => match[1] ?? '');
}

function unescapeXml(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
    if (name.startsWith('#x')) return codePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return codePoint(Number(name.slice(1)));
    const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
    return named[name] ?? whole;
  });
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
