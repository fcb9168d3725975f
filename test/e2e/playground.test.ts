import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';
import type { Theme } from './support/workbench.js';

describe('the playground in a real window', () => {
  let window: ProfileWindow;
  let page: FrameLocator;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'notes.txt': 'Notes.' },
      speed: 0.25,
    });
    await window.workbench.feedback.statusBar('work · us-east-1');
  });

  after(() => window.close());

  afterEach(() => window.at.clearFaults());

  const turns = () => page.getByRole('article');
  const prompt = () => page.getByRole('textbox', { name: 'Prompt', exact: true });
  const answered = (count: number) =>
    until('the answers', async () => {
      const busy = await page.locator('[aria-busy=true]').count();
      return busy === 0 && (await turns().count()) === count;
    });

  async function ask(text: string): Promise<void> {
    await prompt().fill(text);
    await prompt().press('Enter');
  }

  async function openNew(): Promise<void> {
    await window.workbench.runCommand('Open Playground');
    page = await window.workbench.webviewFrame('Playground');
    await prompt().waitFor();
  }

  async function chooseModel(name: string): Promise<void> {
    await page.locator('.model-button').first().click();
    await window.workbench.quickPick.waitFor('Choose a Model');
    await window.workbench.quickPick.pick(name);
    await page.locator('.model-name', { hasText: name }).waitFor();
  }

  /** The action of a turn that shows under the pointer. */
  async function act(turn: Locator, name: string): Promise<void> {
    await turn.hover();
    await turn.getByRole('button', { name }).click();
  }

  it('opens, says who pays, and lets the person choose a model', async () => {
    await openNew();
    await page.getByText('AWS bills every request (work, us-east-1)').waitFor();
    await chooseModel('Claude Haiku 4.5');
    await window.workbench.screenshot('playground-empty');
  });

  it('streams an answer and says how it came about', async () => {
    await ask('Name three rivers of France.');
    await page.locator('.turn.live .markdown').waitFor();
    await window.workbench.screenshot('playground-streaming');
    await answered(2);
    const facts = (await page.locator('.facts').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(
      facts,
      /^Stop reason end_turn Tokens in \d+ Tokens out \d+ First token [\d,.]+ m?s/,
    );
    assert.match(facts, /tokens\/s Cost \$0\.\d+/);
    await window.workbench.screenshot('playground-answer');
  });

  it('goes on over several turns; a changed prompt replaces what followed it', async () => {
    await ask('And two lakes?');
    await answered(4);
    await act(turns().nth(2), 'Edit');
    await page.getByRole('textbox', { name: 'Edit' }).fill('And two mountains?');
    await turns().nth(2).getByRole('button', { name: 'Send' }).click();
    await until('the new answer', async () =>
      (await turns().last().innerText()).includes('mountains'),
    );
    await answered(4);
    await act(turns().nth(1), 'Regenerate');
    await answered(2);
  });

  it('stops in the middle and keeps what came', async () => {
    await window.at.fault({
      match: { operation: 'ConverseStream' },
      fault: { kind: 'slow', delayMs: 300 },
      times: 1,
    });
    await ask('Tell me a long story about a river.');
    await page.locator('.turn.live .markdown').waitFor();
    await page.locator('.composer').getByRole('button', { name: 'Stop' }).click();
    await answered(4);
    assert.match(await page.locator('.facts').last().innerText(), /stopped by you/);
  });

  for (const [what, fault, says] of [
    ['a throttled request', { kind: 'throttle' }, /too many requests/],
    [
      'an exception in the middle of a stream',
      { kind: 'streamException', afterEvents: 6 },
      /ended the stream with an error|Try again/,
    ],
    ['a dropped connection', { kind: 'cutStream', afterEvents: 6 }, /dropped|Try again/],
  ] as const) {
    it(`shows ${what} in its place and sends nothing again by itself`, async () => {
      await openNew();
      const before = await sent();
      await window.at.fault({ match: { operation: 'ConverseStream' }, fault, times: 1 });
      await ask('Name three rivers of Spain.');
      await page.getByRole('alert').getByText(says).waitFor();
      assert.equal((await sent()) - before, 1);
      await window.workbench.screenshot(`playground-${fault.kind}`);
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.locator('.facts').getByText('end_turn').waitFor();
      assert.equal((await sent()) - before, 2);
    });
  }

  it('compares two models on one prompt, and keeps the vote', async () => {
    await openNew();
    await page.getByRole('button', { name: 'Compare with another model' }).click();
    await window.workbench.quickPick.waitFor('Choose a Model');
    await window.workbench.quickPick.pick('Nova Lite');
    await page.locator('.lane').nth(1).waitFor();
    await ask('Which river is the longest?');
    await answered(4);
    await page.getByRole('radio', { name: /Nova Lite/ }).check({ force: true });
    await page.getByLabel('Note').fill('Shorter and right');
    await window.workbench.screenshot('playground-compare');
    assert.equal(await page.locator('.facts').count(), 2);
  });

  it('invokes cohere.command-text-v14 with its own body', async () => {
    await openNew();
    await page.locator('.model-button').first().click();
    await window.workbench.quickPick.waitFor('Choose a Model');
    await window.workbench.quickPick.type('cohere.command-text-v14');
    await window.workbench.quickPick.accept();
    await page.locator('.model-button[title="cohere.command-text-v14"]').waitFor();
    await page.getByRole('radio', { name: 'Native' }).check({ force: true });
    const body = page.getByRole('textbox', { name: 'Request body' });
    await until('the ready body', async () => (await body.inputValue()).includes('max_tokens'));
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.locator('.native-response .facts').waitFor();
    await page.getByText('Headers', { exact: true }).click();
    await page.getByText('x-amzn-requestid').waitFor();
    assert.match(await page.locator('.raw-box pre').innerText(), /"generations"|"text"/);
    await window.workbench.screenshot('playground-native');
  });

  it('comes back after a reload, with what was typed and asked', async () => {
    await openNew();
    await ask('Do you remember?');
    await answered(2);
    await prompt().fill('half a thought');
    await window.workbench.runCommand('Developer: Reload Window');
    await until('the page', async () => {
      page = await window.workbench.webviewFrame('Do you remember?');
      return (await prompt().inputValue()) === 'half a thought';
    });
    assert.equal(await turns().count(), 2);
  });

  async function sent(): Promise<number> {
    const response = await fetch(`${window.at.sandbox.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as { requests: { operation: string }[] };
    return requests.filter(({ operation }) => operation === 'ConverseStream').length;
  }

  const themes: readonly Theme[] = [
    'Default Light Modern',
    'Default High Contrast',
    'Default High Contrast Light',
    'Default Dark Modern',
  ];
  for (const theme of themes) {
    it(`has a picture in ${theme}`, async () => {
      await window.workbench.setTheme(theme);
      await window.workbench.screenshot(`${theme.replaceAll(' ', '-').toLowerCase()}-playground`);
    });
  }
});
