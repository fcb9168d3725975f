import * as l10n from '@vscode/l10n';
import { type Rule, target } from './rule.js';

/** Who calls: sign-in, keys, profiles. First match wins. */
export const credentialRules: readonly Rule[] = [
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
];
