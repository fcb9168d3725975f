import * as l10n from '@vscode/l10n';
import { type CallContext, type ErrorFacts, type Rule } from './rule.js';

/** What the SDK's providers say where a person has to sign in, by `aws sso login` or `aws login`. */
const signInTexts = [
  /SSO session|sso login|aws login\b/i,
  /token (?:associated with|is) .*(?:expired|invalid)|Token (?:is|has) expired|session has expired/i,
  /re-?authenticate|Failed to (?:load|refresh) (?:a )?token|Token validation failed|Dpop proof/i,
  /^UnauthorizedException|Session token not found or invalid/,
];

/** How a connection gets its keys: what the SDK's credential providers say. First match wins. */
export const signInRules: readonly Rule[] = [
  {
    // The SDK reads a web identity token itself and throws what the file system says.
    test: ({ path, names }, { action }) =>
      path !== undefined &&
      action === 'sts:AssumeRole' &&
      names.some((name) => /^(ENOENT|EACCES|EPERM|EISDIR|ENOTDIR)$/.test(name)),
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile }, original) => sayFile(profile, original),
  },
  {
    message: /MultiFactorAuthentication failed|invalid MFA one time pass/i,
    kind: 'credentials',
    action: 'retry',
    say: (_context, original) =>
      l10n.t(
        'The MFA code was not taken. Wait for the next code and try again. AWS says: {0}',
        original,
      ),
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
    message: /due to insufficient permissions.*CreateOAuth2Token/i,
    kind: 'accessDenied',
    say: (_context, original) =>
      l10n.t(
        'The sign-in may not be renewed. Ask for the permission signin:CreateOAuth2Token. AWS says: {0}',
        original,
      ),
  },
  {
    test: (facts) => isOfProvider(facts) && signInTexts.some((text) => text.test(facts.message)),
    kind: 'credentials',
    action: 'signIn',
    say: saySignIn,
  },
  {
    // A program that only passes on what the AWS CLI says of a sign-in.
    test: ({ message }) => isProcess(message) && /aws (?:sso )?login\b/i.test(message),
    kind: 'credentials',
    action: 'signIn',
    say: sayProcess,
  },
  {
    test: ({ message }) => isProcess(message),
    kind: 'credentials',
    action: 'pickConnection',
    say: sayProcess,
  },
  {
    // https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
    message: /^ForbiddenException\b/,
    kind: 'accessDenied',
    say: ({ profile = 'default' }, original) =>
      l10n.t(
        'The sign-in of profile "{0}" has no access to its account and role. Check sso_account_id and sso_role_name, or ask for the access. AWS says: {1}',
        profile,
        original.replace(/^ForbiddenException:?\s*/, ''),
      ),
  },
  {
    message: /Unable to find environment variable credentials/,
    kind: 'credentials',
    action: 'pickConnection',
    say: ({ profile = 'default' }) =>
      l10n.t(
        'Profile "{0}" takes its keys from the environment, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set where VS Code was started.',
        profile,
      ),
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
    message: /Could not load credentials from any providers/,
    kind: 'credentials',
    action: 'pickConnection',
    say: () =>
      l10n.t(
        'There are no credentials in the environment: no variables, no container and no instance role. Choose a profile.',
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
];

/** Not what a service says: that has a status, or comes inside a stream as an exception. */
function isOfProvider({ message, names, status }: ErrorFacts): boolean {
  // A code of Node's: the network is what is wrong.
  if (isProcess(message) || names.some((name) => /^[A-Z_]{4,}$/.test(name))) return false;
  if (names.some((name) => name.endsWith('ProviderError'))) return true;
  return status === undefined && !names.some((name) => name.endsWith('Exception'));
}

function isProcess(message: string): boolean {
  return /^Command failed:|credential_process (?:returned|did not return)/.test(message);
}

/** Node's text names the file: `ENOENT: no such file or directory, open '/home/me/token'`. */
function sayFile(profile: string | undefined, original: string): string {
  const file = /'(.*)'$/.exec(original)?.[1] ?? original;
  return profile
    ? l10n.t(
        'The web identity token file {0} of profile "{1}" cannot be read. Correct web_identity_token_file, or have the file written anew.',
        file,
        profile,
      )
    : l10n.t(
        'The web identity token file {0} cannot be read. Correct AWS_WEB_IDENTITY_TOKEN_FILE, or have the file written anew.',
        file,
      );
}

function saySignIn({ profile }: CallContext): string {
  return profile
    ? l10n.t('Profile "{0}" has no valid sign-in any more. Sign in again, then retry.', profile)
    : l10n.t('The connection has no valid sign-in any more. Sign in again, then retry.');
}

/** The command itself is left out: it may hold a secret, and the person knows it. */
function sayProcess({ profile = 'default' }: CallContext, original: string): string {
  const [first = '', ...rest] = original.split('\n');
  const told = first.startsWith('Command failed:')
    ? rest.join(' ')
    : first.replace(/^Profile \S+ /, '');
  const reason = told.replaceAll(/\s+/g, ' ').trim();
  return reason === ''
    ? l10n.t(
        'The credential_process of profile "{0}" failed and said nothing. Run it in a terminal, correct it, then retry.',
        profile,
      )
    : l10n.t(
        'The credential_process of profile "{0}" failed: {1}. Run it in a terminal, correct it, then retry.',
        profile,
        reason.replace(/\.$/, ''),
      );
}
