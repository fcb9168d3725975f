import {
  serviceNames,
  serviceTable,
  type Endpoints,
  type Profile,
  type ProfileKind,
  type ServiceName,
} from '../core/connection.js';
import { signInOf } from './profileChain.js';
import {
  expandHome,
  readSharedConfig,
  type IniSection,
  type SharedConfig,
} from './sharedConfig.js';

/**
 * The profiles of the shared config and credentials files, read from disk each time so that an edit is
 * seen at once. Names are sorted, `default` first. Missing files give an empty list.
 */
export async function loadProfiles(): Promise<Profile[]> {
  const config = await readSharedConfig();
  return Object.entries(config.profiles)
    .map(([name, section]) => toProfile(name, section, config))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

const rank = (profile: Profile) => (profile.name === 'default' ? 0 : 1);

function toProfile(name: string, section: IniSection, config: SharedConfig): Profile {
  const detail = section['role_arn'] ?? ssoDetail(section);
  const region = section['region'];
  const caBundle = section['ca_bundle'];
  const signIn = signInOf(name, config);
  return {
    name,
    kind: profileKind(section),
    endpoints: profileEndpoints(section, config),
    ...(region === undefined ? {} : { region }),
    ...(detail === undefined ? {} : { detail }),
    ...(caBundle === undefined ? {} : { caBundle: expandHome(caBundle) }),
    ...(signIn && { signIn }),
  };
}

/** The order is the SDK's own inside a profile: role, keys, web identity, process, SSO, login. */
function profileKind(section: IniSection): ProfileKind {
  if (section['role_arn'] && section['web_identity_token_file']) return 'webIdentity';
  if (section['role_arn']) return section['mfa_serial'] ? 'mfa' : 'role';
  if (section['aws_access_key_id']) return section['aws_session_token'] ? 'session' : 'keys';
  if (section['credential_process']) return 'process';
  if (section['sso_session'] ?? section['sso_start_url'] ?? section['sso_account_id']) return 'sso';
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
function profileEndpoints(section: IniSection, config: SharedConfig): Endpoints {
  if (isTrue(section['ignore_configured_endpoint_urls'])) return {};
  const services = section['services'];
  const own = services ? config.services[services] : {};
  const endpoints: Partial<Record<ServiceName | 'all', string>> = {};
  for (const service of serviceNames) {
    const url = own?.[`${serviceTable[service].configKey}.endpoint_url`];
    if (url) endpoints[service] = url;
  }
  if (section['endpoint_url']) endpoints.all = section['endpoint_url'];
  return endpoints;
}

/** Booleans of the shared files may be written in any case. */
const isTrue = (value: string | undefined) => value?.trim().toLowerCase() === 'true';

/** Endpoint overrides of the environment; empty where AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set. */
export function environmentEndpoints(env: NodeJS.ProcessEnv): Endpoints {
  if (isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) return {};
  const endpoints: Partial<Record<ServiceName | 'all', string>> = {};
  for (const service of serviceNames) {
    const url = env[serviceTable[service].variable];
    if (url) endpoints[service] = url;
  }
  const all = env['AWS_ENDPOINT_URL'];
  if (all) endpoints.all = all;
  return endpoints;
}
