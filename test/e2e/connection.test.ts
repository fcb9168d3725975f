import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleText } from '../support/datasets.js';
import type { TestSandbox } from '../support/sandbox.js';
import {
  keysProfile,
  openProfileWindow,
  writeProgram,
  type ProfileWindow,
} from './support/profileWindow.js';
import { until } from './support/until.js';

const role = 'arn:aws:iam::000000000000:role/Analyst';

const config = (at: TestSandbox) => `
${keysProfile('work', at)}
${keysProfile('nowhere', at).replace('region = us-east-1\n', '')}

[profile single]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-west-1
endpoint_url = ${at.sandbox.endpoint}

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = eu-west-1

[profile analyst]
role_arn = ${role}
source_profile = work
region = us-west-2

[profile careful]
role_arn = ${role}
source_profile = work
mfa_serial = arn:aws:iam::000000000000:mfa/ada
region = us-east-1
endpoint_url = ${at.sandbox.endpoint}

[profile program]
credential_process = print-keys
region = us-east-1
endpoint_url = ${at.sandbox.endpoint}
`;

describe('choosing a connection by hand', () => {
  let window: ProfileWindow;

  before(async () => {
    window = await openProfileWindow({ config, files: { 'tickets.jsonl': sampleText() } });
    const { accessKeyId, secretAccessKey } = window.at.sandbox;
    const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    await writeProgram(window.bin, 'print-keys', `echo '${JSON.stringify(keys)}'`);
  });

  after(() => window.close());

  afterEach(async () => {
    await window.workbench.quickPick.hide();
    await window.workbench.feedback.clearNotifications();
  });

  async function choose(label: string): Promise<void> {
    const { workbench } = window;
    await workbench.runCommand('Choose Connection…');
    await workbench.quickPick.waitFor('Choose a Connection');
    await workbench.quickPick.pick(label);
  }

  it('lists the sandbox, every profile with its kind and Region, environment and API key', async () => {
    const { quickPick } = window.workbench;
    await window.workbench.runCommand('Choose Connection…');
    await quickPick.waitFor('Choose a Connection');
    await window.workbench.screenshot('connections');
    const items = (await quickPick.items()).map(
      ({ label, description, detail }) => `${label} | ${description} | ${detail}`,
    );
    assert.deepEqual(items, [
      'Sandbox | no AWS account needed, nothing is billed | ',
      `analyst | role · us-west-2 | ${role}`,
      `careful | role with MFA · us-east-1 · own endpoint | ${role}`,
      'nowhere | access keys · no Region · own endpoint | ',
      'program | credential process · us-east-1 · own endpoint | ',
      'single | IAM Identity Center · eu-west-1 · own endpoint | 111122223333 / Developer',
      'work | access keys · us-east-1 · own endpoint | ',
      'Environment | environment variables, container or instance role | ',
      'Bedrock API Key | Bedrock calls only: S3 and batch jobs need a profile | ',
    ]);
  });

  it('Test Connection tells account, ARN, Region and what answered', async () => {
    const { workbench } = window;
    await choose('work');
    await workbench.feedback.statusBar('work · us-east-1');
    await workbench.runCommand('Test Connection');
    const told = await workbench.feedback.notification(/Connected/);
    await workbench.screenshot('test-connection');
    assert.equal(told.severity, 'info');
    assert.match(
      told.message,
      /^Connected: work · us-east-1\. Account \d{12}, arn:aws:iam::\d{12}:user\/\S+, \d+ models\.$/,
    );
  });

  it('a profile without a Region asks for one, and any may be typed', async () => {
    const { workbench } = window;
    await choose('nowhere');
    await workbench.quickPick.waitFor('Choose a Region');
    await workbench.quickPick.type('mx-central-1');
    await workbench.quickPick.pick('mx-central-1');
    await workbench.feedback.statusBar('nowhere · mx-central-1');
  });

  it('a credential process is run', async () => {
    const { workbench } = window;
    await choose('program');
    await workbench.feedback.statusBar('program · us-east-1');
    await workbench.runCommand('Test Connection');
    await workbench.feedback.notification(/Connected: program/);
  });

  it('an expired single sign-on offers Sign In, which runs the AWS CLI and tries again', async () => {
    const { workbench, bin, configFile } = window;
    const marker = join(bin, 'signed-in');
    // What a sign-in changes is between the CLI and AWS; here it gives the profile working keys.
    const signedIn = join(bin, 'signed-in-config');
    const text = await readFile(configFile, 'utf8');
    await writeFile(
      signedIn,
      text.replace(/\[profile single\][^[]*/, `${keysProfile('single', window.at)}\n`),
    );
    await writeProgram(bin, 'aws', `echo "$@" > '${marker}'; cp '${signedIn}' '${configFile}'`);
    await choose('single');
    const told = await workbench.feedback.notification(/has no valid sign-in any more/);
    await workbench.screenshot('sign-in');
    assert.equal(told.severity, 'error');
    assert.deepEqual(told.buttons, ['Sign In', 'Retry', 'Show Log']);
    await workbench.feedback.answerNotification(/no valid sign-in/, 'Sign In');
    const run = await until('the CLI was run', () =>
      readFile(marker, 'utf8').catch(() => undefined),
    );
    assert.equal(run.trim(), 'sso login --profile single');
    await workbench.feedback.notification(/Connected: single/);
    await writeFile(configFile, config(window.at));
  });

  it('a role with MFA asks for the code, and says what failed when it is not taken', async () => {
    const { workbench } = window;
    await choose('careful');
    await workbench.inputBox.waitFor('MFA Code');
    await workbench.screenshot('mfa');
    await workbench.inputBox.answer('12');
    await until('the words', async () =>
      (await workbench.inputBox.message()).includes('six digits'),
    );
    await workbench.inputBox.answer('123456');
    const told = await until(
      'the failure',
      async () => (await workbench.feedback.notifications())[0],
    );
    assert.equal(told.severity, 'error');
    assert.match(told.message, /sts:AssumeRole/);
  });

  it('leaving the MFA code is no error', async () => {
    const { workbench } = window;
    await choose('careful');
    await workbench.inputBox.waitFor('MFA Code');
    await workbench.inputBox.hide();
    await workbench.page.waitForTimeout(1_000);
    assert.deepEqual(await workbench.feedback.notifications(), []);
  });

  it('an API key can be stored, and submitting with it says that S3 needs credentials', async () => {
    const { workbench } = window;
    await choose('Bedrock API Key');
    await workbench.quickPick.waitFor('Choose a Region');
    await workbench.quickPick.pick('us-east-1');
    await workbench.inputBox.waitFor('Bedrock API Key');
    await workbench.inputBox.answer(window.at.sandbox.apiKey);
    await workbench.feedback.statusBar('API key · us-east-1');
    await workbench.views.rightClickFile('tickets.jsonl');
    await workbench.views.chooseMenu('Submit Batch Job…');
    const told = await workbench.feedback.notification(/API key/);
    await workbench.screenshot('api-key');
    assert.match(told.message, /Amazon S3.*needs AWS credentials/);
    assert.ok(told.buttons.includes('Choose Connection'), told.buttons.join());
  });

  it('no key, token or account number is in the log', async () => {
    const folder = join(window.bin, 'logs');
    await window.workbench.keepLogs(folder);
    const names = await readdir(folder, { recursive: true });
    const own = names.filter((name) => name.endsWith('Bedrock Workbench.log'));
    assert.ok(own.length > 0, names.join());
    const texts = await Promise.all(own.map((name) => readFile(join(folder, name), 'utf8')));
    const log = texts.join('\n');
    assert.match(log, /has no valid sign-in/, 'the log of this window');
    const { accessKeyId, secretAccessKey, apiKey } = window.at.sandbox;
    for (const secret of [accessKeyId, secretAccessKey, apiKey, '123456', '111122223333']) {
      assert.ok(!log.includes(secret), secret);
    }
  });
});
