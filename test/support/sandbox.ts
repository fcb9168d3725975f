import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAws, type Aws } from '../../src/aws/aws.js';
import type { Connection } from '../../src/core/connection.js';
import { silentLog } from '../../src/core/log.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { AnswerCheck } from './answerCheck.js';

/** A running sandbox on a folder of its own, and the extension's AWS layer connected to it. */
export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly aws: Aws;
  readonly connection: Connection;
  readonly folder: string;
  /** Makes the next requests go wrong; see the sandbox's faults. */
  fault(rule: unknown): Promise<void>;
  clearFaults(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox that runs jobs in a moment; closing it fails where an answer was not as AWS's model says. */
export async function startTestSandbox(options: { speed?: number } = {}): Promise<TestSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
  const check = new AnswerCheck();
  const sandbox = await startSandbox({
    around: check.around,
    dataDir: join(folder, 'sandbox'),
    speed: options.speed ?? 200,
  });
  const { endpoint, region, accessKeyId, secretAccessKey } = sandbox;
  const connection: Connection = { kind: 'sandbox', region, endpoints: { all: endpoint } };
  const aws = createAws(connection, {
    mfaCode: () => Promise.reject(new Error('no MFA here')),
    apiKey: () => Promise.reject(new Error('no API key here')),
    sandboxKeys: () => Promise.resolve({ accessKeyId, secretAccessKey }),
    log: silentLog,
  });
  const faults = (init: RequestInit) =>
    fetch(`${endpoint}/_sandbox/faults`, init).then((response) => {
      if (!response.ok) throw new Error(`the sandbox refused the fault: ${response.status}`);
    });
  return {
    sandbox,
    aws,
    connection,
    folder,
    fault: (rule) => faults({ method: 'POST', body: JSON.stringify(rule) }),
    clearFaults: () => faults({ method: 'DELETE' }),
    close: async () => {
      aws.dispose();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
      check.assertRight();
    },
  };
}
