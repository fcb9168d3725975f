import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sampleText } from '../support/datasets.js';
import { badFiles, writeBadFile } from './support/badFiles.js';
import {
  chooseSandbox,
  fault,
  haiku,
  listJobs,
  objects,
  refuses,
  run,
  scratchFolder,
  type SandboxAccess,
} from './support/workbench.js';

describe('bedrock.batch.submit of what cannot become a job', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let dataDir: string;
  let access: SandboxAccess;

  before(async () => {
    scratch = await scratchFolder();
    dataDir = join(scratch.path, 'sandbox');
    access = await chooseSandbox(dataDir);
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  async function file(name: string, text: string): Promise<string> {
    const path = join(scratch.path, name);
    await writeFile(path, text);
    return path;
  }

  const submit = (path: string, more: object = {}) =>
    run('bedrock.batch.submit', vscode.Uri.file(path), {
      modelId: haiku,
      outputS3Uri: `s3://${access.bucket}/output/`,
      roleArn: access.roleArn,
      confirm: false,
      ...more,
    });

  async function leavesNothing(): Promise<void> {
    assert.deepEqual(
      (await listJobs()).map((job) => job.name),
      [],
    );
    assert.deepEqual(await objects(dataDir, access), []);
  }

  for (const bad of badFiles) {
    it(`${bad.name} is refused with one message and leaves no job and no object`, async () => {
      const path = await writeBadFile(scratch.path, bad);
      await refuses(submit(path), bad.kind, bad.says);
      await leavesNothing();
    });
  }

  const wrongOptions: readonly [string, object, RegExp][] = [
    ['a role that is no ARN', { roleArn: 'BatchRole' }, /roleArn: A role ARN looks like/],
    ['a job name with an underscore', { jobName: 'my_job' }, /jobName: A job name/],
    ['an output location that is no S3 URI', { outputS3Uri: '/tmp' }, /outputS3Uri: .*s3:\/\//],
    ['a timeout of an hour', { timeoutHours: 1 }, /timeoutHours: .*24 to 168/],
    ['a tag key with odd characters', { tags: { 'a#b': '1' } }, /tags: A tag key/],
    ['a model of the wrong type', { modelId: 7 }, /"modelId" must be of type string/],
    ['an invocation type that is none', { invocationType: 'Chat' }, /"invocationType"/],
  ];
  for (const [what, more, says] of wrongOptions) {
    it(`${what} is refused before anything is sent`, async () => {
      const path = await file('tickets.jsonl', sampleText());
      await refuses(submit(path, more), 'invalidInput', says);
      await leavesNothing();
    });
  }

  it('a model that no record fits is refused', async () => {
    const path = await file('tickets.jsonl', sampleText());
    const modelId = 'amazon.titan-text-express-v1';
    await refuses(submit(path, { modelId }), 'invalidInput', /^Line 1: /);
  });

  it('a denied create leaves no job and no object, and names the permission', async () => {
    const path = await file('tickets.jsonl', sampleText());
    await fault(access, {
      match: { operation: 'CreateModelInvocationJob' },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'Not you.' },
      times: 1,
    });
    await refuses(submit(path), 'accessDenied', /bedrock:CreateModelInvocationJob.*Not you/);
    await leavesNothing();
  });
});
