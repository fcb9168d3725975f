import { createHash } from 'node:crypto';
import { awsError } from '../awsError.js';
import { readBody } from '../http/body.js';
import { emptyReply, xmlElement, xmlReply } from '../http/replies.js';
import { type ChecksumName, checksumName, checksumNames } from './checksums.js';
import {
  type S3Call,
  type S3Operation,
  requireBucket,
  s3Namespace,
  xmlBlocks,
  xmlText,
} from './context.js';
import { keyWriter } from './listObjects.js';
import type { ObjectFacts } from './objectStore.js';
import { checkKey, checksumHeaders, objectHeaders } from './putObject.js';
import { receiveBody } from './receive.js';
import type { AskedPart, StoredPart } from './uploads.js';

export const createMultipartUpload: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket, key, uploads } = call;
  checkKey(key);
  const asked = request.headers['x-amz-checksum-algorithm'];
  const type = request.headers['x-amz-checksum-type'];
  const id = await uploads.create({
    bucket,
    key,
    initiated: new Date().toISOString(),
    ...objectHeaders(request),
    ...(asked === undefined ? {} : { algorithm: checksumName(asked) }),
    ...(type === 'FULL_OBJECT' || type === 'COMPOSITE' ? { checksumType: type } : {}),
  });
  const headers = asked === undefined ? {} : { 'x-amz-checksum-algorithm': asked.toUpperCase() };
  const body =
    `<InitiateMultipartUploadResult ${s3Namespace}>` +
    xmlElement('Bucket', bucket) +
    xmlElement('Key', key) +
    `${xmlElement('UploadId', id)}</InitiateMultipartUploadResult>`;
  const reply = xmlReply(body);
  return { ...reply, headers: { ...reply.headers, ...headers } };
};

export const uploadPart: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket, key, uploads, auth, identity } = call;
  const number = Number(request.query.get('partNumber') ?? '');
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    const text = 'Part number must be an integer between 1 and 10000, inclusive';
    throw awsError('InvalidArgument', text, 400, { ArgumentName: 'partNumber' });
  }
  const { headers } = request;
  const length = Number(headers['x-amz-decoded-content-length'] ?? headers['content-length'] ?? 0);
  const id = uploadId(call);
  const part = await uploads.putPart({ id, bucket, key, number }, length, (file, position) =>
    receiveBody(request, file, {
      auth,
      secretAccessKey: identity.secretAccessKey,
      md5: false,
      position,
    }),
  );
  return emptyReply(200, { etag: `"${part.etag}"`, ...checksumHeaders(part) });
};

export const completeMultipartUpload: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket, key, uploads, objects } = call;
  const id = uploadId(call);
  const xml = (await readBody(request.body, 4 << 20)).toString('utf8');
  const earlier = completed.get(id);
  if (earlier !== undefined && (await objects.find(bucket, key))?.etag === earlier) {
    return completeReply(call, { etag: earlier, checksums: {} });
  }
  const start = uploads.get(id, bucket, key);
  const { file, size, parts } = await uploads.assemble(id, bucket, key, askedParts(xml));
  const facts: ObjectFacts = {
    key,
    size,
    etag: `${combinedHash(parts)}-${parts.length}`,
    lastModified: new Date().toISOString(),
    contentType: start.contentType,
    headers: start.headers,
    metadata: start.metadata,
    checksums: {},
  };
  await objects.commit(bucket, facts, file, request.headers['if-none-match'] === '*');
  await uploads.remove(id);
  remember(id, facts.etag);
  return completeReply(call, facts);
};

/** ETags of the last completed uploads: a repeated Complete is answered, as S3 does, not refused. */
const completed = new Map<string, string>();

function remember(id: string, etag: string): void {
  completed.set(id, etag);
  const oldest = completed.keys().next().value;
  if (completed.size > 1000 && oldest !== undefined) completed.delete(oldest);
}

function completeReply(
  { request, bucket, key }: S3Call,
  { etag }: Pick<ObjectFacts, 'etag' | 'checksums'>,
) {
  const location = `http://${request.headers['host'] ?? ''}/${bucket}/${encodeURI(key)}`;
  return xmlReply(
    `<CompleteMultipartUploadResult ${s3Namespace}>` +
      xmlElement('Location', location) +
      xmlElement('Bucket', bucket) +
      xmlElement('Key', key) +
      `${xmlElement('ETag', `"${etag}"`)}</CompleteMultipartUploadResult>`,
  );
}

function askedParts(xml: string): AskedPart[] {
  return xmlBlocks(xml, 'Part').map((block) => {
    const checksums: Partial<Record<ChecksumName, string>> = {};
    for (const name of checksumNames) {
      const value = xmlText(block, `Checksum${name.toUpperCase()}`);
      if (value !== undefined) checksums[name] = value;
    }
    return {
      number: Number(xmlText(block, 'PartNumber') ?? '0'),
      etag: (xmlText(block, 'ETag') ?? '').replaceAll('"', ''),
      checksums,
    };
  });
}

/** MD5 over the part tags, in S3's form `hash-N`. */
function combinedHash(parts: readonly StoredPart[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.etag, 'hex'));
  return hash.digest('hex');
}

export const abortMultipartUpload: S3Operation = async (call) => {
  await requireBucket(call);
  const id = uploadId(call);
  call.uploads.get(id, call.bucket, call.key);
  await call.uploads.remove(id);
  return emptyReply(204);
};

export const listParts: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket, key, uploads } = call;
  const id = uploadId(call);
  const after = Number(request.query.get('part-number-marker') ?? '0');
  const max = Math.min(1000, Number(request.query.get('max-parts') ?? '1000'));
  const parts = uploads.listParts(id, bucket, key).filter(({ number }) => number > after);
  const shown = parts.slice(0, max);
  const rows = shown.map(
    (part) =>
      `<Part>${xmlElement('PartNumber', part.number)}${xmlElement('LastModified', part.lastModified)}` +
      `${xmlElement('ETag', `"${part.etag}"`)}${xmlElement('Size', part.size)}${partChecksums(part)}</Part>`,
  );
  return xmlReply(
    `<ListPartsResult ${s3Namespace}>${xmlElement('Bucket', bucket)}${xmlElement('Key', key)}` +
      xmlElement('UploadId', id) +
      xmlElement('PartNumberMarker', after) +
      xmlElement('NextPartNumberMarker', shown.at(-1)?.number ?? after) +
      xmlElement('MaxParts', max) +
      xmlElement('IsTruncated', parts.length > shown.length) +
      `<StorageClass>STANDARD</StorageClass>${rows.join('')}</ListPartsResult>`,
  );
};

function partChecksums({ checksums }: StoredPart): string {
  return Object.entries(checksums)
    .map(([name, value]) => xmlElement(`Checksum${name.toUpperCase()}`, value))
    .join('');
}

export const listMultipartUploads: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket, uploads } = call;
  const prefix = request.query.get('prefix') ?? '';
  const write = keyWriter(request.query.get('encoding-type'));
  const rows = uploads
    .list(bucket)
    .filter(({ start }) => start.key.startsWith(prefix))
    .slice(0, 1000)
    .map(
      ({ id, start }) =>
        `<Upload>${xmlElement('Key', write(start.key))}${xmlElement('UploadId', id)}` +
        `<StorageClass>STANDARD</StorageClass>${xmlElement('Initiated', start.initiated)}</Upload>`,
    );
  return xmlReply(
    `<ListMultipartUploadsResult ${s3Namespace}>${xmlElement('Bucket', bucket)}` +
      xmlElement('Prefix', write(prefix)) +
      `<MaxUploads>1000</MaxUploads><IsTruncated>false</IsTruncated>${rows.join('')}</ListMultipartUploadsResult>`,
  );
};

function uploadId({ request }: S3Call): string {
  return request.query.get('uploadId') ?? '';
}
