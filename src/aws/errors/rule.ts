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
  /** Whether one can sign in for the profile; undefined where that is not known. */
  readonly hasSignIn?: boolean | undefined;
  /** True where the request carries a Bedrock API key instead of a signature. */
  readonly apiKey?: boolean;
}

/** What a thrown error says of itself. */
export interface ErrorFacts {
  /** The service's error name, Node's error code and the HTTP status, as far as they are there. */
  readonly names: readonly string[];
  /** The text without what the SDK added; empty where it says nothing. */
  readonly message: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly contentType: string;
  /** False where no service named the error: `Error`, `SyntaxError`, `Unknown`. */
  readonly isNamed: boolean;
  /** True where the SDK could not read the answer. */
  readonly isUnreadable: boolean;
  /** The file that could not be read. */
  readonly path?: string;
}

/** How an error is known, and what is said of it. A rule matches by any of its tests. */
export interface Rule {
  /** Matches the service's error name or Node's error code. */
  readonly name?: RegExp;
  readonly message?: RegExp;
  readonly test?: (facts: ErrorFacts, context: CallContext) => boolean;
  readonly kind: ErrorKind;
  readonly action?: ErrorAction | ((context: CallContext) => ErrorAction);
  readonly say: (context: CallContext, original: string) => string;
}

/** Who was asked, as a name to put into a sentence. */
export const target = ({ endpoint, region }: CallContext) =>
  endpoint ?? (region ? l10n.t('AWS in {0}', region) : 'AWS');
