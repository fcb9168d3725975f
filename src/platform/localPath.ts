import * as vscode from 'vscode';
import { AppError } from '../core/errors.js';

/**
 * The path of a file on this machine.
 * @throws AppError `invalidInput` for a file of another kind of folder.
 */
export function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath;
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Only files on disk can be read. Save {0} to a folder first.', uri.path),
  );
}
