import * as vscode from 'vscode';
import { hasValue, usedVariables } from '../../core/converse/variables.js';
import { yamlKey } from '../../core/promptFile/yamlKey.js';
import { keyAt } from '../../core/promptFile/keyAt.js';
import { parameterKeys, promptFileKeys, type PromptFileKey } from '../../core/promptFile/keys.js';
import type { ModelChoice } from '../../resources/models/modelChoice.js';

/** Loaded with the first prompt file: the YAML reader is large. */
const reader = () => import('../../core/promptFile/parsePromptFile.js');

/** Keys and their values in the front matter, variables below it. */
export async function provideCompletions(
  document: vscode.TextDocument,
  at: vscode.Position,
  models: ModelChoice,
): Promise<vscode.CompletionItem[]> {
  const { findFences, parsePromptFile } = await reader();
  const text = document.getText();
  const { found, start, end } = findFences(text);
  const offset = document.offsetAt(at);
  if (!found || offset < start || offset > end) {
    const open = /\{\{\s*[^{}\n]*$/.exec(document.lineAt(at).text.slice(0, at.character));
    if (!open) return [];
    const names = Object.keys(parsePromptFile(text).conversation.variables);
    return names.map((name) => new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable));
  }
  const { key, parent, valueStart } = keyAt(text.slice(start, offset));
  // A whole value: ids hold dots and colons, which end a word.
  const range = new vscode.Range(document.positionAt(start + valueStart), at);
  if (key === 'model' && parent === undefined) return modelItems(await models.choices(), range);
  if (key !== undefined) return choiceItems(keysBelow(parent), key);
  if (parent !== 'variables') return keysBelow(parent).map(keyItem);
  const { conversation } = parsePromptFile(text);
  const unset = usedVariables(conversation).filter(
    (name) => !hasValue(conversation.variables, name),
  );
  return unset.map((name) => keyItem({ name: yamlKey(name), about: '' }));
}

/** What a key of the front matter means. */
export async function provideHover(
  document: vscode.TextDocument,
  at: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const { findFences } = await reader();
  const text = document.getText();
  const { found, start, end } = findFences(text);
  const [, indent = '', name = ''] = /^( *)([\w-]+)\s*:/.exec(document.lineAt(at).text) ?? [];
  const isKey = at.character >= indent.length && at.character <= indent.length + name.length;
  const offset = document.offsetAt(at);
  if (!found || name === '' || !isKey || offset < start || offset > end) return undefined;
  const lineStart = document.offsetAt(new vscode.Position(at.line, 0));
  const { parent } = keyAt(text.slice(start, lineStart + indent.length));
  const known = keysBelow(parent).find((key) => key.name === name);
  if (!known) return undefined;
  const values = known.choices ? `\n\n\`${known.choices.join('`, `')}\`` : '';
  return new vscode.Hover(new vscode.MarkdownString(`${known.about}${values}`));
}

function keysBelow(parent: string | undefined): PromptFileKey[] {
  if (parent === undefined) return promptFileKeys();
  return parent === 'parameters' ? parameterKeys() : [];
}

function choiceItems(keys: readonly PromptFileKey[], key: string): vscode.CompletionItem[] {
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
  range: vscode.Range,
): vscode.CompletionItem[] {
  return choices.map(({ modelId, name }) => {
    const item = new vscode.CompletionItem(modelId, vscode.CompletionItemKind.Value);
    item.detail = name;
    item.filterText = `${modelId} ${name}`;
    item.range = range;
    return item;
  });
}
