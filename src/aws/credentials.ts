import { getDefaultRoleAssumer, getDefaultRoleAssumerWithWebIdentity } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import * as l10n from '@vscode/l10n';
import { endpointFor, type Connection } from '../core/connection.js';
import { AppError } from '../core/errors.js';
import { toAwsError } from './errors/awsError.js';
import { checkProfileChain, signInOf } from './profileChain.js';
import { readSharedConfig } from './sharedConfig.js';

/** Access keys, with a session token and an end where they are temporary. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Gives keys that are valid now. One provider is shared by all clients of a connection. */
export interface KeyProvider {
  (): Promise<AwsKeys>;
  /** Forgets the keys: AWS says that they have ended. */
  readonly forget: () => void;
  /** Whether a person can sign in for them; undefined before the first keys and outside of profiles. */
  readonly hasSignIn: () => boolean | undefined;
}

export interface CredentialPorts {
  /** Asks the person for the code of an MFA device; rejects with `cancelled`. */
  readonly mfaCode: (serial: string) => Promise<string>;
  /** The keys of the running sandbox. */
  readonly sandboxKeys: () => Promise<AwsKeys>;
}

/** Renew this long before the keys end, so that a long upload never starts on dying keys. */
const renewBeforeMs = 5 * 60_000;

/**
 * The credential provider of a connection, memoised: concurrent calls share one resolution, so an MFA
 * code is asked once. The config files are read anew at each resolution (`ignoreCache`).
 */
export function createKeyProvider(
  connection: Connection,
  ports: CredentialPorts,
  requestHandler: NodeHttpHandler,
): KeyProvider {
  let hasSignIn: boolean | undefined;
  const resolve = resolver(connection, ports, requestHandler, (found) => {
    hasSignIn = found;
  });
  // What can fail beyond the files themselves is assuming the profile's role.
  const endpoint = endpointFor(connection, 'sts');
  const context = {
    action: 'sts:AssumeRole',
    region: connection.region,
    ...(connection.kind === 'profile' ? { profile: connection.profile } : {}),
    ...(endpoint ? { endpoint } : {}),
  };
  let current: AwsKeys | undefined;
  let pending: Promise<AwsKeys> | undefined;
  const provide = async () => {
    if (current && !isEnding(current)) return current;
    pending ??= resolve()
      .catch((error: unknown) => {
        throw toAwsError(error, { ...context, hasSignIn });
      })
      .finally(() => {
        pending = undefined;
      });
    current = await pending;
    return current;
  };
  const forget = () => {
    current = undefined;
  };
  return Object.assign(provide, { forget, hasSignIn: () => hasSignIn });
}

function isEnding(keys: AwsKeys): boolean {
  return keys.expiration !== undefined && keys.expiration.getTime() - Date.now() < renewBeforeMs;
}

function resolver(
  connection: Connection,
  ports: CredentialPorts,
  requestHandler: NodeHttpHandler,
  noteSignIn: (hasSignIn: boolean) => void,
): () => Promise<AwsKeys> {
  const endpoint = endpointFor(connection, 'sts');
  const stsConfig = {
    region: connection.region,
    requestHandler,
    ...(endpoint ? { endpoint } : {}),
  };
  const options = {
    ignoreCache: true,
    mfaCodeProvider: ports.mfaCode,
    // The SDK's own assumers know nothing of the connection's Region and endpoint.
    roleAssumer: getDefaultRoleAssumer(stsConfig),
    roleAssumerWithWebIdentity: getDefaultRoleAssumerWithWebIdentity(stsConfig),
    // No Region: an sso-session and a login session have their own.
    clientConfig: { requestHandler },
  };
  // Where a sign-in has no Region of its own, it is the connection's.
  const caller = { callerClientConfig: { region: () => Promise.resolve(connection.region) } };
  switch (connection.kind) {
    case 'sandbox':
      return ports.sandboxKeys;
    case 'profile':
      return async () => {
        const config = await readSharedConfig();
        checkProfileChain(connection.profile, config);
        noteSignIn(signInOf(connection.profile, config) !== undefined);
        return fromIni({ ...options, profile: connection.profile })(caller);
      };
    case 'default':
      return async () => {
        const config = await readSharedConfig();
        try {
          return await fromNodeProviderChain(options)(caller);
        } catch (error) {
          // The chain passes over a broken profile, and then says only that there was nothing.
          const named = process.env['AWS_PROFILE'];
          const profile = named === undefined || named === '' ? 'default' : named;
          if (config.profiles[profile]) checkProfileChain(profile, config);
          throw error;
        }
      };
    case 'apiKey':
      return () =>
        Promise.reject(
          new AppError(
            'credentials',
            l10n.t(
              'A Bedrock API key works for Bedrock only. Amazon S3, IAM and STS need AWS credentials: choose a profile for this step.',
            ),
            { action: 'pickConnection' },
          ),
        );
  }
}
