import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/editor/paths.js';
import { walkMainJob } from './support/mainJob.js';
import { until } from './support/until.js';
import { openWorkbench, type Theme, type Workbench } from './support/workbench.js';

const tree = 'Batch Jobs';

describe('the main job in a real window', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'bedrock-e2e-'));
    await cp(join(repositoryRoot, 'test/fixtures/sample'), workspace, { recursive: true });
    workbench = await openWorkbench({ workspace });
  });

  after(async () => {
    await workbench.close();
    await rm(workspace, { recursive: true, force: true });
  });

  it('without a connection the views welcome with the sandbox and an AWS connection, once', async () => {
    await workbench.views.openView('Amazon Bedrock');
    const paneOf = (title: string) =>
      workbench.page.locator('.part.sidebar .pane', {
        has: workbench.page.locator(`.pane-header[aria-label^="${title}"]`),
      });
    const buttons = paneOf('Models').locator('.welcome-view .monaco-button');
    await buttons.nth(1).waitFor();
    assert.deepEqual(await buttons.allInnerTexts(), [
      'Try It on the Sandbox',
      'Choose an AWS Connection',
    ]);
    const link = paneOf('Batch Jobs').locator('.welcome-view a');
    assert.equal(await link.innerText(), 'choose a connection');
    await workbench.screenshot('welcome');
  });

  it('its sandbox button connects; then the empty view offers to submit a file', async () => {
    const { views, feedback, page } = workbench;
    await views.pressButton('Try It on the Sandbox');
    await feedback.statusBar('Sandbox');
    await page.locator('.part.sidebar .monaco-button', { hasText: 'Submit a File' }).waitFor();
    await workbench.screenshot('welcome-connected');
  });

  it('an open .jsonl file has the submit button in its title', async () => {
    await workbench.views.openFile('tickets.jsonl');
    const button = workbench.page.locator('.editor-actions a[aria-label^="Submit Batch Job"]');
    await button.waitFor();
    await button.click();
    await workbench.quickPick.waitFor(/^Submit tickets\.jsonl as a Batch Job$/);
    await workbench.quickPick.hide();
  });

  it('right-click, submit, status bar, one notification, results', async () => {
    await walkMainJob(workbench, { isConnected: true });
    const { notifications } = await heard(workbench, /completed/);
    assert.equal(notifications, 0, 'answered, and not told again');
  });

  it('the results page shows 120 records with one error and none missing', async () => {
    const page = await workbench.webviewFrame(/^Results: tickets-/);
    const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Records 120 Success 119 Errors 1 Missing 0/);
  });

  it('a record opens for reading and asks nothing when it is closed', async () => {
    const { page } = workbench;
    const results = await workbench.webviewFrame(/^Results: tickets-/);
    await results.getByRole('row').nth(1).click();
    await results.getByRole('button', { name: 'Open Record' }).click();
    const tab = page.locator('.tab.active', { hasText: /^ticket-\d+\.json$/ });
    await tab.waitFor();
    await page.locator('.editor-instance .view-line', { hasText: '"recordId"' }).waitFor();
    await page.keyboard.type('x');
    assert.equal(await page.locator('.tab.dirty').count(), 0);
    await workbench.screenshot('open-record');
    await tab.getByRole('button', { name: /Close/ }).click();
    await tab.waitFor({ state: 'detached' });
  });

  it('the status bar keeps the outcome for a moment', async () => {
    const texts = await workbench.feedback.statusBarTexts();
    assert.ok(
      texts.includes('tickets.jsonl: completed with errors: 119 answers, 1 error'),
      texts.join(' | '),
    );
  });

  it('the line of the run says how it ended, and its hover says the rest', async () => {
    const { views, feedback } = workbench;
    await views.openView('Amazon Bedrock');
    const [row] = await views.treeItems(tree);
    assert.equal(row?.label, 'tickets.jsonl');
    assert.match(row.description, /^119 answers, 1 error · \d+ (s|min) ago$/);
    const hover = await feedback.hover(await views.treeItem(tree, 'tickets.jsonl'));
    await workbench.screenshot('hover');
    for (const fact of [
      /Records 120/,
      /Answers 119/,
      /Errors 1/,
      /Model Claude Haiku 4\.5 · us\.anthropic/,
      /Output s3:/,
    ]) {
      assert.match(hover, fact);
    }
  });

  it('an ended run has results to open and download and its ARN in its menu, and no console: it was the sandbox', async () => {
    const { views, page } = workbench;
    await views.rightClickTreeItem(tree, 'tickets.jsonl');
    const items = await views.menuItems();
    await workbench.screenshot('menu-ended');
    assert.deepEqual(items.filter(Boolean), [
      'Open Results',
      'Download Results…',
      'Copy Job ARN',
      'Remove from List',
    ]);
    await page.keyboard.press('Escape');
  });

  it('the results lie beside the dataset', async () => {
    const names = await readdir(join(workspace, 'bedrock-results'), { recursive: true });
    assert.ok(
      names.some((name) => name.endsWith('tickets.jsonl.out')),
      names.join(),
    );
  });

  it('a job is stopped from the menu of its line, after a question', async () => {
    const { views, feedback, quickPick } = workbench;
    await views.rightClickFile('tickets.jsonl');
    await views.chooseMenu('Submit Batch Job…');
    await quickPick.waitFor(/^Submit /);
    await quickPick.accept();
    await feedback.statusBar(/\d+ % \(/, 30_000);
    await views.openView('Amazon Bedrock');
    const live = /^\d+ % · \d+ of 120/;
    await until('the new line', async () => {
      const [row] = await views.treeItems(tree);
      return live.test(row?.description ?? '');
    });
    // A click is lost where the line changes just then: chosen again.
    const question = await until('the question', async () => {
      await views.rightClickTreeItem(tree, 'tickets.jsonl');
      await views.chooseMenu('Stop Batch Job…');
      return until('a dialog', async () => (await feedback.dialogText()) || undefined, 5_000);
    });
    assert.match(question, /Stop tickets-.*already processed stay and are billed/);
    await workbench.screenshot('stop-question');
    await feedback.answerDialog(/Stop tickets-/, 'Stop');
    const told = await feedback.notification(/stopped, \d+ answers?/);
    assert.equal(told.severity, 'warning');
    assert.deepEqual(told.buttons, ['Open Results', 'Download Results']);
    await feedback.clearNotifications();
  });

  const themes: readonly Theme[] = [
    'Default Light Modern',
    'Default High Contrast',
    'Default High Contrast Light',
    'Default Dark Modern',
  ];
  for (const theme of themes) {
    it(`has a picture of Jobs view, results and review in ${theme}`, async () => {
      const { views, quickPick } = workbench;
      const name = theme.replaceAll(' ', '-').toLowerCase();
      await workbench.setTheme(theme);
      await views.openView('Amazon Bedrock');
      const page = await workbench.webviewFrame(/^Results: tickets-/);
      await page.getByRole('row').nth(1).waitFor();
      await workbench.screenshot(`${name}-results`);
      await views.rightClickFile('tickets.jsonl');
      await views.chooseMenu('Submit Batch Job…');
      await quickPick.waitFor(/^Submit /);
      await workbench.screenshot(`${name}-review`);
      await quickPick.hide();
    });
  }

  it('the status bar forgets an outcome after a while', async () => {
    await until(
      'the outcome is gone',
      async () =>
        !(await workbench.feedback.statusBarTexts()).some((text) => text.includes('tickets')),
    );
  });
});

/** How many notifications of that kind are on the screen after the next look at the jobs. */
async function heard(workbench: Workbench, text: RegExp): Promise<{ notifications: number }> {
  await workbench.page.waitForTimeout(1_500);
  const all = await workbench.feedback.notifications();
  return { notifications: all.filter(({ message }) => text.test(message)).length };
}
