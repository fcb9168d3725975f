import type { WireRequest } from '../http/wire.js';

/** The S3 operation of a request: method, bucket and key present, and sub-resource in the query. */
export function s3Operation(request: WireRequest, bucket: string, key: string): string {
  const { method, query, headers } = request;
  if (bucket === '') return method === 'GET' ? 'ListBuckets' : 'Unknown';
  if (key === '') return bucketOperation(request);
  if (query.has('uploadId')) {
    if (method === 'PUT') {
      return headers['x-amz-copy-source'] === undefined ? 'UploadPart' : 'UploadPartCopy';
    }
    const names: Record<string, string> = {
      POST: 'CompleteMultipartUpload',
      DELETE: 'AbortMultipartUpload',
      GET: 'ListParts',
    };
    return names[method] ?? 'Unknown';
  }
  if (query.has('uploads')) return method === 'POST' ? 'CreateMultipartUpload' : 'Unknown';
  if (query.has('tagging') || query.has('acl') || query.has('attributes')) return 'Unknown';
  if (method === 'PUT') {
    return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
  }
  const names: Record<string, string> = {
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
  };
  return names[method] ?? 'Unknown';
}

/** Bucket sub-resources the sandbox does not have. */
const otherSubresources = [
  ...['acl', 'cors', 'encryption', 'lifecycle', 'logging', 'notification', 'policy'],
  ...['replication', 'tagging', 'versioning', 'website', 'object-lock', 'publicAccessBlock'],
];

function bucketOperation({ method, query }: WireRequest): string {
  if (otherSubresources.some((name) => query.has(name))) return 'Unknown';
  if (method === 'GET') {
    if (query.has('location')) return 'GetBucketLocation';
    if (query.has('uploads')) return 'ListMultipartUploads';
    return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  }
  if (method === 'POST') return query.has('delete') ? 'DeleteObjects' : 'Unknown';
  const names: Record<string, string> = {
    PUT: 'CreateBucket',
    HEAD: 'HeadBucket',
    DELETE: 'DeleteBucket',
  };
  return names[method] ?? 'Unknown';
}
