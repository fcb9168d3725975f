import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.js';
import { datasetText } from '../support/datasets.js';
import { until } from '../support/until.js';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import {
  AwsFiles,
  chooseSandbox,
  endOf,
  haiku,
  listJobs,
  refuses,
  run,
  scratchFolder,
} from './support/workbench.js';

interface Selected {
  readonly profile?: string;
  readonly region: string;
  readonly accountId?: string;
  readonly arn?: string;
  readonly endpoint?: string;
  readonly sandbox: boolean;
}

const select = (choice: object) => run<Selected>('bedrock.connection.select', choice);

describe('bedrock.connection.select', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let files: AwsFiles;
  /** Two accounts, as two endpoints with keys of their own. */
  let first: Sandbox;
  let second: Sandbox;
  let deadPort: number;

  before(async () => {
    scratch = await scratchFolder();
    files = new AwsFiles();
    first = await startSandbox({ dataDir: join(scratch.path, 'first'), speed: 200 });
    second = await startSandbox({
      dataDir: join(scratch.path, 'second'),
      speed: 200,
      region: 'eu-central-1',
    });
    deadPort = await freePort();
    await files.writeConfig(config());
    await files.writeCredentials(credentials());
  });

  after(async () => {
    await chooseSandbox(join(scratch.path, 'own'));
    await run('bedrock.sandbox.stop');
    await first.close();
    await second.close();
    await files.remove();
    await scratch.remove();
  });

  const config = () => `
[profile first]
region = us-east-1
endpoint_url = ${first.endpoint}

[profile second]
region = eu-central-1
services = second
[services second]
bedrock =
  endpoint_url = ${second.endpoint}
s3 =
  endpoint_url = ${second.endpoint}
sts =
  endpoint_url = ${second.endpoint}
iam =
  endpoint_url = ${second.endpoint}

[profile homeless]

[profile dead]
region = us-east-1
endpoint_url = http://127.0.0.1:${deadPort}

[profile wrong]
region = us-east-1
endpoint_url = ${first.endpoint}

[profile odd]
region = us-east-1
endpoint_url = localhost:4566
`;

  const keys = (name: string, { accessKeyId, secretAccessKey }: Sandbox) =>
    `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

  const credentials = () =>
    [
      keys('first', first),
      keys('second', second),
      keys('homeless', first),
      keys('dead', first),
      keys('odd', first),
      '[wrong]\naws_access_key_id = AKIAWRONGWRONGWRONG1\naws_secret_access_key = wrong\n',
    ].join('\n');

  it('with { sandbox: true } connects to the bundled sandbox', async () => {
    await chooseSandbox(join(scratch.path, 'own'));
    const selected = await select({ sandbox: true });
    assert.equal(selected.sandbox, true);
    assert.equal(selected.region, 'us-east-1');
    assert.match(selected.accountId ?? '', /^\d{12}$/);
    assert.match(selected.arn ?? '', /^arn:aws:iam::\d{12}:user\//);
  });

  it('with a profile of AWS_CONFIG_FILE returns its Region, account, ARN and endpoint', async () => {
    assert.deepEqual(await select({ profile: 'first' }), {
      profile: 'first',
      region: 'us-east-1',
      accountId: first.accountId,
      arn: `arn:aws:iam::${first.accountId}:user/sandbox`,
      endpoint: first.endpoint,
      sandbox: false,
    });
  });

  it('takes endpoints a service from a [services] section', async () => {
    const selected = await select({ profile: 'second' });
    assert.equal(selected.endpoint, second.endpoint);
    assert.equal(selected.region, 'eu-central-1');
  });

  it('takes Region and endpoint as arguments over those of the profile', async () => {
    const selected = await select({
      profile: 'homeless',
      region: 'us-east-1',
      endpoint: first.endpoint,
    });
    assert.equal(selected.endpoint, first.endpoint);
    assert.equal(selected.accountId, first.accountId);
  });

  it('refuses an unknown profile', () =>
    refuses(select({ profile: 'nobody' }), 'credentials', /"nobody" is not in the AWS config/));

  it('refuses a profile without a Region', () =>
    refuses(select({ profile: 'homeless' }), 'credentials', /"homeless" has no Region/));

  it('refuses an endpoint that is no URL, from an argument and from the profile', async () => {
    const endpoint = 'not a url';
    await refuses(select({ profile: 'first', endpoint }), 'invalidInput', /"not a url".*http:\/\//);
    await refuses(select({ profile: 'odd' }), 'invalidInput', /"localhost:4566".*http:\/\//);
  });

  it('says so when nothing listens at the endpoint', () =>
    refuses(
      select({ profile: 'dead' }),
      'network',
      new RegExp(`Nothing answers at http://127.0.0.1:${deadPort}`),
    ));

  it('says so when the keys are not accepted', () =>
    refuses(select({ profile: 'wrong' }), 'credentials', /does not accept the keys/));

  it('refuses arguments of the wrong type by their name', () =>
    refuses(select({ profile: 7 }), 'invalidInput', /"profile" must be of type string/));

  it('keeps jobs and models of two connections apart', async () => {
    await select({ profile: 'first' });
    const path = join(scratch.path, 'apart.jsonl');
    await writeFile(path, datasetText('anthropic'));
    const { jobs } = await run<{ jobs: { jobArn: string }[] }>(
      'bedrock.batch.submit',
      vscode.Uri.file(path),
      {
        modelId: haiku,
        outputS3Uri: `s3://${first.bucket}/output/`,
        roleArn: first.roleArn,
        confirm: false,
      },
    );
    const arn = jobs[0]?.jobArn ?? '';
    await endOf(arn);
    const models = await run<{ arn: string }[]>('bedrock.models.list');
    await select({ profile: 'second' });
    assert.deepEqual(await listJobs(), []);
    const others = await run<{ arn: string }[]>('bedrock.models.list');
    assert.match(others[0]?.arn ?? '', /:eu-central-1:/);
    await select({ profile: 'first' });
    assert.deepEqual(
      (await listJobs()).map((job) => job.arn),
      [arn],
    );
    assert.deepEqual(await run('bedrock.models.list'), models);
  });

  it('picks up keys and profiles that are edited on disk, without a reload', async () => {
    await assert.rejects(select({ profile: 'wrong' }));
    await files.writeCredentials(credentials().replace(/\[wrong\][^[]*/, keys('wrong', first)));
    const found = await until('the new keys are used', async () =>
      run<Selected>('bedrock.connection.test', {}).catch(() => undefined),
    );
    assert.equal(found.accountId, first.accountId);
    await files.writeConfig(`${config()}\n[profile late]\nregion = us-west-2\n`);
    await files.writeCredentials(`${credentials()}\n${keys('late', first)}`);
    const late = await select({ profile: 'late', endpoint: first.endpoint });
    assert.equal(late.region, 'us-west-2');
  });
});

/** A port at which nothing listens. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}
