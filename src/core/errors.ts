/** What went wrong, as far as the person's next step depends on it. */
export const errorKinds = [
  'cancelled',
  'credentials',
  'accessDenied',
  'notFound',
  'throttled',
  'invalidInput',
  'modelUnavailable',
  'conflict',
  'quota',
  'timeout',
  'network',
  'unsupported',
  'internal',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What a person can do about an error; the edge turns it into a button. */
export const errorActions = [
  'signIn',
  'pickConnection',
  'openModelAccess',
  'setApiKey',
  'showLog',
  'retry',
  'startSandbox',
] as const;
export type ErrorAction = (typeof errorActions)[number];

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Facts for the log and for tests: request id, HTTP status, the service's own error name. */
  readonly details?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly action?: ErrorAction;
}

/**
 * The one error class. `message` is for the person and ends with what to do next; `cause` is for the
 * log. Errors are told apart by `kind`, never by `instanceof` of somebody else's class.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly action: ErrorAction | undefined;

  constructor(kind: ErrorKind, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.details = options.details ?? {};
    this.action = options.action;
  }
}

/** True for an AppError, also one made by another copy of this module (worker, other bundle). */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'kind' in error;
}

/** True where the work ended because somebody asked it to: not a failure, nothing to report. */
export function isCancelled(error: unknown): boolean {
  if (isAppError(error)) return error.kind === 'cancelled';
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

/** The error as an AppError; an unknown one becomes `internal` and keeps its message. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (isCancelled(error)) return new AppError('cancelled', 'Cancelled.', { cause: error });
  return new AppError('internal', errorMessage(error), { cause: error });
}

/** True for what concerns the whole connection, not one call: all others would fail for the same reason. */
export function isOfConnection({ kind }: Pick<Failure, 'kind'>): boolean {
  return kind === 'network' || kind === 'credentials' || kind === 'timeout';
}

/** An error as plain data: for pages, files and lists. Never a stack, never a cause. */
export interface Failure {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly action?: ErrorAction;
}

export function toFailure(error: unknown): Failure {
  const { kind, message, action } = toAppError(error);
  return { kind, message, ...(action && { action }) };
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The chain of causes on one line, outermost first: "submit failed → socket hang up". */
export function causeChain(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at !== undefined && at !== null && parts.length < 8;) {
    parts.push(errorMessage(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  return parts.join(' → ');
}
