import * as vscode from 'vscode';
import { attachmentEndings, attachmentLimits } from '../../../core/converse/attachments.js';
import { AppError } from '../../../core/errors.js';
import type { ReadFile } from '../contract.js';

/** Asks for pictures and documents. */
export async function pickFiles(): Promise<ReadFile[]> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t('Attach Pictures and Documents'),
    filters: {
      [vscode.l10n.t('Pictures and documents')]: [
        ...attachmentEndings.images,
        ...attachmentEndings.documents,
      ],
    },
  });
  return readFiles((uris ?? []).map((uri) => uri.toString()));
}

/** Reads files that the person chose or dropped; too large ones are refused before they are read. */
export async function readFiles(uris: readonly string[]): Promise<ReadFile[]> {
  const most = Math.max(attachmentLimits.imageBytes, attachmentLimits.documentBytes);
  return Promise.all(
    uris.map(async (text) => {
      const uri = vscode.Uri.parse(text, true);
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
      const { size, type } = await vscode.workspace.fs.stat(uri);
      if ((type & vscode.FileType.File) === 0 || size > most) {
        throw new AppError(
          'invalidInput',
          vscode.l10n.t('{0} is too large or not a file. Attach a smaller one.', name),
        );
      }
      const bytes = await vscode.workspace.fs.readFile(uri);
      return { name, base64: Buffer.from(bytes).toString('base64') };
    }),
  );
}

/** Asks where to write, writes, and shows the file. */
export async function saveText(options: {
  readonly title: string;
  readonly name: string;
  readonly text: string;
}): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: options.title,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, options.name) }),
  });
  if (!uri) return undefined;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(options.text));
  await vscode.window.showTextDocument(uri, { preview: false });
  return uri;
}

/** A name for a file from words for people. */
export function fileStem(title: string | undefined): string {
  const stem = (title ?? '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return stem === '' ? 'prompt' : stem.slice(0, 40);
}
