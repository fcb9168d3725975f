import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import * as l10n from '@vscode/l10n';
import type { BatchStorage, StoredObject, UploadRequest } from '../core/batch/ports.js';
import { isAppError } from '../core/errors.js';
import { awsCall } from './errors/awsError.js';
import type { CallContext } from './errors/rule.js';

/** Bytes of a part: with four in flight an upload holds about 32 MB. S3's floor is 5 MiB. */
const partBytes = 8 * 1024 * 1024;
const partsInFlight = 4;
/** How long a cancelled upload of one part may go on, milliseconds. */
const putGraceMs = 10_000;

type Call = <T>(action: string, resource: string, work: () => Promise<T>) => Promise<T>;

/** Amazon S3 as a run needs it. Errors name the S3 action and the `s3://` URI. */
export function createStorage(
  client: S3Client,
  context: Omit<CallContext, 'action'>,
): BatchStorage {
  const call: Call = (action, resource, work) => awsCall({ ...context, action, resource }, work);
  return {
    upload: (request, signal) => upload(client, call, request, signal),
    abortUploads: (bucket, key, signal) =>
      call('s3:AbortMultipartUpload', uri(bucket, key), () =>
        abortUploads(client, bucket, key, signal),
      ),
    head: async (bucket, key, signal) => {
      try {
        const found = await call('s3:GetObject', uri(bucket, key), () =>
          client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), abortable(signal)),
        );
        return found.ContentLength ?? 0;
      } catch (error) {
        if (isAppError(error) && error.kind === 'notFound') return undefined;
        throw error;
      }
    },
    remove: async (bucket, key, signal) => {
      await call('s3:DeleteObject', uri(bucket, key), () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), abortable(signal)),
      );
    },
    list: (bucket, prefix, signal) => list(client, call, { bucket, prefix }, signal),
    browse: (bucket, prefix, signal) =>
      call('s3:ListBucket', uri(bucket, prefix), async () => {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', MaxKeys: 50 }),
          abortable(signal),
        );
        return (page.CommonPrefixes ?? []).flatMap((entry) => entry.Prefix ?? []);
      }),
    buckets: (signal) =>
      call('s3:ListAllMyBuckets', '*', async () => {
        const page = await client.send(new ListBucketsCommand({}), abortable(signal));
        return (page.Buckets ?? []).flatMap((bucket) => bucket.Name ?? []);
      }),
    read: (bucket, key, signal) =>
      call('s3:GetObject', uri(bucket, key), async () => {
        const object = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key }),
          abortable(signal),
        );
        if (!(object.Body instanceof Readable))
          throw new Error(l10n.t('S3 answered without a body'));
        return object.Body as AsyncIterable<Uint8Array>;
      }),
  };
}

const uri = (bucket: string, key: string) => `s3://${bucket}/${key}`;
const abortable = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});

/** One streamed upload; whatever goes wrong, the parts already sent are aborted. */
async function upload(
  client: S3Client,
  call: Call,
  request: UploadRequest,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { bucket, key } = request;
  const body = Readable.from(request.body(), { objectMode: false });
  const controller = new AbortController();
  const transfer = new Upload({
    client,
    abortController: controller,
    queueSize: partsInFlight,
    partSize: partBytes,
    params: {
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: 'application/jsonl',
      ...(request.kmsKeyId
        ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: request.kmsKeyId }
        : {}),
    },
  });
  transfer.on('httpUploadProgress', (progress) => {
    request.onProgress?.(progress.loaded ?? 0);
  });
  let grace: NodeJS.Timeout | undefined;
  const stop = () => {
    // A single put that is cut off may still take effect, after the caller has cleared up: let it end.
    if (request.bytes !== undefined && request.bytes < partBytes) {
      grace = setTimeout(() => {
        controller.abort();
      }, putGraceMs);
    } else controller.abort();
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) controller.abort();
  try {
    await call('s3:PutObject', uri(bucket, key), () => transfer.done());
  } catch (error) {
    // lib-storage gives up at once on an abort and may leave its parts: clear them ourselves.
    if (transfer.uploadId) await abortOne(client, bucket, key, transfer.uploadId);
    throw error;
  } finally {
    clearTimeout(grace);
    signal?.removeEventListener('abort', stop);
    body.destroy();
  }
}

/** Aborts one multipart upload; one that is already gone is fine, and the first error matters more. */
async function abortOne(client: S3Client, bucket: string, key: string, uploadId: string) {
  await client
    .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }))
    .catch(() => undefined);
}

async function abortUploads(
  client: S3Client,
  bucket: string,
  key: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const page = await client.send(
    new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }),
    abortable(signal),
  );
  for (const found of page.Uploads ?? []) {
    if (found.Key === key && found.UploadId) await abortOne(client, bucket, key, found.UploadId);
  }
}

async function* list(
  client: S3Client,
  call: Call,
  at: { readonly bucket: string; readonly prefix: string },
  signal: AbortSignal | undefined,
): AsyncIterable<StoredObject> {
  let token: string | undefined;
  do {
    const page = await call('s3:ListBucket', uri(at.bucket, at.prefix), () =>
      client.send(
        new ListObjectsV2Command({
          Bucket: at.bucket,
          Prefix: at.prefix,
          ...(token ? { ContinuationToken: token } : {}),
        }),
        abortable(signal),
      ),
    );
    for (const object of page.Contents ?? []) {
      if (object.Key) yield { key: object.Key, bytes: object.Size ?? 0 };
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token);
}
