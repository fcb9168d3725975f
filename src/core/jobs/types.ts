/** The ten statuses, https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetModelInvocationJob.html. */
export type JobStatus =
  | 'Submitted'
  | 'Validating'
  | 'Scheduled'
  | 'InProgress'
  | 'Completed'
  | 'PartiallyCompleted'
  | 'Failed'
  | 'Stopping'
  | 'Stopped'
  | 'Expired';

const terminal: ReadonlySet<string> = new Set<JobStatus>([
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Stopped',
  'Expired',
]);

/** True where the job will not change any more. A status AWS adds later counts as still running. */
export function isTerminal(status: string): boolean {
  return terminal.has(status);
}

/** Records a job has, has read, answered and failed on; undefined where AWS has not said. */
export interface JobCounters {
  readonly total?: number | undefined;
  readonly processed?: number | undefined;
  readonly success?: number | undefined;
  readonly error?: number | undefined;
}

/** A Bedrock model invocation job. Times are ISO 8601 strings. */
export interface Job {
  readonly arn: string;
  /** The last 12 characters of the ARN: also the name of the output folder. */
  readonly id: string;
  readonly name: string;
  /** One of JobStatus, or a status AWS added later. */
  readonly status: string;
  readonly modelId: string;
  readonly counters: JobCounters;
  readonly inputS3Uri: string;
  readonly outputS3Uri: string;
  readonly roleArn: string;
  readonly submitTime: string;
  readonly lastModifiedTime?: string;
  readonly endTime?: string;
  readonly expirationTime?: string;
  readonly timeoutHours?: number;
  readonly invocationType?: string;
  /** Why it failed, in AWS's words. */
  readonly message?: string;
}
