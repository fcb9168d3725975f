import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../../core/errors.js';
import { isThere } from '../../node/files/atomicWrite.js';
import type { Caller } from '../../platform/commands.js';
import type { MadeSample } from '../../platform/commandTable.js';
import { localPath } from '../../platform/localPath.js';
import { cancelled } from '../../platform/quickInput.js';

/** Makes the folder of the sample and offers to open it. Replaces nothing. */
export async function openSample(
  given: vscode.Uri | undefined,
  { isPerson }: Caller,
): Promise<MadeSample> {
  if (!given && !isPerson) {
    throw new AppError('invalidInput', vscode.l10n.t('No folder was given. Give its path.'));
  }
  const folder = given ? localPath(given) : await askFolder();
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new AppError('conflict', vscode.l10n.t('{0} is not empty. Choose another.', folder));
  }
  // Loaded for whoever wants it.
  const { sampleFiles } = await import('../../core/sample/sampleFiles.js');
  const files = sampleFiles();
  for (const { name, text } of files) await writeFile(join(folder, name), text, { flag: 'wx' });
  // Not awaited: the sample is there, whether or not anybody opens it.
  if (isPerson) void offer(vscode.Uri.file(folder));
  return { folder, files: files.map(({ name }) => join(folder, name)) };
}

/** A new folder in one that the person chooses. */
async function askFolder(): Promise<string> {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder for the Sample'),
      openLabel: vscode.l10n.t('Make the Sample Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: workspace ?? vscode.Uri.file(homedir()),
    })) ?? [];
  if (!parent) throw cancelled();
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'bedrock-sample' : `bedrock-sample-${number}`;
    const folder = join(localPath(parent), name);
    if (!(await isThere(folder))) return folder;
  }
}

async function offer(folder: vscode.Uri): Promise<void> {
  const readme = vscode.Uri.joinPath(folder, 'README.md');
  if (vscode.workspace.getWorkspaceFolder(folder)) {
    await vscode.commands.executeCommand('revealInExplorer', readme);
    await vscode.commands.executeCommand('markdown.showPreview', readme);
    return;
  }
  const here = vscode.l10n.t('Open Folder');
  const beside = vscode.l10n.t('Open in New Window');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('The sample is in {0}.', folder.fsPath),
    here,
    beside,
  );
  if (chosen === undefined) return;
  await vscode.commands.executeCommand('vscode.openFolder', folder, {
    forceNewWindow: chosen === beside,
  });
}
