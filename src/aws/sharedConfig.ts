import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';
import { forSdk } from './sharedConfigText.js';

/** One section of the shared files; members of a nested block are named `block.member`. */
export type IniSection = Readonly<Record<string, string | undefined>>;
export type IniSections = Readonly<Record<string, IniSection>>;

/** The shared config and credentials files together, as the AWS CLI reads them. */
export interface SharedConfig {
  readonly profiles: IniSections;
  readonly ssoSessions: IniSections;
  readonly services: IniSections;
}

/** Paths of the shared config and credentials files, which need not exist; an empty variable counts as none. */
export function profileFiles(env: NodeJS.ProcessEnv): [config: string, credentials: string] {
  const folder = join(home(env), '.aws');
  return [
    expandHome(filled(env['AWS_CONFIG_FILE']) ?? join(folder, 'config'), env),
    expandHome(filled(env['AWS_SHARED_CREDENTIALS_FILE']) ?? join(folder, 'credentials'), env),
  ];
}

/** A path with a leading `~` replaced by the home folder, as the AWS CLI does. */
export function expandHome(path: string, env: NodeJS.ProcessEnv = process.env): string {
  return /^~(?:[/\\]|$)/.test(path) ? join(home(env), path.slice(1)) : path;
}

/** As the SDK looks for it. */
const home = (env: NodeJS.ProcessEnv) =>
  filled(env['HOME']) ?? filled(env['USERPROFILE']) ?? homedir();

const filled = (value: string | undefined) => (value === '' ? undefined : value);

/**
 * Reads both files from disk, and hands their texts to the SDK in the form it can read: it drops
 * sections whose names have spaces, which the AWS CLI writes in quotes. Every provider of the SDK that
 * reads the files afterwards sees these texts, so this is called before each use of one.
 */
export async function readSharedConfig(
  env: NodeJS.ProcessEnv = process.env,
): Promise<SharedConfig> {
  const [configPath, credentialsPath] = profileFiles(env);
  // Both variables may name one file, which then has sections of both kinds.
  const isOneFile = configPath === credentialsPath;
  const texts = forSdk(await textOf(configPath), isOneFile ? '' : await textOf(credentialsPath));
  // The token provider of the SDK does not expand "~": it is given the path under both names.
  for (const path of [configPath, env['AWS_CONFIG_FILE']]) {
    if (path) externalDataInterceptor.interceptFile(path, texts.config);
  }
  if (!isOneFile) externalDataInterceptor.interceptFile(credentialsPath, texts.credentials);
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: configPath,
    filepath: credentialsPath,
  });
  return toSharedConfig(configFile, credentialsFile);
}

/** A file that is not there, or that one may not read, has no profiles. */
async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

const other = /^(services|sso-session|profile)[ .]/;

function toSharedConfig(config: IniSections, credentials: IniSections): SharedConfig {
  const profiles: Record<string, IniSection> = {};
  for (const name of new Set([...Object.keys(config), ...Object.keys(credentials)])) {
    if (!other.test(name)) profiles[name] = { ...config[name], ...credentials[name] };
  }
  return {
    profiles,
    ssoSessions: sectionsOf('sso-session', config),
    services: sectionsOf('services', config),
  };
}

function sectionsOf(prefix: string, config: IniSections): IniSections {
  const found = Object.entries(config).filter(([name]) => /[ .]/.test(name[prefix.length] ?? ''));
  return Object.fromEntries(
    found
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, section]) => [name.slice(prefix.length + 1), section]),
  );
}
