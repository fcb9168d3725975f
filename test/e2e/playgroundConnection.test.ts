import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlaygroundWindow } from './support/playgroundWindow.js';
import {
  keysProfile,
  openProfileWindow,
  writeProgram,
  type ProfileWindow,
} from './support/profileWindow.js';
import { until } from './support/until.js';

const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';

describe('a playground without a connection, and one whose sign-in ends', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('single', at),
      files: { 'rivers.prompt.md': `---\nmodel: ${haiku}\n---\n\nName the rivers of France.\n` },
    });
    playground = new PlaygroundWindow(window);
  });

  after(() => window.close());

  const sent = () => playground.sent('ConverseStream');

  /** The config file's words for the profile in another Region: the status bar tells when it was read. */
  const keys = () => keysProfile('single', window.at).replace('us-east-1', 'us-east-2');
  const expired = () => `[profile single]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = us-east-2
endpoint_url = ${window.at.sandbox.endpoint}

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = us-east-2
`;

  it('asks for the connection where a model is to be chosen without one', async () => {
    const { quickPick } = window.workbench;
    await playground.open();
    await playground.page.getByText('No connection yet').waitFor();
    await playground.page.locator('.model-button').click();
    await quickPick.waitFor('Choose a Connection');
    await quickPick.hide();
    assert.equal(await playground.page.getByRole('alert').count(), 0, 'leaving is no error');
  });

  it('says what to do where no connection is chosen, leads there, and sends then', async () => {
    const { workbench } = window;
    await playground.menu('Open Prompt File…');
    await playground.fileDialog('Open Prompt File', join(window.workspace, 'rivers.prompt.md'));
    await playground.page.locator(`.model-button[title="${haiku}"]`).waitFor();
    await playground.page.getByRole('button', { name: 'Send', exact: true }).click();
    const alert = playground.page.getByRole('alert');
    await alert.getByText('Choose an AWS profile or the sandbox').waitFor();
    assert.equal(await sent(), 0);
    await workbench.screenshot('playground-no-connection');
    await alert.getByRole('button', { name: 'Choose Connection' }).click();
    await workbench.quickPick.waitFor('Choose a Connection');
    await workbench.quickPick.pick('single');
    await playground.answered(2);
    await playground.page.locator('.facts').getByText('end_turn').waitFor();
    assert.equal(await sent(), 1);
    await playground.page.locator('.model-name', { hasText: 'Claude Haiku 4.5' }).waitFor();
  });

  it('offers Sign In where the sign-in ended, runs it, and sends again exactly once', async () => {
    const { workbench, bin, configFile } = window;
    const marker = join(bin, 'signed-in');
    const signedIn = join(bin, 'signed-in-config');
    // What a sign-in changes is between the CLI and AWS; here it gives the profile working keys.
    await writeFile(signedIn, keys());
    await writeProgram(bin, 'aws', `echo "$@" >> '${marker}'; cp '${signedIn}' '${configFile}'`);
    await writeFile(configFile, expired());
    await workbench.feedback.statusBar('single · us-east-2');
    const before = await sent();
    await playground.ask('And three lakes?');
    const alert = playground.page.getByRole('alert');
    await alert.getByText(/has no valid sign-in any more/).waitFor();
    assert.equal((await sent()) - before, 0);
    assert.equal(await playground.turns.count(), 4, 'the conversation stays');
    await workbench.screenshot('playground-sign-in');
    await alert.getByRole('button', { name: 'Sign In' }).click();
    await until('the answer', async () =>
      (await playground.turns.last().innerText()).includes('end_turn'),
    );
    await playground.answered(4);
    await workbench.screenshot('playground-signed-in');
    assert.equal((await readFile(marker, 'utf8')).trim(), 'sso login --profile single');
    assert.equal((await sent()) - before, 1);
    assert.equal(await alert.count(), 0);
  });
});
