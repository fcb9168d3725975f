import type { ModelInvocationJobSummary } from '@aws-sdk/client-bedrock';
import { isTerminal } from '../../core/jobs/types.js';
import { awsError } from '../awsError.js';
import type { BedrockCall } from '../bedrockCall.js';
import { pageOf } from '../http/paging.js';
import { randomText } from '../state/identity.js';
import type { Handlers } from '../wire/handler.js';
import { type JobRecord, type JobRequest, zeroCounters } from './jobRecord.js';

const maxLiveJobs = 100;
const hourMs = 3_600_000;

export const jobHandlers = {
  async CreateModelInvocationJob(input, call) {
    const { jobs, engine, identity, region, faults } = call;
    const { tags = [], ...asked } = input as JobRequest;
    // The same token is the same request: no second job, no error.
    const token = asked.clientRequestToken;
    const earlier = token === undefined ? undefined : jobs.findByToken(token);
    if (earlier !== undefined) return { jobArn: earlier.jobArn };
    const model = call.ownModels.resolve(asked.modelId, region);
    const live = jobs
      .all()
      .filter((job) => !isTerminal(job.status) && job.modelId === asked.modelId);
    if (live.length >= maxLiveJobs) {
      const text = `You have reached the quota of ${maxLiveJobs} in-progress and submitted batch inference jobs for ${model.name}. Wait for jobs to end and try again.`;
      throw awsError('ServiceQuotaExceededException', text);
    }
    const jobId = randomText(12, 'abcdefghijklmnopqrstuvwxyz0123456789');
    const now = Date.now();
    const timeoutDurationInHours = asked.timeoutDurationInHours ?? 24;
    const found = faults.takeForJob(
      `${asked.jobName} ${asked.inputDataConfig.s3InputDataConfig.s3Uri}`,
    );
    const job: JobRecord = {
      jobId,
      jobArn: `arn:aws:bedrock:${region}:${identity.accountId}:model-invocation-job/${jobId}`,
      ...asked,
      modelInvocationType: asked.modelInvocationType ?? 'InvokeModel',
      timeoutDurationInHours,
      status: 'Submitted',
      submitTime: new Date(now).toISOString(),
      lastModifiedTime: new Date(now).toISOString(),
      jobExpirationTime: new Date(now + timeoutDurationInHours * hourMs).toISOString(),
      ...zeroCounters,
      tags,
      ...(found.length === 0 ? {} : { faults: found }),
    };
    await jobs.add(job);
    engine.start(job);
    return { jobArn: job.jobArn };
  },

  GetModelInvocationJob({ jobIdentifier }, call) {
    return shown(requireJob(call, jobIdentifier));
  },

  async StopModelInvocationJob({ jobIdentifier }, call) {
    const job = requireJob(call, jobIdentifier);
    if (isTerminal(job.status)) {
      throw awsError(
        'ConflictException',
        `The job ${job.jobArn} cannot be stopped because its status is ${job.status}.`,
      );
    }
    if (job.status !== 'Stopping') await call.engine.stop(job);
    return {};
  },

  ListModelInvocationJobs(input, { jobs }) {
    const { statusEquals, nameContains, submitTimeAfter, submitTimeBefore, sortOrder } = input;
    const found = jobs
      .all()
      .filter((job) => statusEquals === undefined || job.status === statusEquals)
      .filter((job) => nameContains === undefined || job.jobName.includes(nameContains))
      .filter((job) => !submitTimeAfter || new Date(job.submitTime) > submitTimeAfter)
      .filter((job) => !submitTimeBefore || new Date(job.submitTime) < submitTimeBefore)
      .sort((a, b) => (a.submitTime < b.submitTime ? -1 : a.submitTime > b.submitTime ? 1 : 0));
    const { page, ...next } = pageOf(input, sortOrder === 'Ascending' ? found : found.reverse());
    return { invocationJobSummaries: page.map(shown), ...next };
  },

  ListTagsForResource({ resourceARN }, call) {
    return { tags: [...requireJob(call, resourceARN).tags] };
  },

  async TagResource({ resourceARN, tags }, call) {
    const job = requireJob(call, resourceARN);
    const kept = job.tags.filter(({ key }) => !tags.some((tag) => tag.key === key));
    if (kept.length + tags.length > 50) {
      throw awsError('TooManyTagsException', 'A resource can have at most 50 tags.', undefined, {
        resourceName: job.jobArn,
      });
    }
    job.tags = [...kept, ...tags];
    await call.jobs.save(job);
    return {};
  },

  async UntagResource({ resourceARN, tagKeys }, call) {
    const job = requireJob(call, resourceARN);
    job.tags = job.tags.filter(({ key }) => !tagKeys.includes(key));
    await call.jobs.save(job);
    return {};
  },
} satisfies Handlers<'bedrock'>;

/** What the sandbox keeps about a job beyond the members of the API. */
const ownMembers = new Set([
  ...['jobId', 'tags', 'checkpoint', 'faults', 'inputTokenCount', 'outputTokenCount'],
]);

/** A job as Get and List show it. */
function shown(job: JobRecord): ModelInvocationJobSummary {
  const members = Object.entries(job).filter(([name]) => !ownMembers.has(name));
  return {
    // The caller's own members, which were checked when they came.
    ...(Object.fromEntries(members) as unknown as ModelInvocationJobSummary),
    submitTime: new Date(job.submitTime),
    lastModifiedTime: new Date(job.lastModifiedTime),
    jobExpirationTime: new Date(job.jobExpirationTime),
    endTime: job.endTime === undefined ? undefined : new Date(job.endTime),
  };
}

/** A job by id or ARN; throws AWS's ResourceNotFoundException, also for one of another account or Region. */
function requireJob({ jobs, identity, region }: BedrockCall, identifier: string): JobRecord {
  const ours = `arn:aws:bedrock:${region}:${identity.accountId}:model-invocation-job/`;
  const isOurs = identifier.startsWith(ours) || !identifier.startsWith('arn:');
  const job = isOurs ? jobs.get(identifier.slice(identifier.lastIndexOf('/') + 1)) : undefined;
  if (job !== undefined) return job;
  throw awsError('ResourceNotFoundException', `Could not find job ${identifier}.`);
}
