import * as l10n from '@vscode/l10n';
import type { SignIn } from '../core/connection.js';
import { AppError } from '../core/errors.js';
import type { IniSection, SharedConfig } from './sharedConfig.js';

/**
 * Follows a profile to where its keys come from and rejects what cannot work, naming the section or
 * setting that is wrong: the SDK names the outermost profile, or fails on a missing section.
 * Rules: https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html and
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html.
 * @throws AppError `credentials`
 */
export function checkProfileChain(name: string, config: SharedConfig): void {
  const chain = [name];
  for (;;) {
    const current = chain.at(-1) as string;
    const section = config.profiles[current];
    if (!section) throw missingProfile(current, chain);
    const source = sourceOf(section, chain.length > 1);
    checkSection(current, section, config, source);
    if (source === undefined) {
      if (chain.length > 1 && !hasCredentials(section)) throw noCredentials(current, chain);
      return;
    }
    const isOwnKeys = hasKeys(config.profiles[source]);
    if (chain.includes(source) && !isOwnKeys) {
      throw wrong(
        l10n.t(
          'The profiles lead round in a circle by source_profile: {0}. Let the last one name a profile that has credentials.',
          [...chain, source].join(' → '),
        ),
      );
    }
    if (isOwnKeys) return;
    chain.push(source);
  }
}

/** How one signs in for a profile: with the command and for the profile that its keys come from in the end. */
export function signInOf(
  name: string,
  config: SharedConfig,
  seen: readonly string[] = [],
): SignIn | undefined {
  const section = config.profiles[name];
  if (!section || seen.includes(name)) return undefined;
  const source = sourceOf(section, seen.length > 0) ?? exportedProfile(section);
  if (source === undefined) return ownSignIn(name, section);
  return signInOf(source, config, [...seen, name]);
}

function ownSignIn(profile: string, section: IniSection): SignIn | undefined {
  if (hasKeys(section) || section['role_arn'] || section['credential_process']) return undefined;
  if (isSso(section)) return { profile, command: 'sso login' };
  return section['login_session'] ? { profile, command: 'login' } : undefined;
}

/** The profile that a credential process only passes on: `aws configure export-credentials --profile x`. */
function exportedProfile(section: IniSection): string | undefined {
  if (hasKeys(section) || section['role_arn']) return undefined;
  const found = /\bexport-credentials\b.*--profile[ =](?:"([^"]+)"|'([^']+)'|(\S+))/.exec(
    section['credential_process'] ?? '',
  );
  return found?.[1] ?? found?.[2] ?? found?.[3];
}

/** The next profile of the chain, in the SDK's order: a source's own keys end it. */
function sourceOf(section: IniSection, isSource: boolean): string | undefined {
  if (isSource && hasKeys(section)) return undefined;
  return section['role_arn'] && !section['credential_source']
    ? section['source_profile']
    : undefined;
}

const hasKeys = (section: IniSection | undefined) =>
  Boolean(section?.['aws_access_key_id'] && section['aws_secret_access_key']);

const hasCredentials = (section: IniSection) =>
  hasKeys(section) ||
  isSso(section) ||
  ['role_arn', 'credential_process', 'credential_source', 'login_session'].some(
    (key) => section[key],
  );

const isSso = (section: IniSection) =>
  ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name'].some((key) => section[key]);

function checkSection(
  name: string,
  section: IniSection,
  config: SharedConfig,
  source: string | undefined,
): void {
  if (section['aws_access_key_id'] && !section['aws_secret_access_key']) {
    throw lacks(name, ['aws_secret_access_key']);
  }
  if (section['aws_secret_access_key'] && !section['aws_access_key_id']) {
    throw lacks(name, ['aws_access_key_id']);
  }
  if (source !== undefined) return;
  if (section['role_arn']) checkRole(name, section);
  else if (!hasKeys(section) && !section['credential_process'] && isSso(section)) {
    checkSso(name, section, config);
  }
}

const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function checkRole(name: string, section: IniSection): void {
  const { credential_source: from, source_profile: profile } = section;
  if (from && profile) {
    throw wrong(
      l10n.t(
        'Profile "{0}" has both source_profile and credential_source. Remove one of them in the AWS config file.',
        name,
      ),
    );
  }
  if (from && !credentialSources.includes(from)) {
    throw wrong(
      l10n.t(
        'Profile "{0}" has the credential_source "{1}", which AWS does not know. Write one of {2} in the AWS config file.',
        name,
        from,
        credentialSources.join(', '),
      ),
    );
  }
  if (from || profile || section['web_identity_token_file'] || hasKeys(section)) return;
  throw wrong(
    l10n.t(
      'Profile "{0}" has role_arn, but nothing that says who assumes the role. Add source_profile, credential_source or web_identity_token_file in the AWS config file.',
      name,
    ),
  );
}

function checkSso(name: string, section: IniSection, config: SharedConfig): void {
  const session = section['sso_session'];
  const own = ['sso_account_id', 'sso_role_name'];
  const place = ['sso_start_url', 'sso_region'];
  if (session === undefined) {
    const missing = [...own, ...place].filter((key) => !section[key]);
    if (missing.length > 0) throw lacks(name, missing);
    return;
  }
  const found = config.ssoSessions[session];
  if (!found) {
    throw wrong(
      l10n.t(
        'Profile "{0}" names the sso-session "{1}", which is not in the AWS config file. Correct sso_session, or add the section [sso-session {1}] with "aws configure sso-session".',
        name,
        session,
      ),
    );
  }
  const missing = place.filter((key) => !found[key]);
  if (missing.length > 0) {
    throw wrong(
      l10n.t(
        'The sso-session "{0}" of profile "{1}" lacks {2}. Add it in the AWS config file.',
        session,
        name,
        missing.join(', '),
      ),
    );
  }
  const missingOwn = own.filter((key) => !section[key]);
  if (missingOwn.length > 0) throw lacks(name, missingOwn);
}

function missingProfile(name: string, chain: readonly string[]): AppError {
  const from = chain.at(-2);
  return wrong(
    from === undefined
      ? l10n.t(
          'Profile "{0}" is not in the AWS config or credentials file. Choose another connection, or add the profile.',
          name,
        )
      : l10n.t(
          'Profile "{0}" names the source_profile "{1}", which is not in the AWS config or credentials file. Correct the name, or add that profile.',
          from,
          name,
        ),
  );
}

function noCredentials(name: string, chain: readonly string[]): AppError {
  return wrong(
    l10n.t(
      'Profile "{0}", the source_profile of "{1}", has no credentials. Add them, or name another profile.',
      name,
      chain.at(-2) ?? '',
    ),
  );
}

function lacks(profile: string, keys: readonly string[]): AppError {
  return wrong(
    l10n.t(
      'Profile "{0}" lacks {1}. Add it in the AWS config or credentials file.',
      profile,
      keys.join(', '),
    ),
  );
}

const wrong = (message: string) =>
  new AppError('credentials', message, { action: 'pickConnection' });
