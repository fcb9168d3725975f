import * as l10n from '@vscode/l10n';
import {
  AppError,
  errorMessage,
  isAppError,
  isCancelled,
  type ErrorAction,
  type ErrorKind,
} from '../core/errors.js';

/** What was being done, so that the message can name the action and the resource. */
export interface CallContext {
  /** IAM action, as a policy names it: `bedrock:CreateModelInvocationJob`. */
  readonly action: string;
  readonly resource?: string;
  readonly region?: string;
  readonly profile?: string;
  /** The custom endpoint in use, if any. */
  readonly endpoint?: string;
}

interface Rule {
  /** Matches the service's error name or Node's error code. */
  readonly name?: RegExp;
  readonly message?: RegExp;
  readonly kind: ErrorKind;
  readonly action?: ErrorAction;
  readonly say: (context: CallContext, original: string) => string;
}

/** Who was asked, as a name to put into a sentence. */
const target = ({ endpoint, region }: CallContext) =>
  endpoint ?? (region ? l10n.t('AWS in {0}', region) : 'AWS');

const dropped: Rule['say'] = (context) =>
  l10n.t('The connection to {0} was dropped ({1}). Try again.', target(context), context.action);

/**
 * Service and network errors in people's words, first match wins. Names and texts:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html, S3's ErrorResponses page,
 * and the SDK's own credential errors.
 */
const rules: readonly Rule[] = [
  {
    message: /^Region is missing/,
    kind: 'credentials',
    action: 'pickConnection',
    say: () => l10n.t('No AWS Region is set. Choose a connection with a Region.'),
  },
  {
    message: /no MFA code callback|MFA code|multi-factor/i,
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile }) =>
      profile
        ? l10n.t('Profile "{0}" needs a one-time MFA code. Try again and enter the code.', profile)
        : l10n.t('The connection needs a one-time MFA code. Try again and enter the code.'),
  },
  {
    message:
      /SSO session|sso login|token (?:associated with|is) .*(?:expired|invalid)|Token is expired/i,
    kind: 'credentials',
    action: 'signIn',
    say: ({ profile }) =>
      profile
        ? l10n.t('Profile "{0}" has no valid sign-in any more. Sign in again, then retry.', profile)
        : l10n.t('The connection has no valid sign-in any more. Sign in again, then retry.'),
  },
  {
    message: /Could not resolve credentials using profile/,
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile }) =>
      profile
        ? l10n.t(
            'Profile "{0}" was not found in the AWS config files, or it has no credentials. Choose another connection.',
            profile,
          )
        : l10n.t(
            'The connection was not found in the AWS config files, or it has no credentials. Choose another connection.',
          ),
  },
  {
    name: /^(CredentialsProviderError|TokenProviderError|ProviderError)$/,
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile }, original) =>
      profile
        ? l10n.t('Profile "{0}" gave no credentials: {1}', profile, original)
        : l10n.t('The connection gave no credentials: {0}', original),
  },
  {
    name: /^(ExpiredToken(Exception)?|RequestExpired)$/,
    kind: 'credentials',
    action: 'signIn',
    say: ({ profile }) =>
      profile
        ? l10n.t(
            'Profile "{0}" has expired credentials. Sign in again or renew them, then retry.',
            profile,
          )
        : l10n.t(
            'The connection has expired credentials. Sign in again or renew them, then retry.',
          ),
  },
  {
    name: /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature)$/,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context) =>
      l10n.t(
        "{0} does not accept the keys of this connection. Check the profile's keys, the clock and the endpoint.",
        target(context),
      ),
  },
  {
    message:
      /don't have access to the model|access to the model with the specified model ID|Model access is denied|aws-marketplace:/i,
    kind: 'modelUnavailable',
    action: 'openModelAccess',
    say: ({ region }, original) =>
      region
        ? l10n.t('This account has no access to the model in {0}: {1}', region, original)
        : l10n.t('This account has no access to the model: {0}', original),
  },
  {
    message: /on-demand throughput isn.t supported/i,
    kind: 'modelUnavailable',
    say: () =>
      l10n.t(
        'This model runs through an inference profile only. Choose the profile (an id that starts with us., eu., apac. or global.) instead of the bare model id.',
      ),
  },
  {
    message: /provided model identifier is invalid|model .*end of its life/i,
    kind: 'modelUnavailable',
    say: ({ region }) =>
      region
        ? l10n.t(
            'The model id is not known in {0}, or the model is past its end of life. Choose a model from the list.',
            region,
          )
        : l10n.t(
            'The model id is not known, or the model is past its end of life. Choose a model from the list.',
          ),
  },
  {
    message: /guardrail.*(?:invalid|not exist|not found|version|does not match)/i,
    kind: 'invalidInput',
    say: (_context, original) =>
      l10n.t(
        'The guardrail was refused: {0}. Check its id, its version and that it is in this Region.',
        original.replace(/\.$/, ''),
      ),
  },
  {
    name: /^ModelStreamErrorException$/,
    kind: 'internal',
    action: 'retry',
    say: (_context, original) =>
      l10n.t('The model broke off its answer: {0} What had arrived is kept. Try again.', original),
  },
  {
    name: /^(ModelErrorException|424)$/,
    kind: 'internal',
    action: 'retry',
    say: (_context, original) =>
      l10n.t('The model failed on this request: {0} Try again, or change the request.', original),
  },
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
  {
    name: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      l10n.t(
        'Nothing answers at {0}. Check the endpoint and that the server is running.',
        target(context),
      ),
  },
  {
    name: /^(ENOTFOUND|EAI_AGAIN)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      l10n.t(
        'The host of {0} was not found. Check the Region, the endpoint and the network.',
        target(context),
      ),
  },
  {
    name: /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID)$/,
    kind: 'network',
    say: (context) =>
      l10n.t(
        'The certificate of {0} is not trusted. If a proxy or emulator signs its own, set "bedrock.caBundle" or AWS_CA_BUNDLE to its certificate file.',
        target(context),
      ),
  },
  {
    message:
      /Protocol error|Parse Error|Expected HTTP\/|is not valid JSON|char '<'|Deserialization error/i,
    kind: 'network',
    say: (context) =>
      l10n.t(
        '{0} did not answer as {1} does. Check the endpoint setting and any proxy in between.',
        target(context),
        context.action.split(':')[0] ?? 'AWS',
      ),
  },
  // Before the time-outs: the SDK names a dropped connection TimeoutError, its code tells.
  {
    name: /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ECONNABORTED|NetworkingError)$/,
    kind: 'network',
    action: 'retry',
    say: dropped,
  },
  {
    name: /^(TimeoutError|RequestTimeout|ETIMEDOUT|ModelTimeoutException|408)$/,
    kind: 'timeout',
    action: 'retry',
    say: (context) =>
      l10n.t('{0} took too long to answer ({1}). Try again.', target(context), context.action),
  },
  {
    message: /socket hang up|premature close|aborted|other side closed|Truncated event message/i,
    kind: 'network',
    action: 'retry',
    say: dropped,
  },
  {
    name: /^(InternalServerException|InternalServerError|InternalError|InternalFailure|ServiceUnavailable(Exception)?|500|502|503|504)$/,
    kind: 'internal',
    action: 'retry',
    say: (context, original) =>
      l10n.t('{0} failed ({1}): {2}. Try again.', target(context), context.action, original),
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

interface ServiceErrorShape {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** The error as an AppError with a kind, words and next step; cancellation passes as `cancelled`. */
export function toAwsError(error: unknown, context: CallContext): AppError {
  if (isAppError(error)) return error;
  if (isCancelled(error)) return new AppError('cancelled', 'Cancelled.', { cause: error });
  const shape = (typeof error === 'object' && error !== null ? error : {}) as ServiceErrorShape;
  const status = shape.$metadata?.httpStatusCode;
  const names = [shape.name, shape.code, status === undefined ? undefined : String(status)];
  const message = rootMessage(error);
  const rule = rules.find(
    (candidate) =>
      candidate.message?.test(message) === true ||
      names.some((name) => name !== undefined && candidate.name?.test(name) === true),
  );
  const details = {
    name: shape.name,
    status,
    requestId: shape.$metadata?.requestId,
    action: context.action,
  };
  if (!rule) {
    const { action, region } = context;
    const text = region
      ? l10n.t('{0} failed in {1}: {2}', action, region, message)
      : l10n.t('{0} failed: {1}', action, message);
    return new AppError('internal', text, { cause: error, details, action: 'showLog' });
  }
  return new AppError(rule.kind, rule.say(context, message), {
    cause: error,
    details,
    ...(rule.action ? { action: rule.action } : {}),
  });
}

/** An AggregateError of failed connection attempts has an empty message: take the first of its errors. */
function rootMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return errorMessage(error.errors[0]);
  return errorMessage(error);
}

/** Runs an SDK call and turns what it throws into an AppError. */
export async function awsCall<T>(context: CallContext, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toAwsError(error, context);
  }
}
