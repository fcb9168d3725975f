import assert from 'node:assert/strict';
import { addApplicationProfile, addOwnModel } from '../support/ownModels.js';
import { PlaygroundWindow } from './support/playgroundWindow.js';
import { keysProfile, openProfileWindow, type ProfileWindow } from './support/profileWindow.js';
import { escapePattern, until } from './support/until.js';

const tree = 'Models';
const haiku = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const llama = 'meta.llama3-1-8b-instruct-v1:0';
const nova = 'amazon.nova-lite-v1:0';

describe('what can be done with a model of the tree', () => {
  let window: ProfileWindow;
  let playground: PlaygroundWindow;
  let imported: string;

  before(async () => {
    window = await openProfileWindow({
      config: (at) => keysProfile('work', at),
      settings: { 'bedrock.profile': 'work' },
      files: { 'notes.txt': 'Notes.' },
    });
    const { sandbox } = window.at;
    await addOwnModel(sandbox, 'custom', 'tuned-nova', nova);
    imported = await addOwnModel(sandbox, 'imported', 'my-llama', llama);
    await addOwnModel(sandbox, 'provisioned', 'nova-units', nova);
    await addApplicationProfile(sandbox, 'team-a', nova);
    playground = new PlaygroundWindow(window);
    await window.workbench.feedback.statusBar('work · us-east-1');
    await window.workbench.views.openView('Amazon Bedrock', 'Models');
    await window.workbench.views.treeItem(tree, 'Anthropic');
    // A tree draws the lines that fit: the other view makes room.
    await window.workbench.page.getByRole('button', { name: /^Batch Jobs/ }).click();
    await window.workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });

  after(() => window.close());

  afterEach(async () => {
    await window.at.clearFaults();
    await window.workbench.page.keyboard.press('Escape');
    await window.workbench.quickPick.hide();
  });

  const described = async (label: string) =>
    (await window.workbench.views.treeItem(tree, label)).innerText();
  const rows = async () => (await window.workbench.views.treeItems(tree)).map(({ label }) => label);
  /** Waits until no line has that text; a model can be in several groups. */
  const gone = (label: string) => {
    const lines = `[role=tree][aria-label="${tree}"] .monaco-list-row`;
    const found = window.workbench.page.locator(lines, { hasText: label });
    return until(`${label} is gone`, async () => (await found.count()) === 0);
  };
  const paths = async (operation: string) => {
    const response = await fetch(`${window.at.sandbox.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as {
      requests: { operation: string; path: string }[];
    };
    const found = requests.filter((request) => request.operation === operation);
    return found.map(({ path }) => decodeURIComponent(path));
  };
  const clipboard = () => window.workbench.page.evaluate<string>('navigator.clipboard.readText()');
  const choose = async (label: string, ...menu: string[]) => {
    await window.workbench.views.rightClickTreeItem(tree, label);
    await window.workbench.views.chooseMenu(...menu);
  };

  it('shows what the account made, by kind and with what is behind it', async () => {
    const { views } = window.workbench;
    const groups: readonly [string, string, RegExp][] = [
      ['Provisioned throughput', 'nova-units', /amazon\.nova-lite-v1:0/],
      ['Imported models', 'my-llama', /meta/],
      ['Custom models', 'tuned-nova', /amazon\.nova-lite-v1:0/],
      ['Application inference profiles', 'team-a', /amazon\.nova-lite-v1:0/],
    ];
    for (const [group, label, description] of groups) {
      await views.expandTreeItem(tree, group);
      assert.match(await described(label), description);
    }
    await window.workbench.screenshot('models-own');
  });

  const branches: readonly [string, string][] = [
    ['ListCustomModels', 'Custom models'],
    ['ListImportedModels', 'Imported models'],
    ['ListProvisionedModelThroughputs', 'Provisioned throughput'],
  ];
  for (const [operation, words] of branches) {
    it(`offers a retry for ${words.toLowerCase()} alone where they may not be listed`, async () => {
      const { views } = window.workbench;
      await window.at.fault({
        match: { operation },
        fault: { kind: 'error', status: 403, code: 'AccessDeniedException', message: 'no' },
      });
      await window.workbench.runCommand('Refresh Models');
      const failed = await views.treeItem(tree, `Not allowed: ${words}`);
      const spoken = (await failed.getAttribute('aria-label')) ?? '';
      assert.match(spoken, new RegExp(`bedrock:${operation}`));
      assert.equal((await rows()).filter((row) => row.startsWith('Not allowed: ')).length, 1);
      await views.treeItem(tree, 'Anthropic');
      await views.treeItem(tree, words);
      await window.at.clearFaults();
      await failed.click();
      await gone(`Not allowed: ${words}`);
    });
  }

  it('copies the ARN of what the account made', async () => {
    await choose('my-llama', 'Copy Model ARN');
    await until('the ARN', async () => (await clipboard()) === imported);
  });

  const leadsTo = async (label: string, menu: string, address: RegExp) => {
    await choose(label, menu);
    const dialog = window.workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    // The dialog shortens the address; what it copies is whole.
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await until('the address', async () => address.test(await clipboard()));
    await dialog.waitFor({ state: 'detached' });
  };

  it("opens the console's list of what the account made", async () => {
    const address = /us-east-1\.console\.aws\.amazon\.com.*region=us-east-1#\/imported-models/;
    await leadsTo('my-llama', 'Open Model in AWS Console', address);
  });

  it('opens a playground with an imported model, which answers', async () => {
    await choose('my-llama', 'Open in Playground');
    await playground.see('Playground');
    await playground.ask('Hello');
    await playground.answered(2);
    assert.deepEqual(await paths('ConverseStream'), [`/model/${imported}/converse-stream`]);
    await window.workbench.screenshot('models-playground-own');
  });

  it('opens a playground with a model that needs a profile, and calls the profile', async () => {
    await window.workbench.page.getByRole('button', { name: 'Collapse All' }).first().click();
    await window.workbench.views.expandTreeItem(tree, 'Anthropic');
    await choose('Claude Haiku 4.5', 'Open in Playground');
    await playground.see('Playground');
    await playground.ask('Which river is the longest?');
    await playground.answered(2);
    const sent = (await paths('ConverseStream')).at(-1);
    assert.equal(sent, `/model/us.${haiku}/converse-stream`);
  });

  it('puts the models that were used last before the groups', async () => {
    const { views } = window.workbench;
    await until('the group', async () => (await rows())[0] === 'Recently used');
    assert.equal((await rows())[1], 'Claude Haiku 4.5');
    await views.expandTreeItem(tree, 'Recently used');
    await window.workbench.screenshot('models-recent');
  });

  it('copies a profile that the person chooses, the one of the Region first', async () => {
    const { quickPick } = window.workbench;
    await choose('Claude Haiku 4.5', 'Copy Profile ID…');
    await quickPick.waitFor('Copy a Profile ID');
    await window.workbench.screenshot('models-copy-profile');
    await quickPick.pick(`global.${haiku}`);
    await until('the profile', async () => (await clipboard()) === `global.${haiku}`);
  });

  const copies: readonly [string, string][] = [
    ['Copy Model ID', haiku],
    ['Copy Model ARN', `arn:aws:bedrock:us-east-1::foundation-model/${haiku}`],
  ];
  for (const [menu, text] of copies) {
    it(`${menu} puts it on the clipboard`, async () => {
      await choose('Claude Haiku 4.5', menu);
      await until(text, async () => (await clipboard()) === text);
    });
  }

  for (const menu of ['Open Model in AWS Console', 'Open Model Access']) {
    it(`${menu} leads to the page of the model`, async () => {
      const page = `us-east-1.console.aws.amazon.com/bedrock/home?region=us-east-1#/model-catalog/serverless/${haiku}`;
      await leadsTo('Claude Haiku 4.5', menu, new RegExp(escapePattern(page)));
    });
  }

  const filters: readonly (readonly [
    facet: string,
    group: string,
    shown: string,
    hidden: string,
  ])[] = [
    ['Streaming', 'Amazon', 'Nova Lite', 'Titan Embeddings V2'],
    ['On demand here', 'Amazon', 'Nova Micro', 'Nova 2 Lite'],
    ['Legacy', 'Anthropic', 'Claude Sonnet 4.5', 'Claude Haiku 4.5'],
    ['Batch inference', 'Amazon', 'Nova Lite', 'Titan Text G1 Lite'],
    ['Past end of life', 'AI21 Labs', 'Jurassic-2 Ultra', 'Jamba 1.5 Large'],
  ];
  for (const [facet, group, shown, hidden] of filters) {
    it(`filters by "${facet}"`, async () => {
      const { quickPick, views } = window.workbench;
      await window.workbench.runCommand('Filter Models…');
      await quickPick.waitFor('Filter Models');
      await quickPick.pickMany([facet]);
      await window.workbench.page.getByText(`Filter: ${facet}`).waitFor();
      await views.expandTreeItem(tree, group);
      await views.treeItem(tree, shown);
      await gone(hidden);
      await window.workbench.runCommand('Clear Model Filter');
      await views.treeItem(tree, hidden);
    });
  }

  it('compares two models that are selected together', async () => {
    const { views } = window.workbench;
    await views.expandTreeItem(tree, 'Anthropic');
    await (await views.treeItem(tree, /^Claude Sonnet 4\.5$/)).click();
    await (await views.treeItem(tree, /^Claude Opus 4\.5$/)).click({ modifiers: ['Control'] });
    await choose('Claude Opus 4.5', 'Compare Models');
    await playground.see('Playground');
    await playground.page.locator('.model-name').nth(1).waitFor();
    assert.deepEqual((await playground.page.locator('.model-name').allInnerTexts()).sort(), [
      'Claude Opus 4.5',
      'Claude Sonnet 4.5',
    ]);
    await playground.ask('Name a lake.');
    await playground.answered(4);
    await window.workbench.screenshot('models-compare');
  });
});
