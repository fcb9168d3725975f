import * as l10n from '@vscode/l10n';

/**
 * The AWS services the extension talks to, as `bedrock.endpoints` names them: the key of a `[services x]`
 * section of the shared config file and the variable that override an endpoint. The client of each is in
 * `aws/services.ts`. Source: https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html
 */
export const serviceTable = {
  bedrock: { configKey: 'bedrock', variable: 'AWS_ENDPOINT_URL_BEDROCK' },
  bedrockRuntime: { configKey: 'bedrock_runtime', variable: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME' },
  s3: { configKey: 's3', variable: 'AWS_ENDPOINT_URL_S3' },
  sts: { configKey: 'sts', variable: 'AWS_ENDPOINT_URL_STS' },
  iam: { configKey: 'iam', variable: 'AWS_ENDPOINT_URL_IAM' },
} as const;
export type ServiceName = keyof typeof serviceTable;
export const serviceNames = Object.keys(serviceTable) as readonly ServiceName[];

/** Endpoint overrides a service; `all` is used where a service has none of its own. */
export type Endpoints = Readonly<Partial<Record<ServiceName | 'all', string>>>;

/** How a shared-config profile gets its credentials, as the person should see it. */
export type ProfileKind =
  'keys' | 'session' | 'sso' | 'role' | 'mfa' | 'process' | 'webIdentity' | 'login' | 'empty';

/** One profile of the shared config and credentials files. */
export interface Profile {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  readonly endpoints: Endpoints;
  /** Path of a PEM file with extra certificate authorities (`ca_bundle`). */
  readonly caBundle?: string;
  /** For `role` and `mfa`: the role's ARN; for `sso`: account and role name. */
  readonly detail?: string;
  /** Absent where nobody can sign in: access keys, programs. */
  readonly signIn?: SignIn;
}

/** A sign-in by the AWS CLI: `aws <command> --profile <profile>`. */
export interface SignIn {
  /** The profile itself, or the one at the end of its `source_profile` chain. */
  readonly profile: string;
  readonly command: 'sso login' | 'login';
}

/**
 * profile or keys + region + endpoints (or the sandbox). Plain data without secrets, safe to store;
 * everything that is cached is keyed by `connectionKey`.
 */
export type Connection =
  ProfileConnection | DefaultConnection | ApiKeyConnection | SandboxConnection;

interface ConnectionBase {
  readonly region: string;
  readonly endpoints: Endpoints;
}

/** A named profile of the shared config files. */
export interface ProfileConnection extends ConnectionBase {
  readonly kind: 'profile';
  readonly profile: string;
}

/** The SDK's default chain: environment variables, container or instance role. */
export interface DefaultConnection extends ConnectionBase {
  readonly kind: 'default';
}

/** A Bedrock API key from SecretStorage: Bedrock calls only, S3 and STS need AWS credentials. */
export interface ApiKeyConnection extends ConnectionBase {
  readonly kind: 'apiKey';
}

/** The bundled sandbox on loopback; its keys are handed over at start and never stored. */
export interface SandboxConnection extends ConnectionBase {
  readonly kind: 'sandbox';
}

/** The endpoint override for a service, or undefined for AWS's own. */
export function endpointFor(connection: Connection, service: ServiceName): string | undefined {
  return connection.endpoints[service] ?? connection.endpoints.all;
}

/** The key of everything cached or remembered for a connection. The sandbox's port is not part of it. */
export function connectionKey(connection: Connection): string {
  if (connection.kind === 'sandbox') return `sandbox/${connection.region}`;
  const who = connection.kind === 'profile' ? `profile:${connection.profile}` : connection.kind;
  const where = Object.entries(connection.endpoints)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([service, url]) => `${service}=${url}`)
    .join(',');
  return [who, connection.region, where].filter(Boolean).join('/');
}

/** Who the credentials belong to (STS GetCallerIdentity). */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** How a connection is named in the status bar and in messages. */
export function connectionLabel(connection: Connection): string {
  switch (connection.kind) {
    case 'sandbox':
      return l10n.t('Sandbox');
    case 'profile':
      return `${connection.profile} · ${connection.region}`;
    case 'default':
      return l10n.t('default · {0}', connection.region);
    case 'apiKey':
      return l10n.t('API key · {0}', connection.region);
  }
}
