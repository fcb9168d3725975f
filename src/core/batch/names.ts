import * as l10n from '@vscode/l10n';
import { batchLimits } from './types.js';

/**
 * The constraints of CreateModelInvocationJob, https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelInvocationJob.html.
 * The SDK checks none of them. A check returns what is wrong, or undefined.
 */
type Check = (text: string) => string | undefined;

// The service's own pattern is [a-zA-Z0-9]{1,63}(-*[a-zA-Z0-9\+\-\.]){0,63} with 63 characters at
// most; this accepts the same names in linear time.
const jobName = /^[a-zA-Z0-9][a-zA-Z0-9+.-]{0,62}$/;
const s3Uri =
  /^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:\/[-!_*'().a-z0-9A-Z]+(?:\/[-!_*'().a-z0-9A-Z]+)*)?\/?$/;
const roleArn = /^arn:aws(-[^:]+)?:iam::([0-9]{12})?:role\/.+$/;
const tagText = /^[a-zA-Z0-9\s._:/=+@-]*$/;

/** What is wrong with a job name. */
export const checkJobName: Check = (text) => {
  if (jobName.test(text)) return undefined;
  if (text === '') return l10n.t('The job needs a name. Enter one.');
  if (text.length > 63) return l10n.t('A job name has at most 63 characters. Shorten it.');
  return l10n.t(
    'A job name starts with a letter or digit and holds letters, digits and - + . only. Change it.',
  );
};

/** What is wrong with an S3 URI for batch input or output: stricter than S3 itself. */
export const checkS3Uri: Check = (text) => {
  if (!text.startsWith('s3://')) return l10n.t('An S3 location starts with s3://. Change it.');
  if (text.length > 1024) return l10n.t('An S3 location has at most 1024 characters. Shorten it.');
  if (s3Uri.test(text)) return undefined;
  if (!/^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](\/|$)/.test(text)) {
    return l10n.t(
      'The bucket name is not valid: 3 to 63 lower-case letters, digits, dots and hyphens. Change it.',
    );
  }
  return l10n.t(
    "Bedrock takes letters, digits and - ! _ * ' ( ) . in S3 keys: no spaces, no = + : @ & and no empty parts. Change the path.",
  );
};

/** What is wrong with the service role's ARN. */
export const checkRoleArn: Check = (text) => {
  if (text.length <= 2048 && roleArn.test(text)) return undefined;
  return l10n.t(
    'A role ARN looks like arn:aws:iam::123456789012:role/AmazonBedrockBatch. Copy it from the IAM console.',
  );
};

/** What is wrong with a tag's key (1 to 128 characters). */
export const checkTagKey: Check = (text) => {
  if (text.length >= 1 && text.length <= 128 && tagText.test(text)) return undefined;
  return l10n.t('A tag key has 1 to 128 letters, digits, spaces and . _ : / = + @ -. Change it.');
};

/** What is wrong with a tag's value (0 to 256 characters). */
export const checkTagValue: Check = (text) => {
  if (text.length <= 256 && tagText.test(text)) return undefined;
  return l10n.t(
    'A tag value has at most 256 letters, digits, spaces and . _ : / = + @ -. Change it.',
  );
};

/** What is wrong with a job's timeout in hours. */
export function checkTimeoutHours(hours: number): string | undefined {
  const { minTimeoutHours: min, maxTimeoutHours: max } = batchLimits;
  if (Number.isInteger(hours) && hours >= min && hours <= max) return undefined;
  return l10n.t('The timeout is a whole number of hours from {0} to {1}. Change it.', min, max);
}

/** A bucket and a key or prefix; the key has no leading slash and may be empty. */
export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

/** The parts of an S3 URI that `checkS3Uri` accepts; undefined for any other text. */
export function parseS3Uri(text: string): S3Location | undefined {
  if (checkS3Uri(text) !== undefined) return undefined;
  const rest = text.slice('s3://'.length);
  const slash = rest.indexOf('/');
  if (slash < 0) return { bucket: rest, key: '' };
  return { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
}

/** One part of an S3 key that Bedrock's pattern accepts, from any text; never empty, never `..`. */
export function toKeySegment(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^-!_*'().a-zA-Z0-9]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 200)
    .replace(/-+$/, '');
  return plain === '' ? 'file' : plain;
}

/** A job name from any text, with the UTC time so that it is new: `tickets-20261122T091500`. */
export function toJobName(text: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15);
  const base = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/\.(jsonl|json|csv|tsv|ndjson|txt)$/i, '')
    .replace(/[^a-zA-Z0-9.]+/g, '-')
    .replace(/^[^a-zA-Z0-9]+/, '')
    .slice(0, 63 - time.length - 1)
    .replace(/[-.]+$/, '');
  return `${base === '' ? 'batch' : base}-${time}`;
}
