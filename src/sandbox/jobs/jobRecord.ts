import type { JobStatus } from '../../core/jobs/types.js';
import type { Fault } from '../faults/faultRules.js';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What the caller gave, as CreateModelInvocationJob names it. */
export interface JobRequest {
  readonly jobName: string;
  readonly roleArn: string;
  readonly modelId: string;
  readonly clientRequestToken?: string;
  readonly inputDataConfig: {
    readonly s3InputDataConfig: {
      readonly s3Uri: string;
      readonly s3InputFormat?: string;
      readonly s3BucketOwner?: string;
    };
  };
  readonly outputDataConfig: {
    readonly s3OutputDataConfig: {
      readonly s3Uri: string;
      readonly s3EncryptionKeyId?: string;
      readonly s3BucketOwner?: string;
    };
  };
  readonly vpcConfig?: unknown;
  readonly timeoutDurationInHours?: number;
  readonly modelInvocationType?: 'InvokeModel' | 'Converse';
  readonly tags?: readonly Tag[];
}

/** How far the output of a job is written: all before it is whole, after it may be cut. */
export interface Checkpoint {
  readonly file: number;
  /** Blocks of that file that are done. */
  readonly blocks: number;
  /** Bytes of that file's output. */
  readonly bytes: number;
  readonly counters: Counters;
}

/** What a job has counted: the four of the API and the tokens of the manifest. */
export interface Counters {
  totalRecordCount: number;
  processedRecordCount: number;
  successRecordCount: number;
  errorRecordCount: number;
  inputTokenCount: number;
  outputTokenCount: number;
}

/** The counters of a job by themselves, in the order the manifest has them. */
export function countersOf(job: Counters): Counters {
  return {
    totalRecordCount: job.totalRecordCount,
    processedRecordCount: job.processedRecordCount,
    successRecordCount: job.successRecordCount,
    errorRecordCount: job.errorRecordCount,
    inputTokenCount: job.inputTokenCount,
    outputTokenCount: job.outputTokenCount,
  };
}

export const zeroCounters: Readonly<Counters> = {
  totalRecordCount: 0,
  processedRecordCount: 0,
  successRecordCount: 0,
  errorRecordCount: 0,
  inputTokenCount: 0,
  outputTokenCount: 0,
};

/** A job as `jobs/ID.json` keeps it. */
export interface JobRecord extends Omit<JobRequest, 'tags'>, Counters {
  readonly jobId: string;
  readonly jobArn: string;
  readonly submitTime: string;
  readonly jobExpirationTime: string;
  status: JobStatus;
  message?: string;
  lastModifiedTime: string;
  endTime?: string;
  tags: readonly Tag[];
  checkpoint?: Checkpoint;
  /** Faults a test asked for when the job was created. */
  readonly faults?: readonly Fault[];
}
