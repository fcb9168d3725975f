import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatBytes } from '../core/format.js';
import { signalFrom } from './signal.js';

/** What reads a file is given: a signal to stop and where to say how far it is. */
export interface FileWork {
  readonly signal: AbortSignal;
  readonly onProgress: (read: number, total: number) => void;
}

/** Shows how far the reading of a file is; it can be cancelled. */
export async function withFileProgress<T>(
  title: string,
  path: string,
  work: (options: FileWork) => Promise<T>,
): Promise<T> {
  const location = await progressPlace(path);
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    let shown = 0;
    return work({
      signal: signalFrom(token),
      onProgress: (read, total) => {
        const percent = total === 0 ? 100 : (read / total) * 100;
        progress.report({
          increment: percent - shown,
          message: vscode.l10n.t('{0} of {1}', formatBytes(read), formatBytes(total)),
        });
        shown = percent;
      },
    });
  });
}

/** A file that takes a moment gets a notification with a cancel button, others the status bar. */
async function progressPlace(path: string): Promise<vscode.ProgressLocation> {
  const longBytes = 50_000_000;
  const isLong = await stat(path).then(
    ({ size }) => size > longBytes,
    // Reading it says what is wrong with the file.
    () => false,
  );
  return isLong ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
}
