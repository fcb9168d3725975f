import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { toKeySegment } from '../../core/batch/names.js';
import { cancelled, pick } from '../../platform/quickInput.js';
import type { Services } from '../../services.js';

/** Where a run's results go where nobody says otherwise: the setting, or beside the dataset. */
export function defaultFolder(
  services: Pick<Services, 'config'>,
  name: string,
  datasetPath: string | undefined,
): string {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const configured = services.config.get('bedrock.results.folder');
  const base = configured
    ? configured.replace('${workspaceFolder}', workspace ?? '')
    : join(datasetPath ? dirname(datasetPath) : (workspace ?? '.'), 'bedrock-results');
  return join(base, toKeySegment(name));
}

/** Asks where to put the results; the default is first. */
export async function askFolder(suggested: string): Promise<string> {
  const chosen = await pick<string | undefined>({
    title: vscode.l10n.t('Download Results'),
    placeholder: vscode.l10n.t('The folder to put the results in'),
    items: [
      { label: vscode.l10n.t('$(folder) {0}', suggested), value: suggested },
      { label: vscode.l10n.t('$(folder-opened) Another folder…'), value: undefined },
    ],
  });
  if (chosen !== undefined) return chosen;
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Download Here'),
  });
  if (!picked?.[0]) throw cancelled();
  return picked[0].fsPath;
}
