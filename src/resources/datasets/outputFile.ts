import * as vscode from 'vscode';
import { isThere } from '../../node/files/atomicWrite.js';
import { cancelled } from '../../platform/quickInput.js';

/** Where records are written, and whether a file there may be replaced. */
export interface OutputFile {
  readonly uri: vscode.Uri;
  readonly isReplacing: boolean;
}

/** Beside the source: `tickets.prompts.jsonl`; with a number for the second and later ones. */
export function outputFor(source: vscode.Uri, number = 1): vscode.Uri {
  const stem = `${source.path.replace(/\.[^./]+$/, '')}.prompts`;
  return source.with({ path: number === 1 ? `${stem}.jsonl` : `${stem}-${number}.jsonl` });
}

/** The first of those names that is not taken. */
export async function freeOutput(source: vscode.Uri): Promise<OutputFile> {
  for (let number = 1; ; number++) {
    const uri = outputFor(source, number);
    if (!(await isThere(uri.fsPath))) return { uri, isReplacing: false };
  }
}

/** Asks for another place; the dialog itself asks before it names a file that is there. */
export async function askOutput({ uri }: OutputFile): Promise<OutputFile> {
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Records File'),
    defaultUri: uri,
    filters: { JSONL: ['jsonl'] },
  });
  if (!chosen) throw cancelled();
  return { uri: chosen, isReplacing: await isThere(chosen.fsPath) };
}
