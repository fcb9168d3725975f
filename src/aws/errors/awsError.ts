import * as l10n from '@vscode/l10n';
import { AppError, errorMessage, isAppError, isCancelled } from '../../core/errors.js';
import { credentialRules } from './credentialRules.js';
import { modelRules } from './modelRules.js';
import { networkRules } from './networkRules.js';
import { requestRules } from './requestRules.js';
import type { CallContext, Rule } from './rule.js';

/**
 * Service and network errors in people's words, first match wins. Names and texts:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html, S3's ErrorResponses page,
 * and the SDK's own credential errors.
 */
const rules: readonly Rule[] = [
  ...credentialRules,
  ...modelRules,
  ...requestRules,
  ...networkRules,
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
