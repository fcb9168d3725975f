import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { PlaygroundWindow } from './support/playgroundWindow.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';

describe('the history of playgrounds in a real window', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;
  const first = 'Which river flows through Zaragoza?';
  /** Only the answer to the first prompt has it. */
  let word = '';

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: {},
      speed: 20,
    });
    playground = new PlaygroundWindow(window);
    await window.workbench.feedback.statusBar('work · us-east-1');
    const answers: string[] = [];
    for (const prompt of [first, 'Name a lake of Italy.', 'Name a mountain.']) {
      await playground.open();
      if (answers.length === 0) await playground.chooseModel('Claude Haiku 4.5');
      await playground.ask(prompt);
      await playground.answered(2);
      answers.push(await playground.page.locator('.turn.assistant .markdown').innerText());
    }
    const words = (text: string) => text.toLowerCase().match(/[a-z]{5,}/g) ?? [];
    const others = `${first} ${answers.slice(1).join(' ')}`.toLowerCase();
    word = words(answers[0] ?? '').find((each) => !others.includes(each)) ?? '';
    assert.notEqual(word, '', answers.join('\n'));
  });

  after(() => window.close());

  const list = async () => {
    const { quickPick } = window.workbench;
    return (await quickPick.items()).map(({ label }) => label);
  };

  async function openHistory(): Promise<void> {
    await window.workbench.runCommand('Show Playground History…');
    await window.workbench.quickPick.waitFor('Playground History');
  }

  const row = (label: string): Locator =>
    window.workbench.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: label })
      .first();

  async function press(label: string, button: 'Rename' | 'Delete'): Promise<void> {
    await row(label).hover();
    await row(label).locator(`.action-label[aria-label^="${button}"]`).click();
  }

  it('lists the playgrounds, the newest first', async () => {
    await openHistory();
    assert.deepEqual(await list(), ['Name a mountain.', 'Name a lake of Italy.', first]);
  });

  it('finds one by a word of its answer, and shows where', async () => {
    const { quickPick } = window.workbench;
    await quickPick.type(word);
    const [found] = await until('the one line', async () => {
      const items = await quickPick.items();
      return items.length === 1 && items;
    });
    assert.equal(found?.label, first);
    assert.match(found.detail.toLowerCase(), new RegExp(word));
    await window.workbench.screenshot('playground-history');
  });

  it('opens it where it is already open, not a second time', async () => {
    await window.workbench.quickPick.accept();
    await playground.see(first);
    assert.equal(await window.workbench.page.locator('.tab').count(), 3);
  });

  it('renames one, its tab as well', async () => {
    const { inputBox, quickPick } = window.workbench;
    await openHistory();
    await press('Name a lake of Italy.', 'Rename');
    await inputBox.waitFor('Rename Playground');
    await inputBox.answer('Lakes');
    await quickPick.waitFor('Playground History');
    await until('the new name', async () => (await list()).includes('Lakes'));
    await window.workbench.page.locator('.tab', { hasText: 'Lakes' }).waitFor();
    await quickPick.hide();
  });

  it('deletes one after a question, and closes it', async () => {
    const { feedback, quickPick } = window.workbench;
    await openHistory();
    await press('Lakes', 'Delete');
    await feedback.answerDialog('Delete the playground "Lakes"?', 'Cancel');
    await quickPick.waitFor('Playground History');
    assert.equal((await list()).length, 3);
    await press('Lakes', 'Delete');
    await window.workbench.screenshot('playground-history-delete');
    await feedback.answerDialog('Delete the playground "Lakes"?', 'Delete');
    await quickPick.waitFor('Playground History');
    await until('the shorter list', async () => (await list()).length === 2);
    assert.equal(await window.workbench.page.locator('.tab', { hasText: 'Lakes' }).count(), 0);
    await quickPick.hide();
  });

  it('opens one that was closed, with its answer', async () => {
    const { page, quickPick } = window.workbench;
    const tab = page.locator('.tab', { hasText: 'Name a mountain.' });
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'detached' });
    await openHistory();
    await quickPick.pick('Name a mountain.');
    await playground.see('Name a mountain.');
    assert.equal(await playground.turns.count(), 2);
  });
});
