import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { datasetText, sampleText } from '../support/datasets.js';
import { until } from '../support/until.js';
import {
  chooseSandbox,
  endOf,
  haiku,
  refuses,
  run,
  scratchFolder,
  type SandboxAccess,
} from './support/workbench.js';

interface Submitted {
  readonly runId: string;
  readonly jobs: readonly { jobArn: string; jobName: string; records: number }[];
}

interface Downloaded {
  readonly folder: string;
  readonly files: readonly string[];
  readonly success: number;
  readonly errors: number;
  readonly missing: number;
}

describe('a batch job by commands alone', () => {
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

  const options = () => ({
    modelId: haiku,
    outputS3Uri: `s3://${access.bucket}/output/`,
    roleArn: access.roleArn,
    confirm: false,
  });

  async function file(name: string, text: string): Promise<string> {
    const path = join(scratch.path, name);
    await writeFile(path, text);
    return path;
  }

  const submit = (path: string, more: object = {}) =>
    run<Submitted>('bedrock.batch.submit', vscode.Uri.file(path), { ...options(), ...more });

  const arnOf = (submitted: Submitted) => submitted.jobs[0]?.jobArn ?? '';

  describe('the sample', () => {
    let submitted: Submitted;
    let downloaded: Downloaded;

    before(async () => {
      submitted = await submit(await file('tickets.jsonl', sampleText()), {
        jobName: 'tickets-by-command',
        timeoutHours: 30,
        tags: { team: 'support' },
      });
    });

    it('becomes one job of 120 records under the name asked for', () => {
      assert.equal(submitted.jobs.length, 1);
      assert.equal(submitted.jobs[0]?.records, 120);
      assert.equal(submitted.jobs[0].jobName, 'tickets-by-command');
    });

    it('is in bedrock.jobs.list with its run, four counters and times', async () => {
      const job = await endOf(arnOf(submitted));
      assert.equal(job.runId, submitted.runId);
      assert.equal(job.status, 'Completed');
      assert.deepEqual(job.counters, { total: 120, processed: 120, success: 119, error: 1 });
      assert.equal(job.timeoutHours, 30);
      assert.ok(Date.parse(job.submitTime) <= Date.parse(job.endTime ?? ''));
    });

    it('comes back with 119 answers, one error and none missing', async () => {
      downloaded = await run<Downloaded>('bedrock.results.download', submitted.runId);
      const { success, errors, missing } = downloaded;
      assert.deepEqual({ success, errors, missing }, { success: 119, errors: 1, missing: 0 });
      assert.equal(
        downloaded.folder,
        join(scratch.path, 'bedrock-results', 'tickets-by-command'),
        'beside the dataset',
      );
      assert.ok(downloaded.files.some((name) => name.endsWith('tickets.jsonl.out')));
      assert.ok(downloaded.files.some((name) => name.endsWith('manifest.json.out')));
    });

    it('a second download into the same folder touches no file', async () => {
      const times = () =>
        Promise.all(downloaded.files.map(async (name) => (await stat(name)).mtimeMs));
      const before = await times();
      assert.deepEqual(await run('bedrock.results.download', submitted.runId), downloaded);
      assert.deepEqual(await times(), before);
    });

    it('is downloaded to a folder of choice, by job ARN', async () => {
      const folder = join(scratch.path, 'elsewhere');
      const found = await run<Downloaded>('bedrock.results.download', arnOf(submitted), { folder });
      assert.equal(found.folder, folder);
      assert.deepEqual([found.success, found.errors, found.missing], [119, 1, 0]);
      for (const name of found.files) {
        assert.ok(name.startsWith(folder) && existsSync(name), name);
        const twin = join(downloaded.folder, basename(name));
        assert.equal(await readFile(name, 'utf8'), await readFile(twin, 'utf8'));
      }
    });

    it('opens its results by run id, by folder and by file', async () => {
      const output = downloaded.files.find((name) => name.endsWith('.jsonl.out')) ?? '';
      for (const argument of [submitted.runId, downloaded.folder, vscode.Uri.file(output)]) {
        await run('bedrock.results.open', argument);
      }
      const ours = await until('three pages of results', () => {
        const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
        const pages = tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview);
        return pages.length === 3 && pages;
      });
      assert.equal(ours[0]?.label, 'Results: tickets-by-command');
      await vscode.window.tabGroups.close(ours);
    });

    it('stopping it after its end is no error', async () => {
      await run('bedrock.jobs.stop', submitted.runId);
      await run('bedrock.jobs.stop', arnOf(submitted));
      assert.equal((await endOf(arnOf(submitted))).status, 'Completed');
    });

    it('copies the ARN by run id', async () => {
      await run('bedrock.jobs.copyArn', submitted.runId);
      assert.equal(await vscode.env.clipboard.readText(), arnOf(submitted));
    });
  });

  it('a Converse file becomes a Converse job without being told', async () => {
    const submitted = await submit(await file('converse.jsonl', datasetText('converse')));
    const job = await endOf(arnOf(submitted));
    assert.equal(job.invocationType, 'Converse');
    assert.equal(job.counters.success, 120);
    const { success } = await run<Downloaded>('bedrock.results.download', submitted.runId);
    assert.equal(success, 120);
  });

  it('a file name with spaces, umlauts and brackets becomes a valid job and comes back', async () => {
    const submitted = await submit(await file('Größe [1] (a b).jsonl', datasetText('anthropic')));
    assert.match(submitted.jobs[0]?.jobName ?? '', /^[a-zA-Z0-9][a-zA-Z0-9+.-]*$/);
    await endOf(arnOf(submitted));
    const { success, missing } = await run<Downloaded>('bedrock.results.download', submitted.runId);
    assert.deepEqual([success, missing], [120, 0]);
  });

  it('the same file can be submitted twice: two runs, two jobs, two inputs', async () => {
    const path = await file('again.jsonl', datasetText('anthropic'));
    const [one, two] = [await submit(path), await submit(path)];
    assert.notEqual(one.runId, two.runId);
    const jobs = [await endOf(arnOf(one)), await endOf(arnOf(two))];
    assert.deepEqual(
      jobs.map((job) => job.counters.total),
      [120, 120],
    );
    assert.notEqual(jobs[0]?.inputS3Uri, jobs[1]?.inputS3Uri);
  });

  it('a run or job that does not exist is refused in words', async () => {
    await refuses(run('bedrock.jobs.stop', 'no-such-run'), 'notFound', /no such run/);
    await refuses(run('bedrock.results.download', 'no-such-run'), 'notFound', /no such run or job/);
    await refuses(run('bedrock.jobs.stop', 7), 'invalidInput', /by its id or a job by its ARN/);
    const arn = 'arn:aws:bedrock:us-east-1:000000000000:model-invocation-job/abcdefghijkl';
    await refuses(run('bedrock.results.download', arn), 'notFound', /abcdefghijkl/);
  });

  describe('on a slow sandbox', () => {
    before(async () => {
      access = await chooseSandbox(dataDir, 0.5);
    });

    it('a live job can be stopped by run id and by ARN; its results are not there yet', async () => {
      const path = await file('slow.jsonl', datasetText('anthropic'));
      const [one, two] = [await submit(path), await submit(path)];
      await refuses(run('bedrock.results.download', one.runId), 'conflict', /has not ended/);
      await run('bedrock.jobs.stop', one.runId);
      await run('bedrock.jobs.stop', arnOf(two));
      const ends = await Promise.all([endOf(arnOf(one)), endOf(arnOf(two))]);
      assert.deepEqual(
        ends.map((job) => job.status),
        ['Stopped', 'Stopped'],
      );
    });
  });
});
