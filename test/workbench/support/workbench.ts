import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ErrorKind } from '../../../src/core/errors.js';
import { isTerminal, type Job } from '../../../src/core/jobs/types.js';
import { until } from '../../support/until.js';

/** A batch model of the sandbox that the Anthropic records of the tests are written for. */
export const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

/** Runs a command as another extension would. */
export async function run<T = unknown>(id: string, ...args: unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(id, ...args);
}

/** The command must reject with that kind and words, one sentence or two that end in a full stop. */
export async function refuses(
  work: Promise<unknown>,
  kind: ErrorKind,
  says: RegExp,
): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    const { message } = error as Error;
    assert.match(message, says);
    assert.equal((error as { kind?: string }).kind, kind, message);
    // AWS's own words come last and are not ours to end.
    assert.match(message, /[.)]$|AWS says: /, `not a sentence: ${message}`);
    assert.doesNotMatch(message, /\n|undefined|\[object|Error:/, message);
    return true;
  });
}

/** A folder that is removed when the suite ends. */
export async function scratchFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'bedrock-suite-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** What `bedrock.sandbox.start` returns. */
export interface SandboxAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  readonly roleArn: string;
}

/** The extension's own sandbox on a folder of its own, chosen as the connection. */
export async function chooseSandbox(dataDir: string, speed = 200): Promise<SandboxAccess> {
  await run('bedrock.sandbox.stop');
  const access = await run<SandboxAccess>('bedrock.sandbox.start', { dataDir, speed });
  await run('bedrock.connection.select', { sandbox: true });
  return access;
}

/** Makes the next requests to the sandbox go wrong. */
export async function fault(access: SandboxAccess, rule: unknown): Promise<void> {
  const response = await fetch(`${access.endpoint}/_sandbox/faults`, {
    method: 'POST',
    body: JSON.stringify(rule),
  });
  assert.ok(response.ok, `the sandbox refused the fault: ${response.status}`);
}

/** Keys of the objects in the sandbox's bucket, as files on disk. */
export async function objects(dataDir: string, access: SandboxAccess): Promise<string[]> {
  const bucket = join(dataDir, 'buckets', access.bucket);
  const entries = await readdir(bucket, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** A job as `bedrock.jobs.list` gives it. */
export type ListedJob = Job & { readonly runId?: string };

export const listJobs = () => run<ListedJob[]>('bedrock.jobs.list', { refresh: true });

/** The job once it has ended. */
export function endOf(jobArn: string): Promise<ListedJob> {
  return until('the end of the job', async () => {
    const job = (await listJobs()).find(({ arn }) => arn === jobArn);
    return job && isTerminal(job.status) ? job : undefined;
  });
}

/** Writes the shared AWS files the editor looks at; refuses to touch files it did not write. */
export class AwsFiles {
  private readonly config = process.env['AWS_CONFIG_FILE'] ?? '';
  private readonly credentials = process.env['AWS_SHARED_CREDENTIALS_FILE'] ?? '';

  constructor() {
    assert.ok(this.config && this.credentials, 'the AWS files are not set apart');
    assert.ok(!existsSync(this.config), 'there is an AWS config file already');
  }

  async writeConfig(text: string): Promise<void> {
    await mkdir(dirname(this.config), { recursive: true });
    await writeFile(this.config, text);
  }

  async writeCredentials(text: string): Promise<void> {
    await mkdir(dirname(this.credentials), { recursive: true });
    await writeFile(this.credentials, text);
  }

  async remove(): Promise<void> {
    await rm(this.config, { force: true });
    await rm(this.credentials, { force: true });
  }
}
