import * as l10n from '@vscode/l10n';
import { AppError, isAppError, isCancelled } from '../../core/errors.js';
import { credentialRules } from './credentialRules.js';
import { errorFacts } from './errorFacts.js';
import { foreignRules, namelessRules } from './foreignRules.js';
import { modelRules } from './modelRules.js';
import { networkRules } from './networkRules.js';
import { permissionRules } from './permissionRules.js';
import { requestRules } from './requestRules.js';
import type { CallContext, ErrorFacts, Rule } from './rule.js';
import { signInRules } from './signInRules.js';

/**
 * Service and network errors in people's words, first match wins. Names and texts:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html, S3's ErrorResponses page,
 * and the SDK's own credential errors.
 */
const rules: readonly Rule[] = [
  ...foreignRules,
  ...credentialRules,
  ...signInRules,
  ...modelRules,
  ...permissionRules,
  ...namelessRules,
  ...requestRules,
  ...networkRules,
];

/** The error as an AppError with a kind, words and next step; cancellation passes as `cancelled`. */
export function toAwsError(error: unknown, context: CallContext): AppError {
  if (isAppError(error)) return error;
  if (isCancelled(error)) return new AppError('cancelled', 'Cancelled.', { cause: error });
  const facts = errorFacts(error);
  const details = {
    name: facts.names[0],
    status: facts.status,
    requestId: facts.requestId,
    action: context.action,
  };
  const rule = rules.find((candidate) => isMatch(candidate, facts, context));
  if (!rule) {
    return new AppError('internal', sayUnknown(context, facts), {
      cause: error,
      details,
      action: 'showLog',
    });
  }
  const action = typeof rule.action === 'function' ? rule.action(context) : rule.action;
  return new AppError(rule.kind, withOwnText(rule.say(context, facts.message), facts), {
    cause: error,
    details,
    ...(action ? { action } : {}),
  });
}

function isMatch(rule: Rule, facts: ErrorFacts, context: CallContext): boolean {
  return (
    rule.message?.test(facts.message) === true ||
    rule.test?.(facts, context) === true ||
    facts.names.some((name) => rule.name?.test(name) === true)
  );
}

/** What a service said is never lost: where a rule's words leave it out, it follows them. */
function withOwnText(words: string, { message, status, names, isUnreadable }: ErrorFacts): string {
  // An error inside a stream has no status.
  const isService =
    !isUnreadable && (status !== undefined || (names[0] ?? '').endsWith('Exception'));
  if (!isService || message === '' || words.includes(message.replace(/\.$/, ''))) return words;
  return l10n.t('{0} AWS says: {1}', words, message);
}

function sayUnknown({ action, region }: CallContext, { message, names }: ErrorFacts): string {
  const isOurFault = /^(Type|Reference|Range)Error$/.test(names[0] ?? '');
  const text = isOurFault || message === '' ? l10n.t('an unexpected error, see the log') : message;
  return region
    ? l10n.t('{0} failed in {1}: {2}', action, region, text)
    : l10n.t('{0} failed: {1}', action, text);
}

/** Runs an SDK call and turns what it throws into an AppError. */
export async function awsCall<T>(context: CallContext, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toAwsError(error, context);
  }
}
