import { ConstraintCheck, whole } from '../http/constraints.js';
import { isObject } from '../http/body.js';
import type { JobRequest } from '../jobs/jobRecord.js';
import { type Json, objectMember } from '../runtime/bodyCheck.js';

// Patterns of the Bedrock service model (botocore, bedrock/2023-04-20).
// AWS's own form of this one backtracks for ever on a long run of dashes: an equal one that does not.
export const jobNamePattern = {
  pattern: /^[a-zA-Z0-9][a-zA-Z0-9+.-]*$/,
  patternText: String.raw`[a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9\+\-\.]){0,63}`,
};
const rolePattern = whole('arn:aws(-[^:]+)?:iam::([0-9]{12})?:role/.+');
const tokenPattern = {
  pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  patternText: '[a-zA-Z0-9]{1,256}(-*[a-zA-Z0-9]){0,256}',
};
const modelPattern = whole(
  '(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:(([0-9]{12}:custom-model/[a-z0-9-]{1,63}[.]{1}[a-z0-9-:]{1,63}/[a-z0-9]{12}$)|(:foundation-model/([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})|(([0-9a-zA-Z][_-]?)+)$)|([0-9]{12}:(inference-profile|application-inference-profile)/[a-zA-Z0-9-:.]+$)))|([a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.]?[a-z0-9-]{1,63})([:][a-z0-9-]{1,63}){0,2})|(([0-9a-zA-Z][_-]?)+)',
);
const s3UriPattern = whole(
  "s3://[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:/[-!_*'().a-z0-9A-Z]+(?:/[-!_*'().a-z0-9A-Z]+)*)?/?",
);
const accountPattern = whole('[0-9]{12}');
const kmsPattern = whole(
  '(arn:aws(-[^:]+)?:kms:[a-zA-Z0-9-]*:[0-9]{12}:((key/[a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)))|([a-zA-Z0-9-]{36})|(alias/[a-zA-Z0-9-_/]+)',
);
const tagPattern = whole(String.raw`[a-zA-Z0-9\s._:/=+@-]*`);
const networkIdPattern = whole('[-0-9a-zA-Z]+');

/** Checks a CreateModelInvocationJob body against every constraint of the service model. */
export function readJobRequest(body: Json): JobRequest {
  const check = new ConstraintCheck();
  check.text('jobName', body['jobName'], { min: 1, max: 63, ...jobNamePattern }, true);
  check.text('roleArn', body['roleArn'], { max: 2048, ...rolePattern }, true);
  check.text('modelId', body['modelId'], { min: 1, max: 2048, ...modelPattern }, true);
  check.text('clientRequestToken', body['clientRequestToken'], {
    min: 1,
    max: 256,
    ...tokenPattern,
  });
  const types = ['InvokeModel', 'Converse'];
  check.text('modelInvocationType', body['modelInvocationType'], { values: types });
  check.integer('timeoutDurationInHours', body['timeoutDurationInHours'], 24, 168);
  checkLocations(check, body);
  checkVpc(check, body['vpcConfig']);
  checkTags(check, body['tags']);
  check.done();
  return body as unknown as JobRequest;
}

function checkLocations(check: ConstraintCheck, body: Json): void {
  for (const [outer, inner] of [
    ['inputDataConfig', 's3InputDataConfig'],
    ['outputDataConfig', 's3OutputDataConfig'],
  ] as const) {
    if (!isObject(body[outer])) {
      check.add('null', outer, 'Member must not be null');
      continue;
    }
    const config = objectMember(body[outer], inner);
    const path = `${outer}.${inner}`;
    check.text(`${path}.s3Uri`, config['s3Uri'], { min: 1, max: 1024, ...s3UriPattern }, true);
    check.text(`${path}.s3BucketOwner`, config['s3BucketOwner'], accountPattern);
    check.text(`${path}.s3InputFormat`, config['s3InputFormat'], { values: ['JSONL'] });
    const key = { min: 1, max: 2048, ...kmsPattern };
    check.text(`${path}.s3EncryptionKeyId`, config['s3EncryptionKeyId'], key);
  }
}

function checkVpc(check: ConstraintCheck, vpc: unknown): void {
  if (vpc === undefined || vpc === null) return;
  for (const [name, max] of [
    ['subnetIds', 16],
    ['securityGroupIds', 5],
  ] as const) {
    const ids = isObject(vpc) ? vpc[name] : undefined;
    const path = `vpcConfig.${name}`;
    if (!Array.isArray(ids)) check.add('null', path, 'Member must not be null');
    else if (ids.length < 1 || ids.length > max) {
      check.add(`'${JSON.stringify(ids)}'`, path, `Member must have between 1 and ${max} items`);
    } else for (const id of ids) check.text(path, id, { max: 32, ...networkIdPattern });
  }
}

/** Checks a list of tags, of a job or of TagResource. */
export function checkTags(check: ConstraintCheck, tags: unknown): void {
  if (tags === undefined || tags === null) return;
  if (!Array.isArray(tags)) {
    check.add(JSON.stringify(tags), 'tags', 'Member must be a list');
    return;
  }
  if (tags.length > 200)
    check.add('tags', 'tags', 'Member must have length less than or equal to 200');
  for (const [index, tag] of tags.entries()) {
    const at = isObject(tag) ? tag : {};
    const path = `tags.${index + 1}.member`;
    check.text(`${path}.key`, at['key'], { min: 1, max: 128, ...tagPattern }, true);
    check.text(`${path}.value`, at['value'], { max: 256, ...tagPattern }, true);
  }
}
