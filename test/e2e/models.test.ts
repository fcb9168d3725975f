import assert from 'node:assert/strict';
import { datasetText } from '../support/datasets.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { until } from './support/until.js';
import type { Theme } from './support/workbench.js';

const tree = 'Models';
const themes: readonly (readonly [Theme, string])[] = [
  ['Default Light Modern', 'light'],
  ['Default High Contrast', 'hc-dark'],
  ['Default High Contrast Light', 'hc-light'],
  ['Default Dark Modern', 'dark'],
];

describe('the Models view', () => {
  let window: ProfileWindow;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'tickets.jsonl': datasetText('anthropic') },
    });
    await window.workbench.feedback.statusBar('work · us-east-1');
  });

  after(() => window.close());

  afterEach(async () => {
    await window.at.clearFaults();
    await window.workbench.quickPick.hide();
  });

  const operations = async () => {
    const response = await fetch(`${window.at.sandbox.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as { requests: { operation: string }[] };
    return requests.map(({ operation }) => operation);
  };
  const labels = async () => {
    const rows = await window.workbench.views.treeItems(tree);
    return rows.map(({ label }) => label);
  };
  /** Waits for a line that must go. */
  const gone = (label: string) =>
    window.workbench.page
      .locator(`[role=tree][aria-label="${tree}"] .monaco-list-row`, { hasText: label })
      .waitFor({ state: 'detached' });
  const described = async (label: string) => {
    const row = await window.workbench.views.treeItem(tree, label);
    return row.innerText();
  };

  it('asks AWS for nothing before it is looked at', async () => {
    assert.ok(!(await operations()).includes('ListFoundationModels'));
    await window.workbench.views.openView('Amazon Bedrock', 'Models');
    await window.workbench.views.treeItem(tree, 'Anthropic');
    assert.ok((await operations()).includes('ListInferenceProfiles'));
  });

  it('groups by provider, with badges in words and dates', async () => {
    const { views } = window.workbench;
    await views.expandTreeItem(tree, 'Anthropic');
    assert.match(await described('Claude Haiku 4.5'), /batch · profile/);
    assert.match(await described('Claude Sonnet 4.5'), /legacy until 2027-04-08/);
    const row = await views.treeItem(tree, 'Claude Haiku 4.5');
    const spoken = (await row.getAttribute('aria-label')) ?? '';
    assert.match(
      spoken,
      /Claude Haiku 4\.5, Anthropic, Batch inference, Needs an inference profile/,
    );
    await window.workbench.screenshot('models-tree-dark');
  });

  it('groups by capability or modality, and remembers it', async () => {
    const { quickPick, views } = window.workbench;
    for (const [grouping, group] of [
      ['Capability', 'Reads images'],
      ['Modality', 'Text → Embedding'],
    ] as const) {
      await window.workbench.runCommand('Group Models By…');
      await quickPick.waitFor('Group Models By');
      await quickPick.pick(grouping);
      await views.treeItem(tree, group);
    }
    await window.workbench.screenshot('models-by-modality');
    await window.workbench.runCommand('Group Models By…');
    await quickPick.waitFor('Group Models By');
    await quickPick.pick('Provider');
    await views.treeItem(tree, 'Anthropic');
  });

  it('filters by several facets, says so, and shows all again', async () => {
    const { quickPick, views, page } = window.workbench;
    await window.workbench.runCommand('Filter Models…');
    await quickPick.waitFor('Filter Models');
    await window.workbench.screenshot('models-filter-pick');
    await quickPick.pickMany(['Batch inference', 'Embedding out']);
    await gone('Anthropic');
    await views.treeItem(tree, 'Amazon');
    const pane = page.locator('.part.sidebar');
    await pane.getByText('Filter: Embedding out, Batch inference').waitFor();
    await window.workbench.screenshot('models-filtered');
    await window.workbench.runCommand('Clear Model Filter');
    await views.treeItem(tree, 'Anthropic');
  });

  it('filters by a text, and offers a way out where nothing passes', async () => {
    const { quickPick, views } = window.workbench;
    await window.workbench.runCommand('Filter Models…');
    await quickPick.waitFor('Filter Models');
    await quickPick.type('no such model');
    await quickPick.accept();
    await views.pressButton('Clear the Filter');
    await views.treeItem(tree, 'Anthropic');
  });

  it('puts favorites first', async () => {
    const { views } = window.workbench;
    await views.expandTreeItem(tree, 'Anthropic');
    await views.treeAction(tree, 'Claude Haiku 4.5', 'Add to Favorites');
    await until('the favourites', async () => (await labels())[0] === 'Favorites');
    assert.equal((await labels())[1], 'Claude Haiku 4.5');
    await window.workbench.screenshot('models-favorites');
  });

  it('shows a page of details, which follows the favourites', async () => {
    const { views } = window.workbench;
    await (await views.treeItem(tree, 'Claude Haiku 4.5')).click();
    const frame = await window.workbench.webviewFrame('Claude Haiku 4.5');
    await frame.getByRole('heading', { name: 'Claude Haiku 4.5' }).waitFor();
    const body = frame.locator('main');
    await body.getByText('You may call it').waitFor();
    const text = await body.innerText();
    assert.match(text, /us\.anthropic\.claude-haiku-4-5-20251001-v1:0/);
    assert.match(text, /\$1\.10 a million tokens/);
    assert.match(text, /Source of 2026-10-05/);
    assert.match(text, /200,000 tokens in, 64,000 out/);
    assert.match(text, /us-east-1, us-east-2, us-west-2/);
    assert.deepEqual(await body.locator('dt').allInnerTexts(), [
      ...['Call it as', 'Model ID', 'ARN'],
      ...['Input', 'Output', 'Streaming', 'Context', 'Inference types', 'Batch inference'],
      'State',
      ...['Input', 'Output', 'Cache read', 'Cache write'],
      ...['Agreement', 'Authorization', 'Entitlement', 'Region'],
    ]);
    await frame.getByRole('button', { name: 'Remove from Favorites' }).click();
    await frame.getByRole('button', { name: 'Add to Favorites' }).waitFor();
    await gone('Favorites');
    for (const [theme, name] of themes) {
      await window.workbench.setTheme(theme);
      await window.workbench.screenshot(`models-details-${name}`);
    }
  });

  it('tells of a model past its end of life', async () => {
    const { views } = window.workbench;
    await views.expandTreeItem(tree, 'AI21 Labs');
    assert.match(await described('Jurassic-2 Ultra'), /ended 2025-04-30/);
    await (await views.treeItem(tree, 'Jurassic-2 Ultra')).click();
    const frame = await window.workbench.webviewFrame('Jurassic-2 Ultra');
    await frame.getByText('Ended on 2025-04-30: AWS refuses calls.').waitFor();
    await window.workbench.screenshot('models-details-ended');
  });

  it('brings the page back after the window was reloaded', async () => {
    await (await window.workbench.views.treeItem(tree, 'Claude Haiku 4.5')).click();
    const before = await window.workbench.webviewFrame('Claude Haiku 4.5');
    await before.getByRole('heading', { name: 'Claude Haiku 4.5' }).waitFor();
    const names = await window.workbench.webviewNames();
    // Not the browser's own reload: it may come before the editor has written down what is in front.
    await window.workbench.runCommand('Developer: Reload Window');
    const frame = await window.workbench.webviewFrame('Claude Haiku 4.5', names);
    await frame.getByRole('heading', { name: 'Claude Haiku 4.5' }).waitFor();
    await window.workbench.views.treeItem(tree, 'Anthropic');
  });

  it('offers a retry for the profiles alone where they may not be listed', async () => {
    const { views, page } = window.workbench;
    await window.at.fault({
      match: { operation: 'ListInferenceProfiles' },
      fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'no' },
    });
    await window.workbench.runCommand('Refresh Models');
    const failed = 'Not allowed: Inference profiles';
    const row = await views.treeItem(tree, failed);
    await views.treeItem(tree, 'Anthropic');
    assert.match((await row.getAttribute('aria-label')) ?? '', /bedrock:ListInferenceProfiles/);
    await page.mouse.move(0, 0);
    await window.workbench.screenshot('models-branch-failed');
    await window.at.clearFaults();
    await row.click();
    await gone(failed);
  });

  it('shows the models it remembers where AWS does not answer after a reload', async () => {
    const { views, page } = window.workbench;
    await window.at.fault({
      match: { operation: 'ListFoundationModels' },
      fault: { kind: 'dropBefore' },
    });
    await page.reload();
    await views.treeItem(tree, 'Anthropic');
    // The row begins with the cause, and the status bar does not look healthy.
    const failed = 'No connection';
    await views.treeItem(tree, failed);
    await window.workbench.feedback.statusBar(/work · us-east-1/);
    await page.locator('.statusbar-item.warning-kind', { hasText: 'work' }).waitFor();
    await window.workbench.screenshot('models-remembered');
    await window.at.clearFaults();
    await (await views.treeItem(tree, failed)).click();
    await gone(failed);
    const ofStatusBar = page.locator('.statusbar-item.warning-kind', { hasText: 'work' });
    await ofStatusBar.waitFor({ state: 'hidden' });
    await views.treeItem(tree, 'Anthropic');
  });

  it('uses a model for batch through the profile that fits the Region', async () => {
    const { views, quickPick } = window.workbench;
    await views.expandTreeItem(tree, 'Anthropic');
    await views.rightClickTreeItem(tree, 'Claude Haiku 4.5');
    await window.workbench.screenshot('models-menu');
    await views.chooseMenu('Use Model for Batch…');
    await quickPick.waitFor('Choose a Dataset');
    await quickPick.pick(/tickets\.jsonl/);
    await quickPick.waitFor(/^Submit /);
    const items = await quickPick.items();
    const model = items.find(({ label }) => label === 'Model')?.description;
    assert.equal(model, 'Claude Haiku 4.5 · us.anthropic.claude-haiku-4-5-20251001-v1:0');
  });
});
