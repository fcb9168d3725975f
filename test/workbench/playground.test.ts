import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/until.js';
import { chooseSandbox, haiku, refuses, run, scratchFolder } from './support/workbench.js';

/** The open playgrounds, as tabs. */
function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.includes('bedrock.playground'),
    );
}

describe('bedrock.playground', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;

  before(async () => {
    scratch = await scratchFolder();
    await chooseSandbox(join(scratch.path, 'data'));
  });

  afterEach(async () => {
    await vscode.window.tabGroups.close(tabs());
  });

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  it('opens with a model, a system prompt, messages and parameters, and names the tab', async () => {
    await run('bedrock.playground.open', {
      modelId: haiku,
      system: 'Be short.',
      messages: [{ role: 'user', content: 'Name a river' }],
      parameters: { temperature: 0.2 },
    });
    await until('the tab', () => tabs().some(({ label }) => label === 'Name a river'));
  });

  it('opens several at once', async () => {
    await run('bedrock.playground.open', { modelId: haiku });
    await run('bedrock.playground.open', { modelId: haiku });
    await until('both tabs', () => tabs().length === 2);
  });

  it('opens models side by side', async () => {
    await run('bedrock.playground.compare', { modelIds: [haiku, 'us.amazon.nova-lite-v1:0'] });
    await until('the tab', () => tabs().length === 1);
  });

  it('opens a prompt file', async () => {
    await mkdir(scratch.path, { recursive: true });
    const file = join(scratch.path, 'rivers.prompt.md');
    await writeFile(file, `---\nmodel: ${haiku}\n---\n\nName rivers of {{country}}\n`);
    await run('bedrock.playground.openPrompt', vscode.Uri.file(file));
    await until('the tab', () => tabs().some(({ label }) => label.includes('Name rivers')));
    assert.match(await readFile(file, 'utf8'), /country/);
  });

  it('makes records of a table with a template, and replaces no file', async () => {
    const table = join(scratch.path, 'cities.csv');
    await writeFile(table, 'id,city\na,Rome\nb,Bath\n');
    const options = { modelId: haiku, template: 'Describe {{city}}', invocationType: 'Converse' };
    const made = await run<{ output: string; records: number }>(
      'bedrock.batch.convert',
      vscode.Uri.file(table),
      options,
    );
    assert.deepEqual(made, {
      output: join(scratch.path, 'cities.prompts.jsonl'),
      records: 2,
      leftOut: 0,
      modelId: haiku,
      invocationType: 'Converse',
      table: { path: table, idColumn: 'id' },
    });
    const [first = ''] = (await readFile(made.output, 'utf8')).split('\n');
    assert.deepEqual(JSON.parse(first), {
      recordId: 'a',
      modelInput: { messages: [{ role: 'user', content: [{ text: 'Describe Rome' }] }] },
    });
    await refuses(run('bedrock.batch.convert', table, options), 'conflict', /exists already/);
    const other = { ...options, template: { system: 'About {{town}}', messages: [] } };
    await refuses(run('bedrock.batch.convert', table, other), 'invalidInput', /message/);
  });

  it('refuses wrong arguments with the name of what is wrong', async () => {
    const wrong = run('bedrock.playground.open', { modelId: 7 });
    await refuses(wrong, 'invalidInput', /modelId/);
  });
});
