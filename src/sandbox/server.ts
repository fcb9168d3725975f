import { resolve } from 'node:path';
import { type Logger, silentLog } from '../core/log.js';
import { FaultRules } from './faults/faultRules.js';
import { RequestLog } from './faults/requestLog.js';
import { GuardrailStore } from './guardrails/guardrailStore.js';
import { serveOnLoopback } from './http/nodeServer.js';
import type { Handler } from './http/wire.js';
import { roleArn } from './identity/queryServices.js';
import { BatchEngine } from './jobs/batchEngine.js';
import { JobStore } from './jobs/jobStore.js';
import { OwnModels } from './models/ownModels.js';
import { createRouter } from './router.js';
import { createUpstream } from './runtime/upstream.js';
import { writeReply } from './runtime/writer.js';
import { ObjectStore } from './s3/objectStore.js';
import { UploadStore } from './s3/uploads.js';
import { loadIdentity, sandboxBucket } from './state/identity.js';
import { lockDataDir } from './state/lockDataDir.js';

export interface SandboxOptions {
  /** Folder of the state: keys, buckets, jobs. Made where it does not exist. */
  readonly dataDir: string;
  /** Port on 127.0.0.1; 0, the default, takes any free one. */
  readonly port?: number;
  /** How many times faster than nominal (a job of 120 records takes about 8 s at 1). */
  readonly speed?: number;
  readonly region?: string;
  readonly log?: Logger;
  /** An OpenAI-compatible server, as `http://127.0.0.1:11434/v1`, that writes the replies. */
  readonly upstream?: { readonly url: string; readonly model: string };
  /** Put around what answers every request: tests check each answer with it. */
  readonly around?: (handler: Handler) => Handler;
}

/** A running sandbox: where it is and how to sign requests to it. */
export interface Sandbox {
  readonly endpoint: string;
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Bedrock API key (bearer token) of this sandbox. */
  readonly apiKey: string;
  /** A bucket that exists from the start. */
  readonly bucket: string;
  /** A service role for batch jobs. */
  readonly roleArn: string;
  readonly accountId: string;
  close(): Promise<void>;
}

/**
 * Starts the local Bedrock, S3, STS and IAM endpoint on a data folder; unfinished jobs go on.
 * Throws `network` where the port is taken and `conflict` where the folder is in use.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port = 0, speed = 1, region = 'us-east-1', log = silentLog } = options;
  const dataDir = resolve(options.dataDir);
  const identity = await loadIdentity(dataDir);
  const lock = await lockDataDir(dataDir);
  try {
    const objects = new ObjectStore(dataDir);
    await objects.removeLeftovers();
    await objects.createBucket(sandboxBucket);
    const uploads = new UploadStore(dataDir);
    const jobs = new JobStore(dataDir);
    const owner = `${region}:${identity.accountId}`;
    const guardrails = new GuardrailStore(dataDir, owner);
    const ownModels = new OwnModels(dataDir, owner);
    await Promise.all([uploads.load(), jobs.load(), guardrails.load(), ownModels.load()]);
    const respond = options.upstream === undefined ? writeReply : createUpstream(options.upstream);
    const engine = new BatchEngine({
      ...{ dataDir, region, speed, jobs, objects, ownModels, respond, log },
    });
    const faults = new FaultRules();
    const router = createRouter({
      port: () => server.port,
      s3: { objects, uploads, identity, region },
      bedrock: { identity, region, speed, jobs, engine, faults, guardrails, ownModels, respond },
      faults,
      requests: new RequestLog(),
      log,
    });
    const handler = options.around?.(router) ?? router;
    const server = await serveOnLoopback(handler, port, log);
    engine.resume();
    let closed: Promise<void> | undefined;
    log.info('sandbox started', { port: server.port, dataDir });
    return {
      endpoint: `http://127.0.0.1:${server.port}`,
      port: server.port,
      region,
      accessKeyId: identity.accessKeyId,
      secretAccessKey: identity.secretAccessKey,
      apiKey: identity.apiKey,
      bucket: sandboxBucket,
      roleArn: roleArn(identity),
      accountId: identity.accountId,
      close() {
        closed ??= (async () => {
          await server.close();
          await engine.close();
          await lock.release();
        })();
        return closed;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
