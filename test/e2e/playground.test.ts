import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { PlaygroundWindow } from './support/playgroundWindow.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';

const command = 'cohere.command-text-v14';

describe('the playground in a real window', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'notes.txt': 'Notes.' },
      speed: 0.25,
    });
    await fetch(`${window.at.sandbox.endpoint}/_sandbox/models`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'imported', name: 'my-nova', base: 'amazon.nova-lite-v1:0' }),
    });
    playground = new PlaygroundWindow(window);
    await window.workbench.feedback.statusBar('work · us-east-1');
  });

  after(() => window.close());

  afterEach(() => window.at.clearFaults());

  /** The action of a turn that shows under the pointer. */
  async function act(turn: Locator, name: string): Promise<void> {
    await turn.hover();
    await turn.getByRole('button', { name }).click();
  }

  /** Lets the next answer take seconds. */
  function slowly(operation: string): Promise<void> {
    return window.at.fault({
      match: { operation },
      fault: { kind: 'slow', delayMs: 150 },
      times: 1,
    });
  }

  /** Shows another tab in its place for a moment: VS Code throws the page away. */
  async function hideAndReturn(title: string | RegExp): Promise<void> {
    await window.workbench.runCommand('File: New Untitled Text File');
    await window.workbench.runCommand('View: Close Editor');
    await playground.see(title);
  }

  it('opens, says who pays, and lets the person choose a model', async () => {
    await playground.open();
    await playground.page.getByText('AWS bills every request (work, us-east-1)').waitFor();
    await playground.chooseModel('Claude Haiku 4.5');
    await window.workbench.screenshot('playground-empty');
  });

  it('streams an answer and says how it came about', async () => {
    await playground.ask('Name three rivers of France.');
    await playground.page.locator('.turn.live .markdown').waitFor();
    await window.workbench.screenshot('playground-streaming');
    await playground.answered(2);
    const facts = (await playground.page.locator('.facts').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(
      facts,
      /^Stop reason end_turn Tokens in \d+ Tokens out \d+ First token [\d,.]+ m?s/,
    );
    assert.match(facts, /tokens\/s Cost \$0\.\d+/);
    await window.workbench.screenshot('playground-answer');
  });

  it('goes on over several turns; a changed prompt replaces what followed it', async () => {
    await playground.ask('And two lakes?');
    await playground.answered(4);
    await act(playground.turns.nth(2), 'Edit');
    await playground.page.getByRole('textbox', { name: 'Edit' }).fill('And two mountains?');
    await playground.turns.nth(2).getByRole('button', { name: 'Send' }).click();
    await until('the new answer', async () =>
      (await playground.turns.last().innerText()).includes('mountains'),
    );
    await playground.answered(4);
    await act(playground.turns.nth(1), 'Regenerate');
    await playground.answered(2);
  });

  it('stops in the middle and keeps what came', async () => {
    await window.at.fault({
      match: { operation: 'ConverseStream' },
      fault: { kind: 'slow', delayMs: 300 },
      times: 1,
    });
    await playground.ask('Tell me a long story about a river.');
    await playground.page.locator('.turn.live .markdown').waitFor();
    await playground.page.locator('.composer').getByRole('button', { name: 'Stop' }).click();
    await playground.answered(4);
    assert.match(await playground.page.locator('.facts').last().innerText(), /stopped by you/);
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
      await playground.open();
      const before = await playground.sent('ConverseStream');
      await window.at.fault({ match: { operation: 'ConverseStream' }, fault, times: 1 });
      await playground.ask('Name three rivers of Spain.');
      await playground.page.getByRole('alert').getByText(says).waitFor();
      assert.equal((await playground.sent('ConverseStream')) - before, 1);
      await window.workbench.screenshot(`playground-${fault.kind}`);
      await playground.page.getByRole('button', { name: 'Retry' }).click();
      await playground.page.locator('.facts').getByText('end_turn').waitFor();
      assert.equal((await playground.sent('ConverseStream')) - before, 2);
    });
  }

  it('compares two models on one prompt, and keeps the vote', async () => {
    await playground.open();
    await playground.compareWith('Nova Lite');
    await playground.ask('Which river is the longest?');
    await playground.answered(4);
    await playground.page.getByRole('radio', { name: /Nova Lite/ }).check({ force: true });
    await playground.page.getByLabel('Note').fill('Shorter and right');
    await window.workbench.screenshot('playground-compare');
    assert.equal(await playground.page.locator('.facts').count(), 2);
  });

  it('invokes cohere.command-text-v14 with its own body', async () => {
    await playground.open();
    await playground.chooseModelId(command);
    await playground.native();
    await playground.page.getByRole('button', { name: 'Invoke' }).click();
    await playground.page.locator('.native-response .facts').waitFor();
    await playground.page.getByText('Headers', { exact: true }).click();
    await playground.page.getByText('x-amzn-requestid').waitFor();
    assert.match(await playground.page.locator('.raw-box pre').innerText(), /"generations"|"text"/);
    assert.match(await window.workbench.activeEditor(), /InvokeModel · cohere.command-text-v14/);
    await window.workbench.screenshot('playground-native');
  });

  it('calls the account’s own model by its ARN, and says that its cost is not known', async () => {
    await playground.open();
    await playground.chooseModel('my-nova');
    await playground.ask('Who are you?');
    await playground.answered(2);
    const facts = (await playground.page.locator('.facts').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(facts, /Stop reason end_turn .* Cost unknown/);
  });

  it('goes on with an answer while its tab is hidden', async () => {
    await playground.open();
    const before = await playground.sent('ConverseStream');
    await slowly('ConverseStream');
    await playground.ask('Tell me of the Danube.');
    await playground.page.locator('.turn.live .markdown').waitFor();
    await hideAndReturn('Tell me of the Danube.');
    await playground.answered(2);
    assert.equal(await playground.page.locator('.facts').getByText('end_turn').count(), 1);
    assert.equal((await playground.sent('ConverseStream')) - before, 1);
  });

  it('goes on with a native answer while its tab is hidden', async () => {
    await playground.open();
    await playground.chooseModelId(command);
    await playground.native();
    const response = playground.page.locator('.native-response');
    const before = await playground.sent('InvokeModelWithResponseStream');
    await slowly('InvokeModelWithResponseStream');
    await playground.page.getByRole('button', { name: 'Invoke' }).click();
    await response.locator('.raw-box').waitFor();
    await hideAndReturn(/Playground|InvokeModel/);
    const back = playground.page.locator('.native-response');
    await back.locator('.facts').getByText('COMPLETE').waitFor();
    assert.equal((await playground.sent('InvokeModelWithResponseStream')) - before, 1);
  });

  it('comes back after a reload, with what was typed and asked', async () => {
    await playground.open();
    await playground.ask('Do you remember?');
    await playground.answered(2);
    await playground.prompt.fill('half a thought');
    await window.workbench.runCommand('Developer: Reload Window');
    await until('the page', async () => {
      await playground.see('Do you remember?');
      return (await playground.prompt.inputValue()) === 'half a thought';
    });
    assert.equal(await playground.turns.count(), 2);
  });
});
