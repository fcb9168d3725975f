import { AppError, type ErrorKind, isAppError } from '../core/errors.js';

/** An error the client is to see: AWS's own code, its text and the HTTP status. */
export interface AwsFault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** True where the status was given, and does not follow from the code. */
  readonly isStatusGiven: boolean;
  /** Further facts S3 puts into the error's XML, or Bedrock into its JSON. */
  readonly extra: Readonly<Record<string, string>>;
}

const statuses: Readonly<Record<string, number>> = {
  ValidationException: 400,
  ConflictException: 400,
  ServiceQuotaExceededException: 400,
  SerializationException: 400,
  TooManyTagsException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ThrottlingException: 429,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
  UnknownOperationException: 404,
};

const kinds: Readonly<Record<number, ErrorKind>> = {
  400: 'invalidInput',
  401: 'credentials',
  403: 'accessDenied',
  404: 'notFound',
  408: 'timeout',
  409: 'conflict',
  429: 'throttled',
};

/**
 * An error to answer with. Without a status it has the one of its code; Bedrock's services then answer with the
 * one of their own model, as a conflict is 400 for one and 409 for another.
 */
export function awsError(
  code: string,
  message: string,
  given?: number,
  extra: Readonly<Record<string, string>> = {},
): AppError {
  const status = given ?? statuses[code] ?? 400;
  const kind = kinds[status] ?? (status >= 500 ? 'internal' : 'invalidInput');
  const isStatusGiven = given !== undefined;
  const details = { ...extra, awsCode: code, awsStatus: status, isStatusGiven };
  return new AppError(kind, message, { details });
}

/** The text of a ValidationException, as most Bedrock checks need it. */
export function validationError(message: string): AppError {
  return awsError('ValidationException', message);
}

/** The error's AWS form; undefined for an error nobody meant the client to see. */
export function awsFaultOf(error: unknown): AwsFault | undefined {
  if (!isAppError(error)) return undefined;
  const { awsCode, awsStatus, isStatusGiven, ...rest } = error.details;
  if (typeof awsCode !== 'string' || typeof awsStatus !== 'number') return undefined;
  const extra = Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const { message } = error;
  return {
    code: awsCode,
    message,
    status: awsStatus,
    isStatusGiven: isStatusGiven === true,
    extra,
  };
}
