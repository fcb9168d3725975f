import { awsError } from '../awsError.js';
import { xmlElement, xmlReply } from '../http/replies.js';
import { type S3Call, type S3Operation, requireBucket, s3Namespace } from './context.js';
import type { StoredObject } from './objectStore.js';

interface ListAsk {
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys up to and with this one are left out. */
  readonly after: string;
  readonly maxKeys: number;
}

interface ListPage {
  readonly objects: readonly StoredObject[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of this page, where more follow. */
  readonly next?: string;
}

export const listObjectsV2: S3Operation = async (call) => {
  await requireBucket(call);
  const { request, bucket } = call;
  const { query } = request;
  const token = query.get('continuation-token');
  const ask = readAsk(call, token === undefined ? query.get('start-after') : readToken(token));
  const page = await listPage(call, ask);
  const write = keyWriter(query.get('encoding-type'));
  const isOwned = query.get('fetch-owner') === 'true';
  const next = page.next === undefined ? undefined : makeToken(page.next);
  return xmlReply(
    [
      `<ListBucketResult ${s3Namespace}>`,
      xmlElement('Name', bucket),
      xmlElement('Prefix', write(ask.prefix)),
      ask.delimiter === '' ? '' : xmlElement('Delimiter', write(ask.delimiter)),
      token === undefined ? xmlElement('StartAfter', write(query.get('start-after') ?? '')) : '',
      xmlElement('ContinuationToken', token),
      xmlElement('NextContinuationToken', next),
      xmlElement('KeyCount', page.objects.length + page.prefixes.length),
      xmlElement('MaxKeys', ask.maxKeys),
      xmlElement('EncodingType', query.get('encoding-type')),
      xmlElement('IsTruncated', next !== undefined),
      contents(call, page, write, isOwned),
      '</ListBucketResult>',
    ].join(''),
  );
};

/** The older form, which some tools still use: markers in place of tokens. */
export const listObjects: S3Operation = async (call) => {
  await requireBucket(call);
  const { query } = call.request;
  const ask = readAsk(call, query.get('marker'));
  const page = await listPage(call, ask);
  const write = keyWriter(query.get('encoding-type'));
  return xmlReply(
    [
      `<ListBucketResult ${s3Namespace}>`,
      xmlElement('Name', call.bucket),
      xmlElement('Prefix', write(ask.prefix)),
      xmlElement('Marker', write(query.get('marker') ?? '')),
      ask.delimiter === '' ? '' : xmlElement('Delimiter', write(ask.delimiter)),
      page.next === undefined || ask.delimiter === ''
        ? ''
        : xmlElement('NextMarker', write(page.next)),
      xmlElement('MaxKeys', ask.maxKeys),
      xmlElement('EncodingType', query.get('encoding-type')),
      xmlElement('IsTruncated', page.next !== undefined),
      contents(call, page, write, true),
      '</ListBucketResult>',
    ].join(''),
  );
};

function readAsk({ request: { query } }: S3Call, after: string | undefined): ListAsk {
  const asked = query.get('max-keys');
  const maxKeys = asked === undefined || asked === '' ? 1000 : Number(asked);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    const text = 'Provided max-keys not an integer or within integer range';
    throw awsError('InvalidArgument', text, 400, {
      ArgumentName: 'max-keys',
      ArgumentValue: asked ?? '',
    });
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: after ?? '',
    maxKeys: Math.min(maxKeys, 1000),
  };
}

async function listPage({ objects, bucket }: S3Call, ask: ListAsk): Promise<ListPage> {
  const found: StoredObject[] = [];
  const prefixes: string[] = [];
  const after = Buffer.from(ask.after);
  let last = '';
  if (ask.maxKeys === 0) return { objects: [], prefixes: [] };
  for (const object of await objects.keysBelow(bucket, ask.prefix)) {
    const common = commonPrefix(object.key, ask);
    // A page may end with a common prefix: everything under it counts as already listed.
    if (ask.after !== '' && Buffer.compare(Buffer.from(common ?? object.key), after) <= 0) continue;
    if (common !== undefined && common === prefixes.at(-1)) continue;
    if (found.length + prefixes.length === ask.maxKeys) {
      return { objects: found, prefixes, next: last };
    }
    last = common ?? object.key;
    if (common === undefined) found.push(object);
    else prefixes.push(common);
  }
  return { objects: found, prefixes };
}

function commonPrefix(key: string, { prefix, delimiter }: ListAsk): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

function contents(
  { identity }: S3Call,
  { objects, prefixes }: ListPage,
  write: (key: string) => string,
  isOwned: boolean,
): string {
  const owner = isOwned ? `<Owner>${xmlElement('ID', identity.accountId)}</Owner>` : '';
  const rows = objects.map(
    (object) =>
      `<Contents>${xmlElement('Key', write(object.key))}` +
      xmlElement('LastModified', object.lastModified) +
      xmlElement('ETag', `"${object.etag}"`) +
      xmlElement('Size', object.size) +
      `${owner}<StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const groups = prefixes.map(
    (prefix) => `<CommonPrefixes>${xmlElement('Prefix', write(prefix))}</CommonPrefixes>`,
  );
  return rows.join('') + groups.join('');
}

/** With `encoding-type=url` keys are percent-encoded, slashes kept. */
export function keyWriter(encoding: string | undefined): (key: string) => string {
  if (encoding === undefined) return (key) => key;
  if (encoding !== 'url') {
    throw awsError('InvalidArgument', 'Invalid Encoding Method specified in Request', 400);
  }
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
}

function makeToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (text.startsWith('after:')) return text.slice('after:'.length);
  throw awsError('InvalidArgument', 'The continuation token provided is incorrect', 400, {
    ArgumentName: 'continuation-token',
  });
}
