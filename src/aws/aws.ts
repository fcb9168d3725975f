import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import type { BatchStorage, JobsApi } from '../core/batch/ports.js';
import {
  endpointFor,
  type CallerIdentity,
  type Connection,
  type ServiceName,
} from '../core/connection.js';
import type { RuntimeApi } from '../core/converse/runtimeApi.js';
import type { GuardrailsApi } from '../core/guardrails/guardrail.js';
import type { Logger } from '../core/log.js';
import type { BatchOverrides } from '../core/models/batchSupport.js';
import { createCatalogue, type Catalogue } from './catalogue.js';
import { createClients, createTransport } from './clients.js';
import { createKeyProvider, type CredentialPorts } from './credentials.js';
import { awsCall } from './errors/awsError.js';
import { createGuardrailsApi } from './guardrails.js';
import { createJobsApi } from './jobs.js';
import { createRuntimeApi } from './runtime.js';
import { createStorage } from './storage.js';

/** Everything the extension asks of AWS, for one connection. */
export interface Aws {
  readonly connection: Connection;
  readonly jobs: JobsApi;
  readonly storage: BatchStorage;
  readonly catalogue: Catalogue;
  readonly guardrails: GuardrailsApi;
  /** Model calls: paid, and never repeated by themselves. */
  readonly runtime: RuntimeApi;
  /** Whose credentials these are. */
  identity(signal?: AbortSignal): Promise<CallerIdentity>;
  /** ARNs of roles that Bedrock may assume (their trust policy names the service). */
  bedrockRoles(signal?: AbortSignal): Promise<string[]>;
  /** Nobody calls it any more: what is under way, a paid stream above all, goes on to its end. */
  retire(): void;
  /** Breaks off what is under way. */
  dispose(): void;
}

export interface AwsPorts extends CredentialPorts {
  readonly apiKey: () => Promise<string>;
  readonly caBundle?: string;
  /** What the settings say about models and batch. */
  readonly batchOverrides?: (() => BatchOverrides) | undefined;
  readonly log: Logger;
  /** Of the extension. */
  readonly version?: string | undefined;
}

/** Opens a connection. No network is used before the first call. */
export function createAws(connection: Connection, ports: AwsPorts): Aws {
  const transport = createTransport(ports.caBundle);
  const requestHandler = transport.handler;
  const keys = createKeyProvider(connection, ports, requestHandler);
  const { apiKey, version } = ports;
  const clients = createClients({ connection, keys, apiKey, requestHandler, version });
  const contextFor = (service: ServiceName) => {
    const endpoint = endpointFor(connection, service);
    return {
      region: connection.region,
      ...(connection.kind === 'profile' ? { profile: connection.profile } : {}),
      ...(connection.kind === 'apiKey' ? { apiKey: true } : {}),
      ...(endpoint ? { endpoint } : {}),
      // Known with the first keys: each call spreads this object into its own.
      get hasSignIn() {
        return keys.hasSignIn();
      },
    };
  };
  return {
    connection,
    jobs: createJobsApi(clients.bedrock, contextFor('bedrock')),
    storage: createStorage(clients.s3, contextFor('s3')),
    catalogue: createCatalogue(clients.bedrock, {
      context: contextFor('bedrock'),
      batchOverrides: ports.batchOverrides,
    }),
    guardrails: createGuardrailsApi(clients.bedrock, contextFor('bedrock')),
    runtime: createRuntimeApi({
      client: clients.bedrockRuntime,
      context: contextFor('bedrockRuntime'),
    }),
    identity: (signal) =>
      awsCall({ ...contextFor('sts'), action: 'sts:GetCallerIdentity' }, async () => {
        const options = signal ? { abortSignal: signal } : {};
        const found = await clients.sts.send(new GetCallerIdentityCommand({}), options);
        return { accountId: found.Account ?? '', arn: found.Arn ?? '' };
      }),
    bedrockRoles: (signal) =>
      awsCall({ ...contextFor('iam'), action: 'iam:ListRoles' }, async () => {
        const roles: string[] = [];
        let marker: string | undefined;
        do {
          const page = await clients.iam.send(
            new ListRolesCommand({ MaxItems: 1000, ...(marker ? { Marker: marker } : {}) }),
            signal ? { abortSignal: signal } : {},
          );
          for (const role of page.Roles ?? []) {
            const trust = decodeURIComponent(role.AssumeRolePolicyDocument ?? '');
            if (role.Arn && trust.includes('bedrock.amazonaws.com')) roles.push(role.Arn);
          }
          marker = page.IsTruncated ? page.Marker : undefined;
        } while (marker);
        return roles;
      }),
    retire: () => {
      transport.retire();
    },
    dispose: () => {
      transport.destroy();
    },
  };
}
