import * as vscode from 'vscode';
import type { PromptProblem } from '../../core/promptFile/parsePromptFile.js';
import { forPerson } from '../../platform/commands.js';

/** Loaded with the first prompt file: the YAML reader is large. */
const fixes = () => import('../../core/promptFile/fixes.js');
const reader = () => import('../../core/promptFile/parsePromptFile.js');

/** What a finding of a prompt file says to do, as quick fixes beside it. */
export async function providePromptFixes(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  const { parsePromptFile } = await reader();
  const found = parsePromptFile(document.getText()).problems.filter(({ start, end }) => {
    const place = new vscode.Range(document.positionAt(start), document.positionAt(end));
    return place.intersection(range) !== undefined;
  });
  return (await Promise.all(found.map((problem) => fixesOf(document, problem)))).flat();
}

async function fixesOf(
  document: vscode.TextDocument,
  { fix, start, end }: PromptProblem,
): Promise<vscode.CodeAction[]> {
  if (!fix) return [];
  if (fix.kind === 'rename') {
    const title = vscode.l10n.t('Change to "{0}"', fix.to);
    return [editAction(title, document, { start, end, text: fix.to })];
  }
  const { addVariable } = await fixes();
  const table = new vscode.CodeAction(
    vscode.l10n.t('Run over a Table…'),
    vscode.CodeActionKind.QuickFix,
  );
  table.command = {
    title: table.title,
    command: 'bedrock.batch.runOverTable',
    arguments: forPerson(document.uri),
  };
  const title = vscode.l10n.t('Add "{0}" to the Variables', fix.name);
  return [editAction(title, document, addVariable(document.getText(), fix.name)), table];
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function editAction(
  title: string,
  document: vscode.TextDocument,
  { start, end, text }: Change,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  const place = new vscode.Range(document.positionAt(start), document.positionAt(end));
  action.edit.replace(document.uri, place, text);
  action.isPreferred = true;
  return action;
}
