import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/until.js';
import {
  chooseSandbox,
  haiku,
  run,
  scratchFolder,
  type SandboxAccess,
} from './support/workbench.js';

describe('a prompt file', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let access: SandboxAccess;

  before(async () => {
    scratch = await scratchFolder();
    access = await chooseSandbox(join(scratch.path, 'data'));
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  after(async () => {
    await run('bedrock.sandbox.stop');
    await scratch.remove();
  });

  let last = 0;
  /** A new file in the editor; `|` is left out and gives the place. */
  async function open(marked: string): Promise<{ uri: vscode.Uri; at: vscode.Position }> {
    const uri = vscode.Uri.file(join(scratch.path, `file-${++last}.prompt.md`));
    const offset = marked.indexOf('|');
    await writeFile(uri.fsPath, marked.replace('|', ''));
    const { document } = await vscode.window.showTextDocument(uri);
    return { uri, at: document.positionAt(Math.max(0, offset)) };
  }

  async function complete(marked: string): Promise<vscode.CompletionItem[]> {
    const { uri, at } = await open(marked);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at,
    );
    // What the editor itself offers (words of the file) is not ours.
    return list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  }
  const labels = (items: readonly vscode.CompletionItem[]) =>
    items.map(({ label }) => (typeof label === 'string' ? label : label.label));

  /** VS Code has findings of its own for files of this name. */
  const ours = (uri: vscode.Uri) =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Bedrock');

  async function findings(text: string): Promise<string[]> {
    const { uri } = await open(text);
    return until('the findings', () => {
      const shown = ours(uri).map(({ message, range }) => `${range.start.line + 1}: ${message}`);
      return shown.length > 0 ? shown : undefined;
    });
  }

  it('is told a key that is none, a variable without value and a value that nothing uses', async () => {
    const file = `---\nmodel: ${haiku}\ntemprature: 1\nvariables:\n  unused: 1\n---\n\nHello {{name}}\n`;
    const found = await findings(file);
    assert.match(found[0] ?? '', /^3: "temprature" is not a key/);
    assert.match(found[1] ?? '', /^5: "unused" is not used/);
    assert.match(found[2] ?? '', /^8: "name" has no value/);
  });

  it('is told a variable without value in its system text', async () => {
    const [found] = await findings(`---\nsystem: Speak {{language}}.\n---\n\nHello\n`);
    assert.match(found ?? '', /^2: "language" has no value/);
  });

  it('is told nothing any more once it is right', async () => {
    const { uri } = await open('---\nvariables:\n---\n\nHello {{name}}\n');
    const count = () => ours(uri).length;
    await until('the finding', () => count() > 0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(2, 0), '  name: Ada\n');
    await vscode.workspace.applyEdit(edit);
    await until('no finding', () => count() === 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is offered keys, parameters, values of a key and variables in their places', async () => {
    assert.ok(labels(await complete('---\n|\n---\n')).includes('parameters'));
    // VS Code offers keys of its own for files of this name.
    const parameters = labels(await complete('---\nparameters:\n  |\n---\n'));
    for (const name of ['maxTokens', 'temperature', 'topP', 'stopSequences']) {
      assert.ok(parameters.includes(name), name);
    }
    assert.ok(!parameters.includes('variables'));
    assert.ok(labels(await complete('---\nlatency: |\n---\n')).includes('optimized'));
    const values = labels(await complete('---\nvariables:\n  |\n---\n\nHi {{river}}\n'));
    assert.ok(values.includes('river') && !values.includes('topP'), values.join());
    const names = labels(await complete('---\nvariables:\n  lake: Garda\n---\n\nHi {{|\n'));
    assert.ok(names.includes('lake') && !names.includes('parameters'), names.join());
  });

  it('is offered the models of the connection, each in the place of what is typed', async () => {
    const items = await complete('---\nmodel: us.anthropic|\n---\n');
    const item = items.find(({ label }) => label === haiku);
    assert.ok(item, labels(items).join(', '));
    const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
    assert.equal(range?.start.character, 'model: '.length);
  });

  it('says what a key means under the pointer', async () => {
    const { uri, at } = await open('---\nparameters:\n  max|Tokens: 4\n---\n');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at,
    );
    const texts = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    assert.match(texts.map(({ value }) => value).join(), /How long the answer may be/);
  });

  it('can be run, opened and compared from above its model; who pays is said', async () => {
    const { uri } = await open(`---\nmodel: ${haiku}\n---\n\nHello\n`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    assert.deepEqual(
      lenses.map(({ command, range }) => [command?.command, command?.title, range.start.line]),
      [
        ['bedrock.playground.runPrompt', '$(play) Run on Sandbox', 1],
        ['bedrock.playground.openPrompt', '$(comment-discussion) Open in Playground', 1],
        ['bedrock.playground.compare', '$(split-horizontal) Compare', 1],
        ['bedrock.batch.runOverTable', '$(run-all) Run over a Table…', 1],
      ],
    );
  });

  it('is opened and run as the editor shows it, saved or not', async () => {
    const { uri } = await open(`---\nmodel: ${haiku}\n---\n\nHello\n`);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(4, 0), 'Not saved yet: ');
    await vscode.workspace.applyEdit(edit);
    await run('bedrock.playground.openPrompt', uri);
    const labels = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map((tab) => tab.label));
    await until('the tab', () => labels().includes('Not saved yet: Hello'));
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('is sent once when it is run', async () => {
    const { uri } = await open(`---\nmodel: ${haiku}\n---\n\nHello there\n`);
    await run('bedrock.playground.runPrompt', uri);
    await until('the request', async () => (await sent()) === 1);
  });

  async function sent(): Promise<number> {
    const response = await fetch(`${access.endpoint}/_sandbox/requests`);
    const { requests } = (await response.json()) as { requests: { operation: string }[] };
    return requests.filter(({ operation }) => operation === 'ConverseStream').length;
  }
});
