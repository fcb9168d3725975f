import * as vscode from 'vscode';
import type { PromptFile } from '../../core/promptFile/parsePromptFile.js';

/** Reads a `*.prompt.md` file: what is seen is what is sent, saved or not. */
export async function readPrompt(uri: vscode.Uri): Promise<PromptFile> {
  const shown = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  const text = shown
    ? shown.getText()
    : Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  // Loaded on first use: the YAML reader is large.
  const { parsePromptFile } = await import('../../core/promptFile/parsePromptFile.js');
  return parsePromptFile(text);
}

/** What a prompt file is called without its path and extension. */
export function promptName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.prompt\.md$/, '');
}
