import { BedrockClient } from '@aws-sdk/client-bedrock';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/** What every client of a connection is made with. */
export interface ClientBase {
  readonly region: string;
  readonly credentials: () => Promise<{
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }>;
  readonly requestHandler: NodeHttpHandler;
  readonly customUserAgent: [string, string][];
  readonly endpoint?: string;
}

/** How Bedrock's clients sign: by keys, or with an API key. */
export interface BedrockAuth {
  readonly authSchemePreference: string[];
  readonly token?: () => Promise<{ readonly token: string }>;
}

/** The client of each service of `serviceTable` (core/connection.ts): a new service is a row there and here. */
export const makeClient = {
  bedrock: (base: ClientBase, auth: BedrockAuth) => new BedrockClient({ ...base, ...auth }),
  // One attempt: an answer that is asked for twice is paid twice, and nobody pressed the button again.
  bedrockRuntime: (base: ClientBase, auth: BedrockAuth) =>
    new BedrockRuntimeClient({ ...base, ...auth, maxAttempts: 1 }),
  // An endpoint of one's own has no host a bucket.
  s3: (base: ClientBase) =>
    new S3Client({
      ...base,
      forcePathStyle: base.endpoint !== undefined,
      followRegionRedirects: true,
    }),
  sts: (base: ClientBase) => new STSClient(base),
  iam: (base: ClientBase) => new IAMClient(base),
};
