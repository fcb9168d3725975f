import * as vscode from 'vscode';
import { cancelled, pick } from '../../platform/quickInput.js';

const extensions = ['jsonl', 'ndjson'];

/** The dataset to work on where a command was given none: the one in the editor, or one to choose. */
export async function pickDataset(): Promise<vscode.Uri> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.scheme === 'file' && isDataset(open)) return open;
  const found = await vscode.workspace.findFiles(
    `**/*.{${extensions.join(',')}}`,
    '**/node_modules/**',
    200,
  );
  if (found.length === 0) return browse();
  const chosen = await pick<vscode.Uri | undefined>({
    title: vscode.l10n.t('Choose a Dataset'),
    placeholder: vscode.l10n.t('A JSONL file with one record a line'),
    items: [
      ...found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), value: uri })),
      { label: vscode.l10n.t('$(folder-opened) Another file…'), value: undefined },
    ],
  });
  return chosen ?? browse();
}

function isDataset(uri: vscode.Uri): boolean {
  return extensions.some((extension) => uri.path.endsWith(`.${extension}`));
}

async function browse(): Promise<vscode.Uri> {
  const chosen = await vscode.window.showOpenDialog({
    filters: { JSONL: extensions },
    openLabel: vscode.l10n.t('Choose'),
  });
  if (!chosen?.[0]) throw cancelled();
  return chosen[0];
}
