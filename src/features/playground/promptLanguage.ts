import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { parameterKeys, promptFileKeys, type PromptFileKey } from '../../core/promptFile/keys.js';
import type { PromptFile } from '../../core/promptFile/parsePromptFile.js';
import type { PlaygroundModels } from './models.js';

/** Loaded with the first prompt file: the YAML reader is large. */
const reader = () => import('../../core/promptFile/parsePromptFile.js');

const selector: vscode.DocumentSelector = { pattern: '**/*.prompt.md' };

/** Help for `*.prompt.md` files: findings, completion of keys and models, and Run above the model. */
export function registerPromptLanguage(models: PlaygroundModels): Disposable {
  const store = new DisposableStore();
  const findings = store.add(vscode.languages.createDiagnosticCollection('bedrock.prompt'));
  const check = (document: vscode.TextDocument) => {
    if (vscode.languages.match(selector, document) === 0) return;
    const { version } = document;
    void reader().then(({ parsePromptFile }) => {
      // A newer text is checked by its own change.
      if (document.version !== version || document.isClosed) return;
      findings.set(document.uri, diagnosticsOf(document, parsePromptFile(document.getText())));
    });
  };
  store.add(vscode.workspace.onDidOpenTextDocument(check));
  store.add(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      check(document);
    }),
  );
  store.add(
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      findings.delete(uri);
    }),
  );
  for (const document of vscode.workspace.textDocuments) check(document);
  store.add(vscode.languages.registerCodeLensProvider(selector, { provideCodeLenses: lensesOf }));
  store.add(
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: (document, at) => completionsOf(document, at, models) },
      ':',
      ' ',
      '{',
    ),
  );
  return store;
}

function diagnosticsOf(
  document: vscode.TextDocument,
  { problems }: PromptFile,
): vscode.Diagnostic[] {
  return problems.map(
    ({ start, end, message, severity }) =>
      new vscode.Diagnostic(
        new vscode.Range(document.positionAt(start), document.positionAt(end)),
        message,
        severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning,
      ),
  );
}

async function lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const { parsePromptFile } = await reader();
  const { model } = parsePromptFile(document.getText());
  const at = document.positionAt(model?.start ?? 0);
  const lens = (title: string, command: string) =>
    new vscode.CodeLens(new vscode.Range(at, at), { title, command, arguments: [document.uri] });
  return [
    lens(vscode.l10n.t('$(play) Open in Playground'), 'bedrock.playground.openPrompt'),
    lens(vscode.l10n.t('$(split-horizontal) Compare'), 'bedrock.playground.compare'),
  ];
}

async function completionsOf(
  document: vscode.TextDocument,
  at: vscode.Position,
  models: PlaygroundModels,
): Promise<vscode.CompletionItem[]> {
  const { findFences, parsePromptFile } = await reader();
  const text = document.getText();
  const { found, start, end } = findFences(text);
  const offset = document.offsetAt(at);
  const line = document.lineAt(at).text.slice(0, at.character);
  if (!found || offset < start || offset > end) {
    return /\{\{[\w.-]*$/.test(line) ? variableItems(parsePromptFile(text)) : [];
  }
  const [, indent = '', key] = /^(\s*)(?:([\w-]+)\s*:\s*)?[^:]*$/.exec(line) ?? [];
  if (key === 'model') return modelItems(await models.choices());
  const keys = indent === '' ? promptFileKeys() : parameterKeys();
  if (key === undefined) return keys.map(keyItem);
  const choices = keys.find(({ name }) => name === key)?.choices ?? [];
  return choices.map(
    (choice) => new vscode.CompletionItem(choice, vscode.CompletionItemKind.EnumMember),
  );
}

function keyItem({ name, about }: PromptFileKey): vscode.CompletionItem {
  const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
  item.insertText = `${name}: `;
  item.detail = about;
  return item;
}

function modelItems(
  choices: readonly { readonly modelId: string; readonly name: string }[],
): vscode.CompletionItem[] {
  return choices.map(({ modelId, name }) => {
    const item = new vscode.CompletionItem(modelId, vscode.CompletionItemKind.Value);
    item.detail = name;
    item.filterText = `${modelId} ${name}`;
    return item;
  });
}

function variableItems({ conversation }: PromptFile): vscode.CompletionItem[] {
  return Object.keys(conversation.variables).map(
    (name) => new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable),
  );
}
