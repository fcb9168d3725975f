import * as l10n from '@vscode/l10n';
import { type CallContext, type Rule, target } from './rule.js';

const throttled =
  /^(Throttling(Exception)?|ThrottledException|TooManyRequests(Exception)?|SlowDown|RequestLimitExceeded|RequestThrottled(Exception)?|ProvisionedThroughputExceededException|BandwidthLimitExceeded|429)$/;

const aDay = /\b(?:per|a|each|every) day\b|\bdaily\b|\bper-day\b/i;

/** Rights, places, quotas and requests that AWS refuses. First match wins. */
export const requestRules: readonly Rule[] = [
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html
    name: /^InvalidObjectState$/,
    kind: 'conflict',
    say: ({ resource }) =>
      resource
        ? l10n.t(
            '{0} is in an archive (S3 Glacier). Restore it in Amazon S3 first, then try again.',
            resource,
          )
        : l10n.t(
            'The object is in an archive (S3 Glacier). Restore it in Amazon S3 first, then try again.',
          ),
  },
  {
    name: /^(AccessDenied(Exception)?|Forbidden|403|AllAccessDisabled)$/,
    kind: 'accessDenied',
    say: sayDenied,
  },
  {
    name: /^(NoSuchBucket)$/,
    kind: 'notFound',
    say: ({ resource }) =>
      resource
        ? l10n.t('The bucket does not exist on {0}. Check the S3 URI.', resource)
        : l10n.t('The bucket does not exist. Check the S3 URI.'),
  },
  {
    name: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    kind: 'invalidInput',
    say: sayOtherRegion,
  },
  {
    name: /^(NotFound|NoSuchKey|NoSuchUpload|ResourceNotFoundException|404)$/,
    kind: 'notFound',
    say: sayNotFound,
  },
  {
    // https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html: quotas a minute and a day.
    test: ({ message, names }) => names.some((name) => throttled.test(name)) && aDay.test(message),
    kind: 'quota',
    say: (_context, original) =>
      l10n.t(
        "The account's quota for a day is used up. Waiting a little does not help: go on tomorrow, use another model or Region, or ask for more in Service Quotas. AWS says: {0}",
        original,
      ),
  },
  {
    name: throttled,
    kind: 'throttled',
    action: 'retry',
    say: (context) =>
      l10n.t(
        '{0} is receiving too many requests ({1}). Wait a little and try again.',
        target(context),
        context.action,
      ),
  },
  {
    name: /^(ServiceQuotaExceededException|LimitExceededException)$/,
    kind: 'quota',
    say: (_context, original) => l10n.t('A quota of this account is used up: {0}', original),
  },
  {
    name: /^(ConflictException|ResourceInUseException|BucketAlreadyExists|BucketAlreadyOwnedByYou)$/,
    kind: 'conflict',
    say: (_context, original) => original,
  },
  {
    name: /^(NotImplemented|UnknownOperationException|501)$/,
    kind: 'unsupported',
    say: (context) =>
      l10n.t(
        '{0} does not implement {1} (501). Use the sandbox or AWS itself for this step.',
        target(context),
        context.action,
      ),
  },
  {
    name: /^(ValidationException|ValidationError|InvalidArgument|InvalidRequest|MalformedXML|InvalidBucketName|EntityTooLarge|EntityTooSmall|KeyTooLongError|400)$/,
    kind: 'invalidInput',
    say: (context, original) => l10n.t('{0} was refused: {1}', context.action, original),
  },
];

function sayDenied({ action, resource }: CallContext, original: string): string {
  if (original === '') {
    return resource
      ? l10n.t(
          'Not allowed: {0} on {1}. Ask for this permission. AWS gives no reason.',
          action,
          resource,
        )
      : l10n.t('Not allowed: {0}. Ask for this permission. AWS gives no reason.', action);
  }
  return resource
    ? l10n.t(
        'Not allowed: {0} on {1}. Ask for this permission. AWS says: {2}',
        action,
        resource,
        original,
      )
    : l10n.t('Not allowed: {0}. Ask for this permission. AWS says: {1}', action, original);
}

function sayNotFound({ action, resource }: CallContext, original: string): string {
  const text = original === '' ? action : original;
  return resource
    ? l10n.t('Not found on {0}: {1}', resource, text)
    : l10n.t('Not found: {0}', text);
}

function sayOtherRegion({ region, resource }: CallContext): string {
  if (resource && region) {
    return l10n.t(
      "The bucket is in another Region on {0}. Use a bucket in {1}, the job's Region.",
      resource,
      region,
    );
  }
  if (resource) {
    return l10n.t(
      "The bucket is in another Region on {0}. Use a bucket, the job's Region.",
      resource,
    );
  }
  return region
    ? l10n.t("The bucket is in another Region. Use a bucket in {0}, the job's Region.", region)
    : l10n.t("The bucket is in another Region. Use a bucket, the job's Region.");
}
