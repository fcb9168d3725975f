import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import type { Endpoints, Profile, ProfileKind, ServiceName } from '../core/connection.js';

type IniSection = Readonly<Record<string, string | undefined>>;

/** Keys of a `[services x]` section, https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html. */
const serviceKeys: readonly [ServiceName, string][] = [
  ['bedrock', 'bedrock'],
  ['bedrockRuntime', 'bedrock_runtime'],
  ['s3', 's3'],
  ['sts', 'sts'],
  ['iam', 'iam'],
];

/**
 * The profiles of the shared config and credentials files, read from disk each time so that an edit is
 * seen at once. Names are sorted, `default` first. Missing files give an empty list.
 */
export async function loadProfiles(): Promise<Profile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  const profiles: Profile[] = [];
  for (const name of names) {
    if (/^(services|sso-session)[ .]/.test(name)) continue;
    const section: IniSection = { ...configFile[name], ...credentialsFile[name] };
    profiles.push(toProfile(name, section, configFile));
  }
  return profiles.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Paths of the shared config and credentials files, which need not exist. */
export function profileFiles(env: NodeJS.ProcessEnv): string[] {
  const folder = join(homedir(), '.aws');
  return [
    env['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'),
  ];
}

const rank = (profile: Profile) => (profile.name === 'default' ? 0 : 1);

function toProfile(
  name: string,
  section: IniSection,
  config: Readonly<Record<string, IniSection>>,
): Profile {
  const detail = section['role_arn'] ?? ssoDetail(section);
  const region = section['region'];
  return {
    name,
    kind: profileKind(section),
    endpoints: profileEndpoints(section, config),
    ...(region === undefined ? {} : { region }),
    ...(detail === undefined ? {} : { detail }),
    ...(section['ca_bundle'] === undefined ? {} : { caBundle: section['ca_bundle'] }),
  };
}

/** The order is the SDK's own inside a profile: role, keys, web identity, process, SSO, login. */
function profileKind(section: IniSection): ProfileKind {
  if (section['role_arn'] && section['web_identity_token_file']) return 'webIdentity';
  if (section['role_arn']) return section['mfa_serial'] ? 'mfa' : 'role';
  if (section['aws_access_key_id']) return section['aws_session_token'] ? 'session' : 'keys';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] ?? section['sso_start_url']) return 'sso';
  if (section['login_session']) return 'login';
  return 'empty';
}

function ssoDetail(section: IniSection): string | undefined {
  if (!section['sso_account_id']) return undefined;
  return [section['sso_account_id'], section['sso_role_name']].filter(Boolean).join(' / ');
}

/**
 * Endpoint overrides of a profile. The SDK reads them for AWS_PROFILE only and ignores a client's
 * `profile` option, so they are read here and passed as `endpoint`.
 */
function profileEndpoints(
  section: IniSection,
  config: Readonly<Record<string, IniSection>>,
): Endpoints {
  if (section['ignore_configured_endpoint_urls'] === 'true') return {};
  const services = section['services'];
  const own = services ? (config[`services.${services}`] ?? config[`services ${services}`]) : {};
  const endpoints: Partial<Record<ServiceName | 'all', string>> = {};
  for (const [service, key] of serviceKeys) {
    const url = own?.[`${key}.endpoint_url`];
    if (url) endpoints[service] = url;
  }
  if (section['endpoint_url']) endpoints.all = section['endpoint_url'];
  return endpoints;
}

const environmentKeys: readonly [ServiceName | 'all', string][] = [
  ['bedrock', 'AWS_ENDPOINT_URL_BEDROCK'],
  ['bedrockRuntime', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
  ['s3', 'AWS_ENDPOINT_URL_S3'],
  ['sts', 'AWS_ENDPOINT_URL_STS'],
  ['iam', 'AWS_ENDPOINT_URL_IAM'],
  ['all', 'AWS_ENDPOINT_URL'],
];

/** Endpoint overrides of the environment; empty where AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set. */
export function environmentEndpoints(env: NodeJS.ProcessEnv): Endpoints {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return {};
  const endpoints: Partial<Record<ServiceName | 'all', string>> = {};
  for (const [service, name] of environmentKeys) {
    const url = env[name];
    if (url) endpoints[service] = url;
  }
  return endpoints;
}
