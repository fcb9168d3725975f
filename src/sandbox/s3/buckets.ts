import { awsError } from '../awsError.js';
import { emptyReply, xmlElement, xmlReply } from '../http/replies.js';
import { readBody } from '../http/body.js';
import { type S3Operation, requireBucket, s3Namespace, xmlText } from './context.js';

export const listBuckets: S3Operation = async ({ objects, identity }) => {
  const buckets = (await objects.listBuckets()).map(
    ({ name, created }) =>
      `<Bucket>${xmlElement('Name', name)}${xmlElement('CreationDate', created.toISOString())}</Bucket>`,
  );
  const owner = `<Owner>${xmlElement('ID', identity.accountId)}</Owner>`;
  return xmlReply(
    `<ListAllMyBucketsResult ${s3Namespace}>${owner}<Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`,
  );
};

export const createBucket: S3Operation = async ({ request, objects, bucket, region }) => {
  const xml = (await readBody(request.body, 65_536)).toString('utf8');
  const wanted = xmlText(xml, 'LocationConstraint');
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  const isNamed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) &&
    !bucket.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(bucket) &&
    !bucket.startsWith('xn--') &&
    !bucket.endsWith('-s3alias');
  if (!isNamed) {
    throw awsError('InvalidBucketName', 'The specified bucket is not valid.', 400, {
      BucketName: bucket,
    });
  }
  if (wanted !== undefined && wanted !== region) {
    const text = `The ${wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`;
    throw awsError('IllegalLocationConstraintException', text, 400);
  }
  if (await objects.hasBucket(bucket)) {
    const text =
      'Your previous request to create the named bucket succeeded and you already own it.';
    // us-east-1 alone answers 200 to its owner, elsewhere it is a conflict.
    if (region !== 'us-east-1')
      throw awsError('BucketAlreadyOwnedByYou', text, 409, { BucketName: bucket });
  } else await objects.createBucket(bucket);
  return emptyReply(200, { location: `/${bucket}` });
};

export const headBucket: S3Operation = async (call) => {
  await requireBucket(call);
  return emptyReply(200, {
    'x-amz-bucket-region': call.region,
    'x-amz-access-point-alias': 'false',
  });
};

export const deleteBucket: S3Operation = async (call) => {
  await requireBucket(call);
  await call.objects.deleteBucket(call.bucket);
  return emptyReply(204);
};

export const getBucketLocation: S3Operation = async (call) => {
  await requireBucket(call);
  const place = call.region === 'us-east-1' ? '' : call.region;
  return xmlReply(`<LocationConstraint ${s3Namespace}>${place}</LocationConstraint>`);
};
