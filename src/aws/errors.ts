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

const where = (context: CallContext) => (context.region ? ` in ${context.region}` : '');
const target = (context: CallContext) => context.endpoint ?? `AWS${where(context)}`;
const resource = (context: CallContext) => (context.resource ? ` on ${context.resource}` : '');
const who = (context: CallContext) =>
  context.profile ? `Profile "${context.profile}"` : 'The connection';

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
    say: () => 'No AWS Region is set. Choose a connection with a Region.',
  },
  {
    message: /no MFA code callback|MFA code|multi-factor/i,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context) => `${who(context)} needs a one-time MFA code. Try again and enter the code.`,
  },
  {
    message:
      /SSO session|sso login|token (?:associated with|is) .*(?:expired|invalid)|Token is expired/i,
    kind: 'credentials',
    action: 'signIn',
    say: (context) => `${who(context)} has no valid sign-in any more. Sign in again, then retry.`,
  },
  {
    message: /Could not resolve credentials using profile/,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context) =>
      `${who(context)} was not found in the AWS config files, or it has no credentials. Choose another connection.`,
  },
  {
    name: /^(CredentialsProviderError|TokenProviderError|ProviderError)$/,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context, original) => `${who(context)} gave no credentials: ${original}`,
  },
  {
    name: /^(ExpiredToken(Exception)?|RequestExpired)$/,
    kind: 'credentials',
    action: 'signIn',
    say: (context) =>
      `${who(context)} has expired credentials. Sign in again or renew them, then retry.`,
  },
  {
    name: /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature)$/,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context) =>
      `${target(context)} does not accept the keys of this connection. Check the profile's keys, the clock and the endpoint.`,
  },
  {
    message:
      /don't have access to the model|access to the model with the specified model ID|Model access is denied|aws-marketplace:/i,
    kind: 'modelUnavailable',
    action: 'openModelAccess',
    say: (context, original) =>
      `This account has no access to the model${where(context)}: ${original}`,
  },
  {
    message: /on-demand throughput isn.t supported/i,
    kind: 'modelUnavailable',
    say: () =>
      'This model runs through an inference profile only. Choose the profile (an id that starts with us., eu., apac. or global.) instead of the bare model id.',
  },
  {
    message: /provided model identifier is invalid|model .*end of its life/i,
    kind: 'modelUnavailable',
    say: (context) =>
      `The model id is not known${where(context)}, or the model is past its end of life. Choose a model from the list.`,
  },
  {
    message: /iam:PassRole/,
    kind: 'accessDenied',
    say: (_context, original) =>
      `The connection may not hand this role to Bedrock. Allow iam:PassRole on the role with the condition iam:PassedToService = bedrock.amazonaws.com. AWS says: ${original}`,
  },
  {
    name: /^(AccessDenied(Exception)?|Forbidden|403|AllAccessDisabled)$/,
    kind: 'accessDenied',
    say: (context, original) =>
      `Not allowed: ${context.action}${resource(context)}. Ask for this permission. AWS says: ${original}`,
  },
  {
    name: /^(NoSuchBucket)$/,
    kind: 'notFound',
    say: (context) => `The bucket does not exist${resource(context)}. Check the S3 URI.`,
  },
  {
    name: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    kind: 'invalidInput',
    say: (context) =>
      `The bucket is in another Region${resource(context)}. Use a bucket${where(context)}, the job's Region.`,
  },
  {
    name: /^(NotFound|NoSuchKey|NoSuchUpload|ResourceNotFoundException|404)$/,
    kind: 'notFound',
    say: (context, original) => `Not found${resource(context)}: ${original}`,
  },
  {
    name: /^(Throttling(Exception)?|TooManyRequestsException|SlowDown|RequestLimitExceeded|ModelNotReadyException|429)$/,
    kind: 'throttled',
    action: 'retry',
    say: (context) =>
      `${target(context)} is receiving too many requests (${context.action}). Wait a little and try again.`,
  },
  {
    name: /^ServiceQuotaExceededException$/,
    kind: 'quota',
    say: (_context, original) => `A quota of this account is used up: ${original}`,
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
      `${target(context)} does not implement ${context.action} (501). Use the sandbox or AWS itself for this step.`,
  },
  {
    name: /^(ValidationException|ValidationError|InvalidArgument|InvalidRequest|MalformedXML|InvalidBucketName|EntityTooLarge|EntityTooSmall|KeyTooLongError|400)$/,
    kind: 'invalidInput',
    say: (context, original) => `${context.action} was refused: ${original}`,
  },
  {
    name: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      `Nothing answers at ${target(context)}. Check the endpoint and that the server is running.`,
  },
  {
    name: /^(ENOTFOUND|EAI_AGAIN)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      `The host of ${target(context)} was not found. Check the Region, the endpoint and the network.`,
  },
  {
    name: /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_HAS_EXPIRED|ERR_TLS_CERT_ALTNAME_INVALID)$/,
    kind: 'network',
    say: (context) =>
      `The certificate of ${target(context)} is not trusted. If a proxy or emulator signs its own, set "bedrock.caBundle" or AWS_CA_BUNDLE to its certificate file.`,
  },
  {
    message:
      /Protocol error|Parse Error|Expected HTTP\/|is not valid JSON|char '<'|Deserialization error/i,
    kind: 'network',
    say: (context) =>
      `${target(context)} did not answer as ${context.action.split(':')[0] ?? 'AWS'} does. Check the endpoint setting and any proxy in between.`,
  },
  // Before the time-outs: the SDK names a dropped connection TimeoutError, its code tells.
  {
    name: /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ECONNABORTED|NetworkingError)$/,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      `The connection to ${target(context)} was dropped (${context.action}). Try again.`,
  },
  {
    name: /^(TimeoutError|RequestTimeout|ETIMEDOUT|ModelTimeoutException|408)$/,
    kind: 'timeout',
    action: 'retry',
    say: (context) => `${target(context)} took too long to answer (${context.action}). Try again.`,
  },
  {
    message: /socket hang up|premature close|aborted|other side closed/i,
    kind: 'network',
    action: 'retry',
    say: (context) =>
      `The connection to ${target(context)} was dropped (${context.action}). Try again.`,
  },
  {
    name: /^(InternalServerException|InternalServerError|InternalError|InternalFailure|ServiceUnavailable(Exception)?|500|502|503|504)$/,
    kind: 'internal',
    action: 'retry',
    say: (context, original) =>
      `${target(context)} failed (${context.action}): ${original}. Try again.`,
  },
];

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
    const text = `${context.action} failed${where(context)}: ${message}`;
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
