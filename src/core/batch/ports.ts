import type { Job } from '../jobs/types.js';
import type { InvocationType } from './types.js';

/** What CreateModelInvocationJob is asked for. Lengths and patterns are checked in `names.ts`. */
export interface CreateJobRequest {
  readonly jobName: string;
  readonly modelId: string;
  readonly roleArn: string;
  readonly inputS3Uri: string;
  readonly outputS3Uri: string;
  readonly invocationType: InvocationType;
  /** Bedrock ignores a second request with the same token: at most one job comes of it. */
  readonly clientRequestToken: string;
  readonly timeoutHours?: number;
  readonly kmsKeyId?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ListJobsOptions {
  /** At most this many jobs, newest first. */
  readonly limit: number;
  readonly submittedAfter?: Date;
  readonly nameContains?: string;
}

/** The model invocation job operations of one connection. */
export interface JobsApi {
  /** Returns the job's ARN. */
  create(request: CreateJobRequest, signal?: AbortSignal): Promise<string>;
  get(jobArn: string, signal?: AbortSignal): Promise<Job>;
  list(options: ListJobsOptions, signal?: AbortSignal): Promise<Job[]>;
  /** Asks AWS to stop; tokens already processed are billed. */
  stop(jobArn: string, signal?: AbortSignal): Promise<void>;
}

/** An object as a listing names it. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

export interface UploadRequest {
  readonly bucket: string;
  readonly key: string;
  /** Makes the bytes anew for each attempt. */
  readonly body: () => AsyncIterable<Uint8Array>;
  /** Total bytes where known: picks the part size. */
  readonly bytes?: number;
  readonly kmsKeyId?: string;
  readonly onProgress?: (bytesSent: number) => void;
}

/** Amazon S3, as far as a run needs it. */
export interface BatchStorage {
  /** Streams an object up. An abort or a failure leaves neither object nor parts behind. */
  upload(request: UploadRequest, signal?: AbortSignal): Promise<void>;
  /** Aborts every unfinished multipart upload of exactly this key: what a kill has left behind. */
  abortUploads(bucket: string, key: string, signal?: AbortSignal): Promise<void>;
  /** Bytes of an object, or undefined where there is none. */
  head(bucket: string, key: string, signal?: AbortSignal): Promise<number | undefined>;
  remove(bucket: string, key: string, signal?: AbortSignal): Promise<void>;
  list(bucket: string, prefix: string, signal?: AbortSignal): AsyncIterable<StoredObject>;
  /** The next level below a prefix: "folders" and objects, for type-ahead. */
  browse(bucket: string, prefix: string, signal?: AbortSignal): Promise<string[]>;
  buckets(signal?: AbortSignal): Promise<string[]>;
  read(bucket: string, key: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}
