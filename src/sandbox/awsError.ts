import { AppError, type ErrorKind, isAppError } from '../core/errors.js';

/** An error the client is to see: AWS's own code, its text and the HTTP status. */
export interface AwsFault {
  readonly code: string;
  readonly message: string;
  readonly status: number;
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

/** An error to answer with; the status comes from the code where none is given. */
export function awsError(
  code: string,
  message: string,
  status = statuses[code] ?? 400,
  extra: Readonly<Record<string, string>> = {},
): AppError {
  const kind = kinds[status] ?? (status >= 500 ? 'internal' : 'invalidInput');
  return new AppError(kind, message, { details: { ...extra, awsCode: code, awsStatus: status } });
}

/** The text of a ValidationException, as most Bedrock checks need it. */
export function validationError(message: string): AppError {
  return awsError('ValidationException', message);
}

/** The error's AWS form; undefined for an error nobody meant the client to see. */
export function awsFaultOf(error: unknown): AwsFault | undefined {
  if (!isAppError(error)) return undefined;
  const { awsCode, awsStatus, ...rest } = error.details;
  if (typeof awsCode !== 'string' || typeof awsStatus !== 'number') return undefined;
  const extra = Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return { code: awsCode, message: error.message, status: awsStatus, extra };
}
