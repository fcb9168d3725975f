import * as vscode from 'vscode';
import { pickWorkspaceFile } from '../../platform/pickFile.js';

const extensions = ['jsonl', 'ndjson'];

/** The dataset to work on where a command was given none: the one in the editor, or one to choose. */
export async function pickDataset(): Promise<vscode.Uri> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.scheme === 'file' && extensions.some((each) => open.path.endsWith(`.${each}`))) {
    return open;
  }
  return pickWorkspaceFile({
    title: vscode.l10n.t('Choose a Dataset'),
    placeholder: vscode.l10n.t('A JSONL file with one record a line'),
    kind: 'JSONL',
    extensions,
  });
}
