import { awsError } from '../awsError.js';
import { readBody } from '../http/body.js';
import { emptyReply, xmlElement, xmlReply } from '../http/replies.js';
import {
  type S3Call,
  type S3Operation,
  requireBucket,
  s3Namespace,
  xmlBlocks,
  xmlText,
} from './context.js';
import type { StoredObject } from './objectStore.js';
import { checksumHeaders } from './putObject.js';

export const getObject: S3Operation = async (call) => {
  const object = await requireObject(call);
  const early = checkConditions(call, object);
  if (early !== undefined) return early;
  const { start, end, partial } = readRange(call.request.headers['range'], object.size);
  const headers = {
    ...objectReplyHeaders(call, object, !partial),
    'content-length': String(end - start),
    ...(partial ? { 'content-range': `bytes ${start}-${end - 1}/${object.size}` } : {}),
    ...overrides(call),
  };
  return { status: partial ? 206 : 200, headers, body: { file: object.file, start, end } };
};

export const headObject: S3Operation = async (call) => {
  const object = await requireObject(call);
  const early = checkConditions(call, object);
  if (early !== undefined) return early;
  const { start, end, partial } = readRange(call.request.headers['range'], object.size);
  return emptyReply(partial ? 206 : 200, {
    ...objectReplyHeaders(call, object, !partial),
    'content-length': String(end - start),
    ...(partial ? { 'content-range': `bytes ${start}-${end - 1}/${object.size}` } : {}),
  });
};

async function requireObject(call: S3Call): Promise<StoredObject> {
  await requireBucket(call);
  const found = await call.objects.find(call.bucket, call.key);
  if (found !== undefined) return found;
  throw awsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: call.key });
}

function objectReplyHeaders(
  { request }: S3Call,
  object: StoredObject,
  isWhole: boolean,
): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(
    ([name, value]) => [`x-amz-meta-${name}`, value] as const,
  );
  const wantsChecksum = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    'accept-ranges': 'bytes',
    'content-type': object.contentType,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.lastModified).toUTCString(),
    ...object.headers,
    ...Object.fromEntries(metadata),
    // The stored checksum is of the whole object: on a range it would not match the bytes sent.
    ...(wantsChecksum && isWhole ? checksumHeaders(object) : {}),
  };
}

/** `response-content-type=…` and its kin in the query replace the stored headers. */
function overrides({ request }: S3Call): Record<string, string> {
  const names = ['cache-control', 'content-disposition', 'content-encoding', 'content-type'];
  const asked = names.map((name) => [name, request.query.get(`response-${name}`)] as const);
  return Object.fromEntries(
    asked.filter((entry): entry is readonly [string, string] => entry[1] !== undefined),
  );
}

function checkConditions({ request }: S3Call, object: StoredObject) {
  const tag = (text: string | undefined) =>
    text?.split(',').map((at) => at.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
  const match = tag(request.headers['if-match']);
  if (match !== undefined && !match.includes('*') && !match.includes(object.etag)) {
    const text = 'At least one of the pre-conditions you specified did not hold';
    throw awsError('PreconditionFailed', text, 412, { Condition: 'If-Match' });
  }
  const noneMatch = tag(request.headers['if-none-match']);
  if (noneMatch?.includes('*') === true || noneMatch?.includes(object.etag) === true) {
    return emptyReply(304, { etag: `"${object.etag}"` });
  }
  return undefined;
}

/** `bytes=a-b`, `bytes=a-`, `bytes=-n`; anything else is the whole object, as in S3. */
export function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number; partial: boolean } {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) {
    return { start: 0, end: size, partial: false };
  }
  const [, from = '', to = ''] = match;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (start >= size || start >= end) {
    throw awsError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: header ?? '',
      ActualObjectSize: String(size),
    });
  }
  return { start, end, partial: true };
}

export const deleteObject: S3Operation = async (call) => {
  await requireBucket(call);
  await call.objects.delete(call.bucket, call.key);
  return emptyReply(204);
};

export const deleteObjects: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, objects, bucket } = call;
  const xml = (await readBody(request.body, 2 << 20)).toString('utf8');
  const keys = xmlBlocks(xml, 'Object').flatMap((block) => xmlText(block, 'Key') ?? []);
  if (keys.length === 0 || keys.length > 1000) {
    const text =
      'The XML you provided was not well-formed or did not validate against our published schema';
    throw awsError('MalformedXML', text, 400);
  }
  const isQuiet = xmlText(xml, 'Quiet') === 'true';
  const done: string[] = [];
  for (const key of keys) {
    await objects.delete(bucket, key);
    if (!isQuiet) done.push(`<Deleted>${xmlElement('Key', key)}</Deleted>`);
  }
  return xmlReply(`<DeleteResult ${s3Namespace}>${done.join('')}</DeleteResult>`);
};
