import * as l10n from '@vscode/l10n';
import { type CallContext, type ErrorFacts, type Rule, target } from './rule.js';

const sayClock: Rule['say'] = (_context, original) =>
  l10n.t(
    'AWS does not accept the time of this computer. Set its clock and time zone, then try again. AWS says: {0}',
    original,
  );

/** Names of a refused signature, token or key. */
const refusedKeys =
  /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(Exception)?|IncompleteSignature(Exception)?|InvalidToken|AuthFailure|OptInRequired|NotSignedUp)$/;
const expired = /^(ExpiredToken(Exception)?|TokenRefreshRequired)$/;

/** A refused Bedrock API key: by its words, or by any refusal of who calls on a connection with one. */
function isApiKeyRefused({ message, names, status }: ErrorFacts, { apiKey }: CallContext): boolean {
  if (/\bAPI key\b|\bbearer token\b/i.test(message))
    return status === undefined || status === 401 || status === 403;
  if (apiKey !== true) return false;
  if (names.some((name) => refusedKeys.test(name) || expired.test(name))) return true;
  return (
    status === 401 || /security token|scoped to a valid region|Authentication failed/i.test(message)
  );
}

/** Who calls: API keys, the clock, access keys. First match wins. */
export const credentialRules: readonly Rule[] = [
  {
    message: /^Region is missing/,
    kind: 'credentials',
    action: 'pickConnection',
    say: () => l10n.t('No AWS Region is set. Choose a connection with a Region.'),
  },
  {
    // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html: they end, and short-term ones are of one Region.
    test: isApiKeyRefused,
    kind: 'credentials',
    action: 'setApiKey',
    say: (context, original) =>
      l10n.t(
        '{0} does not accept the Bedrock API key. It is wrong, has expired, or is of another Region. Set a new one. AWS says: {1}',
        target(context),
        original,
      ),
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
    name: /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|CERT_NOT_YET_VALID)$/,
    message:
      /Signature (?:has )?expired|Signature not yet current|request time .*too (?:skewed|large)|clock skew|Request has expired/i,
    kind: 'credentials',
    action: 'retry',
    say: sayClock,
  },
  {
    message: /scoped to a valid region/i,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context, original) =>
      l10n.t(
        '{0} belongs to another Region than the one this connection signs for. Check the Region and the endpoint. AWS says: {1}',
        target(context),
        original,
      ),
  },
  {
    name: expired,
    kind: 'credentials',
    action: (context) => (canSignIn(context) ? 'signIn' : 'pickConnection'),
    say: sayExpired,
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
    name: /^(ExpiredIdentityToken|InvalidIdentityToken|IDPRejectedClaim|IDPCommunicationError)(Exception)?$/,
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile }, original) =>
      profile
        ? l10n.t(
            'The web identity token of profile "{0}" was refused. Renew the token file, then retry. AWS says: {1}',
            profile,
            original,
          )
        : l10n.t(
            'The web identity token of the connection was refused. Renew the token file, then retry. AWS says: {0}',
            original,
          ),
  },
  {
    name: refusedKeys,
    kind: 'credentials',
    action: 'pickConnection',
    say: (context) =>
      l10n.t(
        "{0} does not accept the keys of this connection. Check the profile's keys, the clock and the endpoint.",
        target(context),
      ),
  },
];

const canSignIn = ({ profile, hasSignIn }: CallContext) =>
  profile !== undefined && hasSignIn !== false;

function sayExpired(context: CallContext): string {
  const { profile } = context;
  if (profile === undefined) {
    return l10n.t('The connection has expired credentials. Renew them, then retry.');
  }
  return canSignIn(context)
    ? l10n.t(
        'Profile "{0}" has expired credentials. Sign in again or renew them, then retry.',
        profile,
      )
    : l10n.t(
        'Profile "{0}" has expired credentials. Renew them where they come from, then retry.',
        profile,
      );
}
