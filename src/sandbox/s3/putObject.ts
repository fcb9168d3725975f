import { copyFile, rm } from 'node:fs/promises';
import { awsError } from '../awsError.js';
import { emptyReply, xmlElement, xmlReply } from '../http/replies.js';
import { type WireRequest, decodePercent } from '../http/wire.js';
import { type S3Call, type S3Operation, requireBucket, s3Namespace } from './context.js';
import type { ObjectFacts, StoredObject } from './objectStore.js';
import { receiveBody } from './receive.js';

const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];

/** What the headers of a put say about the object: type, stored headers, `x-amz-meta-*`. */
export function objectHeaders({ headers }: WireRequest) {
  const kept: Record<string, string> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = value;
    if (!keptHeaders.includes(name)) continue;
    // aws-chunked is how the bytes travelled, never a property of the object.
    const text = value.replace(/(^|,)\s*aws-chunked\s*(?=,|$)/, '').replace(/^,\s*/, '');
    if (text !== '') kept[name] = text;
  }
  const contentType = headers['content-type'] ?? 'binary/octet-stream';
  return { contentType, headers: kept, metadata };
}

/** Refuses keys S3 refuses. */
export function checkKey(key: string): void {
  if (Buffer.byteLength(key) <= 1024) return;
  const sizes = { Size: String(Buffer.byteLength(key)), MaxSizeAllowed: '1024' };
  throw awsError('KeyTooLongError', 'Your key is too long', 400, sizes);
}

export const putObject: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, objects, bucket, key, auth, identity } = call;
  checkKey(key);
  const onlyNew = readIfNoneMatch(request);
  if (onlyNew && (await objects.find(bucket, key)) !== undefined) throw preconditionFailed();
  const { file, handle } = await objects.temporaryFile();
  try {
    const { secretAccessKey } = identity;
    const options = { auth, secretAccessKey, md5: true, position: 0 };
    const received = await receiveBody(request, handle, options).finally(() => handle.close());
    const facts: ObjectFacts = {
      key,
      size: received.size,
      etag: received.md5 ?? '',
      lastModified: new Date().toISOString(),
      ...objectHeaders(request),
      checksums: received.checksums,
      checksumType: 'FULL_OBJECT',
    };
    await objects.commit(bucket, facts, file, onlyNew);
    return emptyReply(200, { etag: `"${facts.etag}"`, ...checksumHeaders(facts) });
  } finally {
    await rm(file, { force: true });
  }
};

/** `x-amz-checksum-*` answer headers. */
export function checksumHeaders({
  checksums,
  checksumType,
}: Pick<ObjectFacts, 'checksums' | 'checksumType'>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(checksums)) headers[`x-amz-checksum-${name}`] = value;
  if (Object.keys(headers).length > 0 && checksumType !== undefined) {
    headers['x-amz-checksum-type'] = checksumType;
  }
  return headers;
}

function readIfNoneMatch({ headers }: WireRequest): boolean {
  const value = headers['if-none-match'];
  if (value === undefined) return false;
  if (value === '*') return true;
  const text = 'A header you provided implies functionality that is not implemented';
  throw awsError('NotImplemented', text, 501, { Header: 'If-None-Match' });
}

function preconditionFailed() {
  const text = 'At least one of the pre-conditions you specified did not hold';
  return awsError('PreconditionFailed', text, 412, { Condition: 'If-None-Match' });
}

export const copyObject: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, objects, bucket, key } = call;
  checkKey(key);
  const source = await copySource(call);
  const { file, handle } = await objects.temporaryFile();
  await handle.close();
  try {
    await copyFile(source.file, file);
    const isReplaced = request.headers['x-amz-metadata-directive'] === 'REPLACE';
    const facts: ObjectFacts = {
      ...factsOf(source),
      ...(isReplaced ? objectHeaders(request) : {}),
      key,
      lastModified: new Date().toISOString(),
    };
    await objects.commit(bucket, facts, file);
    const etag = xmlElement('ETag', `"${facts.etag}"`);
    const time = xmlElement('LastModified', facts.lastModified);
    return xmlReply(`<CopyObjectResult ${s3Namespace}>${etag}${time}</CopyObjectResult>`);
  } finally {
    await rm(file, { force: true });
  }
};

/** The facts of an object without where its bytes are. */
function factsOf(object: StoredObject): ObjectFacts {
  const facts = { ...object };
  delete (facts as { file?: string }).file;
  return facts;
}

async function copySource({ request, objects }: S3Call) {
  const sent = request.headers['x-amz-copy-source'] ?? '';
  const source = decodePercent(sent.split('?')[0] ?? '').replace(/^\//, '');
  const at = source.indexOf('/');
  const bucket = at < 0 ? source : source.slice(0, at);
  const key = at < 0 ? '' : source.slice(at + 1);
  if (!(await objects.hasBucket(bucket))) {
    throw awsError('NoSuchBucket', 'The specified bucket does not exist', 404, {
      BucketName: bucket,
    });
  }
  const found = await objects.find(bucket, key);
  if (found !== undefined) return found;
  throw awsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}
