import { awsError, validationError } from '../awsError.js';
import { ConstraintCheck } from '../http/constraints.js';
import { pageOf } from '../http/paging.js';
import { jsonReply } from '../http/replies.js';
import { isTerminal } from '../../core/jobs/types.js';
import { type JobRecord, type Tag, jobStatuses, zeroCounters } from '../jobs/jobRecord.js';
import type { Json } from '../runtime/bodyCheck.js';
import { randomText } from '../state/identity.js';
import type { BedrockCall, BedrockOperation } from './call.js';
import { checkTags, jobNamePattern, readJobRequest } from './jobRequest.js';

const maxLiveJobs = 100;
const hourMs = 3_600_000;

export const createModelInvocationJob: BedrockOperation = async (call) => {
  const { jobs, engine, identity, region, faults } = call;
  const { tags = [], ...asked } = readJobRequest(call.body);
  // The same token is the same request: no second job, no error.
  const earlier =
    asked.clientRequestToken === undefined ? undefined : jobs.findByToken(asked.clientRequestToken);
  if (earlier !== undefined) return jsonReply({ jobArn: earlier.jobArn });
  const model = call.ownModels.resolve(asked.modelId, region);
  const live = jobs.all().filter((job) => !isTerminal(job.status) && job.modelId === asked.modelId);
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
  return jsonReply({ jobArn: job.jobArn });
};

/** What the sandbox keeps about a job beyond the members of the API. */
const ownMembers = new Set([
  ...['jobId', 'tags', 'checkpoint', 'faults', 'inputTokenCount', 'outputTokenCount'],
]);

/** A job as Get and List show it. */
function jobSummary(job: JobRecord): Json {
  return Object.fromEntries(Object.entries(job).filter(([name]) => !ownMembers.has(name)));
}

function requireJob({ jobs, identity, region }: BedrockCall, identifier: string): JobRecord {
  const match =
    /^(?:(arn:aws(?:-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}):model-invocation-job\/)?([a-z0-9]{12})$/.exec(
      identifier,
    );
  if (match === null) {
    const check = new ConstraintCheck();
    const pattern =
      '((arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:model-invocation-job/)?[a-z0-9]{12})';
    check.add(
      `'${identifier}'`,
      'jobIdentifier',
      `Member must satisfy regular expression pattern: ${pattern}`,
    );
    check.done();
  }
  const isOurs =
    match?.[1] === undefined || match[1] === `arn:aws:bedrock:${region}:${identity.accountId}`;
  const job = isOurs ? jobs.get(match?.[2] ?? '') : undefined;
  if (job !== undefined) return job;
  throw awsError('ResourceNotFoundException', `Could not find job ${identifier}.`);
}

export const getModelInvocationJob: BedrockOperation = (call) =>
  jsonReply(jobSummary(requireJob(call, call.labels[0] ?? '')));

export const stopModelInvocationJob: BedrockOperation = async (call) => {
  const job = requireJob(call, call.labels[0] ?? '');
  if (isTerminal(job.status)) {
    throw awsError(
      'ConflictException',
      `The job ${job.jobArn} cannot be stopped because its status is ${job.status}.`,
    );
  }
  if (job.status !== 'Stopping') await call.engine.stop(job);
  return jsonReply({});
};

export const listModelInvocationJobs: BedrockOperation = ({ request: { query }, jobs }) => {
  const status = query.get('statusEquals');
  const name = query.get('nameContains');
  const order = query.get('sortOrder');
  const check = new ConstraintCheck();
  check.text('statusEquals', status, { values: jobStatuses });
  check.text('nameContains', name, { min: 1, max: 63, ...jobNamePattern });
  check.text('sortBy', query.get('sortBy'), { values: ['CreationTime'] });
  check.text('sortOrder', order, { values: ['Ascending', 'Descending'] });
  check.done();
  const after = readTime(query.get('submitTimeAfter'), 'submitTimeAfter');
  const before = readTime(query.get('submitTimeBefore'), 'submitTimeBefore');
  const found = jobs
    .all()
    .filter((job) => status === undefined || job.status === status)
    .filter((job) => name === undefined || job.jobName.includes(name))
    .filter((job) => after === undefined || Date.parse(job.submitTime) > after)
    .filter((job) => before === undefined || Date.parse(job.submitTime) < before)
    .sort((a, b) => (a.submitTime < b.submitTime ? -1 : a.submitTime > b.submitTime ? 1 : 0));
  const sorted = order === 'Ascending' ? found : found.reverse();
  const { page, ...next } = pageOf(query, sorted);
  return jsonReply({ invocationJobSummaries: page.map(jobSummary), ...next });
};

function readTime(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw validationError(`The value of ${name} is not an ISO-8601 time.`);
  return time;
}

export const listTagsForResource: BedrockOperation = (call) =>
  jsonReply({ tags: requireJob(call, resourceOf(call)).tags });

export const tagResource: BedrockOperation = async (call) => {
  const job = requireJob(call, resourceOf(call));
  const check = new ConstraintCheck();
  if (!Array.isArray(call.body['tags'])) check.add('null', 'tags', 'Member must not be null');
  checkTags(check, call.body['tags']);
  check.done();
  const added = call.body['tags'] as Tag[];
  const kept = job.tags.filter(({ key }) => !added.some((tag) => tag.key === key));
  if (kept.length + added.length > 50) {
    throw awsError('TooManyTagsException', 'A resource can have at most 50 tags.', 400, {
      resourceName: job.jobArn,
    });
  }
  job.tags = [...kept, ...added];
  await call.jobs.save(job);
  return jsonReply({});
};

export const untagResource: BedrockOperation = async (call) => {
  const job = requireJob(call, resourceOf(call));
  const keys = Array.isArray(call.body['tagKeys']) ? (call.body['tagKeys'] as unknown[]) : [];
  job.tags = job.tags.filter(({ key }) => !keys.includes(key));
  await call.jobs.save(job);
  return jsonReply({});
};

function resourceOf({ body }: BedrockCall): string {
  const arn = body['resourceARN'];
  if (typeof arn === 'string' && arn.length >= 20) return arn;
  const check = new ConstraintCheck();
  check.text('resourceARN', arn, { min: 20 }, true);
  check.done();
  return '';
}
