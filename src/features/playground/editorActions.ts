import * as vscode from 'vscode';
import type { ErrorAction } from '../../core/errors.js';
import type { OutputLog } from '../../platform/outputLog.js';
import { run } from '../../platform/commands.js';

/** Opens a text as a document without a file. */
export async function openText(content: string, languageId: string): Promise<void> {
  const languages = await vscode.languages.getLanguages();
  const language = languages.includes(languageId) ? languageId : 'plaintext';
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Puts a text in the place of the selection of the editor that was used last; a new one where none is. */
export async function insertText(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) {
    await openText(text, 'plaintext');
    return;
  }
  await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  await editor.edit((edit) => {
    edit.replace(editor.selection, text);
  });
}

/** Opens a link of a model's answer; anything but web and mail addresses is left alone. */
export async function openLink(href: string): Promise<void> {
  const uri = parseLink(href);
  if (uri) await vscode.env.openExternal(uri);
}

function parseLink(href: string): vscode.Uri | undefined {
  try {
    const url = new URL(href);
    return ['https:', 'http:', 'mailto:'].includes(url.protocol)
      ? vscode.Uri.parse(url.toString(), true)
      : undefined;
  } catch {
    // Not an absolute address: a model's relative links lead nowhere.
    return undefined;
  }
}

/** Does what an error proposes; true where the request may be sent again. */
export async function recover(action: ErrorAction, log: OutputLog): Promise<boolean> {
  switch (action) {
    case 'signIn':
      return (await run<boolean | undefined>('bedrock.connection.signIn')) === true;
    case 'pickConnection':
      return (await run('bedrock.connection.select')) !== undefined;
    case 'setApiKey':
      await run('bedrock.connection.setApiKey');
      return true;
    case 'startSandbox':
      await run('bedrock.sandbox.start', {});
      return true;
    case 'openModelAccess':
      await vscode.env.openExternal(
        vscode.Uri.parse('https://console.aws.amazon.com/bedrock/home#/model-catalog'),
      );
      return false;
    case 'retry':
      return true;
    case 'showLog':
      log.show();
      return false;
  }
}
