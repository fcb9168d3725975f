import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { datasetText } from '../support/datasets.js';
import { isCancelled } from '../../src/core/errors.js';
import { until } from '../support/until.js';
import { chooseSandbox, haiku, refuses, run, scratchFolder } from './support/workbench.js';

/**
 * What the editor offers there, once it offers something: it answers with nothing, or gives up, while
 * other extensions are still starting.
 */
function quickFixes(uri: vscode.Uri, at: vscode.Range): Promise<vscode.CodeAction[]> {
  return until('the quick fixes', async () => {
    try {
      const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        uri,
        at,
        vscode.CodeActionKind.QuickFix.value,
      );
      return found.some(({ title }) => ourTitles.test(title)) && found;
    } catch (error) {
      if (isCancelled(error)) return false;
      throw error;
    }
  });
}

const ourTitles = /Convert to|Open Record|Submit as|Run over|to the Variables/;

describe('what a finding says to do', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;

  before(async () => {
    scratch = await scratchFolder();
    await chooseSandbox(join(scratch.path, 'sandbox'));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  async function actions(name: string, text: string, options: object = {}) {
    const uri = vscode.Uri.file(join(scratch.path, name));
    await writeFile(uri.fsPath, text);
    await run('bedrock.batch.validate', uri, options);
    await vscode.window.showTextDocument(uri);
    const at = new vscode.Range(0, 0, 0, 0);
    const found = await quickFixes(uri, at);
    return found.filter(({ command }) => command?.command.startsWith('bedrock.'));
  }

  const row = { id: 1, text: 'x' };
  const openAi = { custom_id: 'a', body: { messages: [{ role: 'user', content: 'Hi' }] } };
  for (const [name, text, options, title] of [
    ['rows.csv', 'id,text\n1,x\n', {}, 'Convert to Batch Dataset…'],
    ['rows.jsonl', JSON.stringify(row), {}, 'Convert to Batch Dataset…'],
    ['array.json', JSON.stringify([row], undefined, 2), {}, 'Convert to Batch Dataset…'],
    ['openai.jsonl', JSON.stringify(openAi), {}, 'Convert to Batch Dataset…'],
    ['few.jsonl', datasetText('anthropic', 3), {}, 'Open Record in Playground'],
    [
      'other.jsonl',
      datasetText('converse'),
      { modelId: haiku, invocationType: 'InvokeModel' },
      'Submit as Converse…',
    ],
  ] as const) {
    it(`is a quick fix in ${name}: ${title}`, async () => {
      const found = await actions(name, text, options);
      assert.deepEqual(
        found.map((action) => action.title),
        [title],
      );
    });
  }

  it('does it: an OpenAI file becomes Bedrock records beside it', async () => {
    const [action] = await actions('batch.jsonl', JSON.stringify(openAi));
    assert.ok(action?.command);
    await vscode.commands.executeCommand(
      action.command.command,
      ...(action.command.arguments as unknown[]),
    );
    const text = await readFile(join(scratch.path, 'batch.prompts.jsonl'), 'utf8');
    assert.deepEqual(JSON.parse(text), {
      recordId: 'a',
      modelInput: { messages: [{ role: 'user', content: [{ text: 'Hi' }] }] },
    });
  });

  it('does it: the record opens in the playground', async () => {
    const [action] = await actions('three.jsonl', datasetText('anthropic', 3));
    assert.ok(action?.command);
    await vscode.commands.executeCommand(
      action.command.command,
      ...(action.command.arguments as unknown[]),
    );
    const labels = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((t) => t.label));
    await until('the tab', () => labels().some((label) => label.startsWith('Summarise ticket 1')));
  });

  it('a line without a record is refused in words', async () => {
    const path = join(scratch.path, 'few.jsonl');
    await writeFile(path, datasetText('anthropic', 3));
    await refuses(
      run('bedrock.batch.tryRecord', path, 99),
      'invalidInput',
      /no record on that line/,
    );
  });

  it('adds a variable to a prompt file, or runs it over a table', async () => {
    const uri = vscode.Uri.file(join(scratch.path, 'a.prompt.md'));
    await writeFile(uri.fsPath, '---\nmodel: m\n---\n\nHi {{First Name}}\n');
    await vscode.window.showTextDocument(uri);
    const found = await quickFixes(uri, new vscode.Range(4, 6, 4, 6));
    const titles = found.map(({ title }) => title);
    assert.ok(titles.includes('Run over a Table…'), titles.join());
    const add = found.find(({ title }) => title === 'Add "First Name" to the Variables');
    assert.ok(add?.edit, titles.join());
    await vscode.workspace.applyEdit(add.edit);
    const { document } = await vscode.window.showTextDocument(uri);
    assert.match(document.getText(), /variables:\n {2}"First Name": ""\n---/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('leads from a finding of a prompt file to the page on them', async () => {
    const uri = vscode.Uri.file(join(scratch.path, 'b.prompt.md'));
    await writeFile(uri.fsPath, '---\nmodell: m\n---\n\nHi\n');
    await vscode.window.showTextDocument(uri);
    const found = await until('the finding', () =>
      vscode.languages.getDiagnostics(uri).find(({ source }) => source === 'Bedrock'),
    );
    const { target } = found.code as { target: vscode.Uri };
    assert.match(await readFile(target.fsPath, 'utf8'), /^# Prompt files/);
    assert.match(found.message, /The keys are title, model/);
  });
});

describe('bedrock.sample.open', () => {
  it('makes a folder to try things with, and replaces nothing', async () => {
    const scratch = await scratchFolder();
    const folder = join(scratch.path, 'sample');
    const made = await run<{ folder: string; files: string[] }>('bedrock.sample.open', { folder });
    assert.equal(made.folder, folder);
    const names = made.files.map((file) => file.slice(folder.length + 1));
    assert.deepEqual(names, ['tickets.csv', 'tickets.jsonl', 'sort-ticket.prompt.md', 'README.md']);
    await refuses(run('bedrock.sample.open', { folder }), 'conflict', /is not empty/);
    await refuses(run('bedrock.sample.open', {}), 'invalidInput', /No folder was given/);
    await scratch.remove();
  });
});
