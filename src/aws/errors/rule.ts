import * as l10n from '@vscode/l10n';
import type { ErrorAction, ErrorKind } from '../../core/errors.js';

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

/** How an error is known, and what is said of it. */
export interface Rule {
  /** Matches the service's error name or Node's error code. */
  readonly name?: RegExp;
  readonly message?: RegExp;
  readonly kind: ErrorKind;
  readonly action?: ErrorAction;
  readonly say: (context: CallContext, original: string) => string;
}

/** Who was asked, as a name to put into a sentence. */
export const target = ({ endpoint, region }: CallContext) =>
  endpoint ?? (region ? l10n.t('AWS in {0}', region) : 'AWS');
