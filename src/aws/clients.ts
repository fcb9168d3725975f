import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import * as l10n from '@vscode/l10n';
import { endpointFor, type Connection, type ServiceName } from '../core/connection.js';
import { AppError } from '../core/errors.js';
import type { KeyProvider } from './credentials.js';
import { makeClient } from './services.js';
import { expandHome } from './sharedConfig.js';

/** The SDK clients of one connection. They share a handler and one credential provider. */
export type Clients = { readonly [K in ServiceName]: ReturnType<(typeof makeClient)[K]> };

export interface ClientOptions {
  readonly connection: Connection;
  readonly keys: KeyProvider;
  /** The Bedrock API key where the connection is of that kind. */
  readonly apiKey?: () => Promise<string>;
  readonly requestHandler: NodeHttpHandler;
  /** Of the extension: AWS's logs name it. */
  readonly version?: string | undefined;
}

/** What all clients of a connection send with. */
export interface Transport {
  readonly handler: NodeHttpHandler;
  /** Lets what is under way end, and keeps no connection open afterwards. */
  retire(): void;
  /** Breaks off what is under way. */
  destroy(): void;
}

/**
 * One HTTP/1.1 handler for all clients: proxies, gateways and emulators speak it, and VS Code adds its
 * proxy support to Node's own http modules. `caBundle` is a PEM file with extra authorities.
 */
export function createTransport(caBundle?: string): Transport {
  const keepAlive = { keepAlive: true, maxSockets: 64 };
  const ca = caBundle ? [...rootCertificates, readCaBundle(caBundle)] : undefined;
  const httpAgent = new HttpAgent(keepAlive);
  const httpsAgent = new HttpsAgent(ca ? { ...keepAlive, ca } : keepAlive);
  const handler = new NodeHttpHandler({
    httpAgent,
    httpsAgent,
    connectionTimeout: 10_000,
    // Long silence is normal while a model thinks; an upload part is never silent this long.
    socketTimeout: 300_000,
  });
  return {
    handler,
    retire() {
      for (const agent of [httpAgent, httpsAgent]) {
        // Node closes a socket that is done where it may keep none.
        agent.maxFreeSockets = 0;
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
    destroy() {
      handler.destroy();
    },
  };
}

function readCaBundle(path: string): string {
  try {
    return readFileSync(expandHome(path), 'utf8');
  } catch (error) {
    throw new AppError(
      'invalidInput',
      l10n.t(
        'The certificate file {0} cannot be read. Correct "bedrock.caBundle", AWS_CA_BUNDLE or the ca_bundle of the profile.',
        path,
      ),
      { cause: error },
    );
  }
}

type PlainHandler = (args: unknown) => Promise<unknown>;
type PlainStep = (next: PlainHandler) => PlainHandler;

interface PlainStack {
  add(step: PlainStep, options: { readonly step: 'initialize'; readonly name: string }): void;
}

/**
 * Asks for keys anew where AWS says that they have ended (a credential process without an end, a
 * session that was revoked) and sends the request once more. It was refused, so nothing happens twice.
 */
function renewKeysOnce(keys: KeyProvider): PlainStep {
  return (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      if (!(error instanceof Error) || !error.name.startsWith('ExpiredToken')) throw error;
      keys.forget();
      return next(args);
    }
  };
}

/**
 * The clients of a connection. `authSchemePreference` is always set: otherwise a stray
 * AWS_BEARER_TOKEN_BEDROCK in the environment beats the chosen credentials without a word.
 */
export function createClients(options: ClientOptions): Clients {
  const { connection, keys, apiKey, requestHandler, version = 'unknown' } = options;
  const base = (service: ServiceName) => {
    const endpoint = endpointFor(connection, service);
    return {
      region: connection.region,
      // The SDK keeps keys without an end for good, and asks again for keys that end soon: so it
      // always asks ours, which keeps them and can be told that AWS no longer takes them.
      credentials: async () => ({ ...(await keys()), expiration: new Date(Date.now() + 60_000) }),
      requestHandler,
      customUserAgent: [['bedrock-workbench', version]] as [string, string][],
      ...(endpoint ? { endpoint } : {}),
    };
  };
  const bedrockAuth =
    connection.kind === 'apiKey' && apiKey
      ? {
          authSchemePreference: ['httpBearerAuth'],
          token: async () => ({ token: await apiKey() }),
        }
      : { authSchemePreference: ['sigv4'] };
  const clients: Clients = {
    bedrock: makeClient.bedrock(base('bedrock'), bedrockAuth),
    bedrockRuntime: makeClient.bedrockRuntime(base('bedrockRuntime'), bedrockAuth),
    s3: makeClient.s3(base('s3')),
    sts: makeClient.sts(base('sts')),
    iam: makeClient.iam(base('iam')),
  };
  for (const { middlewareStack } of Object.values(clients)) {
    // Five stacks of different commands, and one step that looks at none of them.
    (middlewareStack as unknown as PlainStack).add(renewKeysOnce(keys), {
      step: 'initialize',
      name: 'renewKeysOnce',
    });
  }
  return clients;
}
