import type { WireRequest } from './http/wire.js';
import { decodePercent } from './http/wire.js';

/** Signing names of the services the sandbox plays. */
export type ServiceId = 's3' | 'sts' | 'iam' | 'bedrock';

/** An operation a request asks for. */
export interface Route {
  readonly service: ServiceId;
  /** AWS's own name of the operation, or `Unknown`. */
  readonly operation: string;
  /** Decoded path labels of Bedrock operations. */
  readonly labels: readonly string[];
}

type BedrockRow = readonly [method: string, pattern: RegExp, operation: string];

/** Paths of the Bedrock services, matched on the raw path: labels may hold an encoded slash. */
const bedrockRoutes: readonly BedrockRow[] = [
  ['POST', /^\/model\/([^/]+)\/converse$/, 'Converse'],
  ['POST', /^\/model\/([^/]+)\/converse-stream$/, 'ConverseStream'],
  ['POST', /^\/model\/([^/]+)\/invoke$/, 'InvokeModel'],
  ['POST', /^\/model\/([^/]+)\/invoke-with-response-stream$/, 'InvokeModelWithResponseStream'],
  ['POST', /^\/model\/([^/]+)\/count-tokens$/, 'CountTokens'],
  ['POST', /^\/model-invocation-job$/, 'CreateModelInvocationJob'],
  ['GET', /^\/model-invocation-jobs$/, 'ListModelInvocationJobs'],
  ['POST', /^\/model-invocation-job\/(.+)\/stop$/, 'StopModelInvocationJob'],
  ['GET', /^\/model-invocation-job\/(.+)$/, 'GetModelInvocationJob'],
  ['GET', /^\/foundation-models$/, 'ListFoundationModels'],
  ['GET', /^\/foundation-models\/(.+)$/, 'GetFoundationModel'],
  ['GET', /^\/foundation-model-availability\/(.+)$/, 'GetFoundationModelAvailability'],
  ['GET', /^\/inference-profiles$/, 'ListInferenceProfiles'],
  ['GET', /^\/inference-profiles\/(.+)$/, 'GetInferenceProfile'],
  ['POST', /^\/inference-profiles$/, 'CreateInferenceProfile'],
  ['DELETE', /^\/inference-profiles\/(.+)$/, 'DeleteInferenceProfile'],
  ['GET', /^\/custom-models\/(.+)$/, 'GetCustomModel'],
  ['GET', /^\/imported-models\/(.+)$/, 'GetImportedModel'],
  ['GET', /^\/provisioned-model-throughput\/(.+)$/, 'GetProvisionedModelThroughput'],
  ['GET', /^\/custom-models$/, 'ListCustomModels'],
  ['GET', /^\/imported-models$/, 'ListImportedModels'],
  ['GET', /^\/provisioned-model-throughputs$/, 'ListProvisionedModelThroughputs'],
  ['GET', /^\/guardrails$/, 'ListGuardrails'],
  ['POST', /^\/guardrails$/, 'CreateGuardrail'],
  ['GET', /^\/guardrails\/(.+)$/, 'GetGuardrail'],
  ['PUT', /^\/guardrails\/(.+)$/, 'UpdateGuardrail'],
  ['POST', /^\/guardrails\/(.+)$/, 'CreateGuardrailVersion'],
  ['DELETE', /^\/guardrails\/(.+)$/, 'DeleteGuardrail'],
  ['POST', /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/, 'ApplyGuardrail'],
  ['POST', /^\/listTagsForResource$/, 'ListTagsForResource'],
  ['POST', /^\/tagResource$/, 'TagResource'],
  ['POST', /^\/untagResource$/, 'UntagResource'],
];

/** The Bedrock operation of a method and raw path. */
export function bedrockRoute(method: string, path: string): Route | undefined {
  for (const [wanted, pattern, operation] of bedrockRoutes) {
    const match = wanted === method ? pattern.exec(path.replace(/(.)\/$/, '$1')) : null;
    if (match !== null) {
      return { service: 'bedrock', operation, labels: match.slice(1).map(decodePercent) };
    }
  }
  return undefined;
}

/** The `Action` of a query-protocol body, for STS and IAM. */
export function queryAction(body: Uint8Array): string {
  return new URLSearchParams(Buffer.from(body).toString('utf8')).get('Action') ?? 'Unknown';
}

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
