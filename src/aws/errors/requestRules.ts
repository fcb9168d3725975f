import * as l10n from '@vscode/l10n';
import { type CallContext, type Rule, target } from './rule.js';

/** Rights, places, quotas and requests that AWS refuses. First match wins. */
export const requestRules: readonly Rule[] = [
  {
    message: /iam:PassRole/,
    kind: 'accessDenied',
    say: (_context, original) =>
      l10n.t(
        'The connection may not hand this role to Bedrock. Allow iam:PassRole on the role with the condition iam:PassedToService = bedrock.amazonaws.com. AWS says: {0}',
        original,
      ),
  },
  {
    name: /^(AccessDenied(Exception)?|Forbidden|403|AllAccessDisabled)$/,
    kind: 'accessDenied',
    say: ({ action, resource }, original) =>
      resource
        ? l10n.t(
            'Not allowed: {0} on {1}. Ask for this permission. AWS says: {2}',
            action,
            resource,
            original,
          )
        : l10n.t('Not allowed: {0}. Ask for this permission. AWS says: {1}', action, original),
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
    say: ({ resource }, original) =>
      resource
        ? l10n.t('Not found on {0}: {1}', resource, original)
        : l10n.t('Not found: {0}', original),
  },
  {
    name: /^(Throttling(Exception)?|TooManyRequestsException|SlowDown|RequestLimitExceeded|ModelNotReadyException|429)$/,
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
    name: /^ServiceQuotaExceededException$/,
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
