import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';

describe('a guardrail in the playground', () => {
  let window: ProfileWindow;
  let page: FrameLocator;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'notes.txt': 'Notes.' },
    });
    await window.workbench.feedback.statusBar('work · us-east-1');
    await window.workbench.runCommand('Open Playground');
    page = await window.workbench.webviewFrame('Playground');
    await page.locator('.model-button').first().click();
    await window.workbench.quickPick.waitFor('Choose a Model');
    await window.workbench.quickPick.pick('Claude Haiku 4.5');
    await page.locator('.model-name', { hasText: 'Claude Haiku 4.5' }).waitFor();
    await page.locator('.settings summary', { hasText: 'Guardrail' }).click();
  });

  after(() => window.close());

  afterEach(async () => {
    await window.at.clearFaults();
    await window.workbench.quickPick.hide();
  });

  const choose = () => page.getByRole('button', { name: 'Choose Guardrail…' }).click();

  async function ask(text: string): Promise<void> {
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
    await prompt.fill(text);
    await prompt.press('Enter');
  }

  it('says what to do where guardrails may not be listed', async () => {
    await window.at.fault({
      match: { operation: 'ListGuardrails' },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'Not you.' },
    });
    await choose();
    const notice = page.getByRole('alert').filter({ hasText: 'bedrock:ListGuardrails' });
    await notice.waitFor();
    assert.match(await notice.innerText(), /You can enter the id or ARN/);
    await window.workbench.screenshot('guardrail-denied');
    await notice.getByRole('button', { name: 'Close' }).click();
  });

  it('is chosen by its name, and then by its version', async () => {
    const { quickPick } = window.workbench;
    await choose();
    await quickPick.waitFor('Choose a Guardrail');
    const [item] = await quickPick.items();
    assert.equal(item?.label, 'sandbox-sample');
    assert.equal(item.description, 'sandboxguard');
    await window.workbench.screenshot('guardrail-pick');
    await quickPick.pick('sandbox-sample');
    await quickPick.waitFor('Version of sandbox-sample');
    const versions = await quickPick.items();
    assert.deepEqual(
      versions.map(({ label }) => label),
      ['Working draft', 'Version 1'],
    );
    await quickPick.pick('Version 1');
    await page.locator('.guardrail-name', { hasText: 'sandbox-sample' }).waitFor();
    assert.equal(await page.getByLabel('Version').inputValue(), '1');
  });

  it('blocks a prompt, and the answer says why', async () => {
    await ask('Which shares should I buy?');
    const answer = page.locator('.turn.assistant').last();
    await answer.getByText('Sorry, this assistant does not answer that question.').waitFor();
    await answer.getByText('The guardrail blocked the prompt').waitFor();
    await answer.getByRole('cell', { name: 'Investment advice' }).waitFor();
    assert.match(await answer.innerText(), /Stop reason:?\s+guardrail_intervened/);
    await window.workbench.screenshot('guardrail-blocked');
  });

  it('masks personal data before the model sees it', async () => {
    await page.getByRole('button', { name: 'New Playground' }).click();
    page = await window.workbench.webviewFrame('Playground');
    await ask('Write to jane@example.com');
    const answer = page.locator('.turn.assistant').last();
    await answer.getByText('{EMAIL}').waitFor();
    await answer.getByText('The guardrail masked something.').waitFor();
    for (const [theme, name] of [
      ['Default Light Modern', 'light'],
      ['Default High Contrast', 'hc-dark'],
      ['Default High Contrast Light', 'hc-light'],
      ['Default Dark Modern', 'dark'],
    ] as const) {
      await window.workbench.setTheme(theme);
      await window.workbench.screenshot(`guardrail-masked-${name}`);
    }
  });

  it('is taken away again', async () => {
    const { quickPick } = window.workbench;
    await page.locator('.settings summary', { hasText: 'Guardrail' }).click();
    await choose();
    await quickPick.waitFor('Choose a Guardrail');
    await quickPick.pick('No guardrail');
    await page.locator('.guardrail-name').waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('Guardrail id or ARN').inputValue(), '');
  });
});
