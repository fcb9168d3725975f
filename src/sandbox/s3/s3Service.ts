import { awsError } from '../awsError.js';
import type { WireRequest, WireResponse } from '../http/wire.js';
import { decodePercent } from '../http/wire.js';
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from './buckets.js';
import type { S3Call, S3Operation } from './context.js';
import { deleteObject, deleteObjects, getObject, headObject } from './getObject.js';
import { listObjects, listObjectsV2 } from './listObjects.js';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './multipart.js';
import { copyObject, putObject } from './putObject.js';

const operations: Readonly<Record<string, S3Operation>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  DeleteBucket: deleteBucket,
  GetBucketLocation: getBucketLocation,
  ListObjectsV2: listObjectsV2,
  ListObjects: listObjects,
  PutObject: putObject,
  CopyObject: copyObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
  ListParts: listParts,
  ListMultipartUploads: listMultipartUploads,
};

/** Bucket and key of a request, path style or with the bucket in the host name. */
export function s3Target(
  request: WireRequest,
  hostBucket: string | undefined,
): { bucket: string; key: string } {
  const path = request.path.replace(/^\//, '');
  if (hostBucket !== undefined) return { bucket: hostBucket, key: decodePercent(path) };
  const at = path.indexOf('/');
  if (at < 0) return { bucket: decodePercent(path), key: '' };
  return { bucket: decodePercent(path.slice(0, at)), key: decodePercent(path.slice(at + 1)) };
}

/** Runs an S3 operation; one the sandbox does not have is a NotImplemented, as S3 says it. */
export function runS3(operation: string, call: S3Call): Promise<WireResponse> {
  const run = operations[operation];
  if (run !== undefined) return run(call);
  const text =
    'A header or query you provided implies functionality that is not implemented by the sandbox';
  throw awsError('NotImplemented', text, 501);
}
