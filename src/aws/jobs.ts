import {
  CreateModelInvocationJobCommand,
  GetModelInvocationJobCommand,
  ListModelInvocationJobsCommand,
  StopModelInvocationJobCommand,
  type BedrockClient,
  type ModelInvocationJobSummary,
} from '@aws-sdk/client-bedrock';
import * as l10n from '@vscode/l10n';
import type { CreateJobRequest, JobsApi } from '../core/batch/ports.js';
import type { Job, JobCounters } from '../core/jobs/types.js';
import { awsCall } from './errors/awsError.js';
import type { CallContext } from './errors/rule.js';

/** The four operations on model invocation jobs, with AWS's shapes turned into `Job`. */
export function createJobsApi(
  client: BedrockClient,
  context: Omit<CallContext, 'action'>,
): JobsApi {
  const call = <T>(action: string, resource: string | undefined, work: () => Promise<T>) =>
    awsCall({ ...context, action, ...(resource ? { resource } : {}) }, work);
  return {
    create: (request, signal) =>
      call('bedrock:CreateModelInvocationJob', request.modelId, async () => {
        const command = new CreateModelInvocationJobCommand(toCreateInput(request));
        const { jobArn } = await client.send(command, signalOption(signal));
        if (!jobArn) throw new Error(l10n.t('CreateModelInvocationJob answered without a jobArn'));
        return jobArn;
      }),
    get: (jobArn, signal) =>
      call('bedrock:GetModelInvocationJob', jobArn, async () =>
        toJob(
          await client.send(
            new GetModelInvocationJobCommand({ jobIdentifier: jobArn }),
            signalOption(signal),
          ),
        ),
      ),
    list: (options, signal) =>
      call('bedrock:ListModelInvocationJobs', undefined, async () => {
        const jobs: Job[] = [];
        let nextToken: string | undefined;
        do {
          const page = await client.send(
            new ListModelInvocationJobsCommand({
              sortBy: 'CreationTime',
              sortOrder: 'Descending',
              maxResults: Math.min(options.limit, 1000),
              ...(options.submittedAfter ? { submitTimeAfter: options.submittedAfter } : {}),
              ...(options.nameContains ? { nameContains: options.nameContains } : {}),
              ...(nextToken ? { nextToken } : {}),
            }),
            signalOption(signal),
          );
          for (const summary of page.invocationJobSummaries ?? []) jobs.push(toJob(summary));
          nextToken = page.nextToken;
        } while (nextToken && jobs.length < options.limit);
        return jobs.slice(0, options.limit);
      }),
    stop: (jobArn, signal) =>
      call('bedrock:StopModelInvocationJob', jobArn, async () => {
        await client.send(
          new StopModelInvocationJobCommand({ jobIdentifier: jobArn }),
          signalOption(signal),
        );
      }),
  };
}

const signalOption = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});

function toCreateInput(request: CreateJobRequest) {
  return {
    jobName: request.jobName,
    modelId: request.modelId,
    roleArn: request.roleArn,
    clientRequestToken: request.clientRequestToken,
    modelInvocationType: request.invocationType,
    inputDataConfig: {
      s3InputDataConfig: { s3Uri: request.inputS3Uri, s3InputFormat: 'JSONL' as const },
    },
    outputDataConfig: {
      s3OutputDataConfig: {
        s3Uri: request.outputS3Uri,
        ...(request.kmsKeyId ? { s3EncryptionKeyId: request.kmsKeyId } : {}),
      },
    },
    ...(request.timeoutHours ? { timeoutDurationInHours: request.timeoutHours } : {}),
    ...(request.tags && Object.keys(request.tags).length > 0
      ? { tags: Object.entries(request.tags).map(([key, value]) => ({ key, value })) }
      : {}),
  };
}

type AwsJob = Omit<ModelInvocationJobSummary, 'jobName'> & { jobName?: string | undefined };

/** AWS's job as ours. Absent counters stay absent: unknown is never 0. */
export function toJob(aws: AwsJob): Job {
  const arn = aws.jobArn ?? '';
  const counters: JobCounters = withoutUndefined({
    total: aws.totalRecordCount,
    processed: aws.processedRecordCount,
    success: aws.successRecordCount,
    error: aws.errorRecordCount,
  });
  return {
    arn,
    id: arn.slice(arn.lastIndexOf('/') + 1),
    name: aws.jobName ?? '',
    status: aws.status ?? 'Submitted',
    modelId: aws.modelId ?? '',
    counters,
    inputS3Uri: aws.inputDataConfig?.s3InputDataConfig?.s3Uri ?? '',
    outputS3Uri: aws.outputDataConfig?.s3OutputDataConfig?.s3Uri ?? '',
    roleArn: aws.roleArn ?? '',
    submitTime: aws.submitTime?.toISOString() ?? '',
    ...withoutUndefined({
      lastModifiedTime: aws.lastModifiedTime?.toISOString(),
      endTime: aws.endTime?.toISOString(),
      expirationTime: aws.jobExpirationTime?.toISOString(),
      timeoutHours: aws.timeoutDurationInHours,
      invocationType: aws.modelInvocationType,
      message: aws.message,
    }),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
