import * as vscode from 'vscode';
import { cancelled, pick, separator, type Choice } from './quickInput.js';

export interface FilePickOptions {
  readonly title: string;
  readonly placeholder: string;
  /** What the files are called in the system's dialog. */
  readonly kind: string;
  /** Without dots. */
  readonly extensions: readonly string[];
  /** Offers to make a file of that name. */
  readonly newName?: string;
}

type Place = vscode.Uri | 'browse' | 'new';

/** Asks for a file: those open in the editor first, then those of the workspace, then any other. */
export async function pickWorkspaceFile(options: FilePickOptions): Promise<vscode.Uri> {
  const { title, placeholder, extensions, newName } = options;
  const isFit = ({ path }: vscode.Uri) => extensions.some((each) => path.endsWith(`.${each}`));
  const open = openFiles().filter(isFit);
  const known = new Set(open.map(String));
  const found = await findFiles(`**/*.{${extensions.join(',')}}`, 200);
  const others = found.filter((uri) => !known.has(uri.toString()));
  const toItem = (uri: vscode.Uri): Choice<Place> => ({
    label: vscode.workspace.asRelativePath(uri),
    value: uri,
  });
  const more: Choice<Place>[] = [
    ...(newName === undefined
      ? []
      : [{ label: vscode.l10n.t('$(new-file) New file…'), value: 'new' as const }]),
    { label: vscode.l10n.t('$(folder-opened) Another file…'), value: 'browse' },
  ];
  if (open.length + others.length === 0 && newName === undefined) return browse(options);
  const chosen = await pick<Place>({
    title,
    placeholder,
    items: [
      ...(open.length > 0 ? [separator(vscode.l10n.t('open'))] : []),
      ...open.map(toItem),
      ...(others.length > 0 ? [separator(vscode.l10n.t('workspace'))] : []),
      ...others.map(toItem).sort((a, b) => a.label.localeCompare(b.label)),
      separator(''),
      ...more,
    ],
  });
  if (chosen === 'browse') return browse(options);
  return chosen === 'new' ? askNew(options) : chosen;
}

/** Files of the workspace; none where its search fails or is not there: a file can still be named. */
export async function findFiles(pattern: string, most: number): Promise<vscode.Uri[]> {
  try {
    return await vscode.workspace.findFiles(pattern, '**/node_modules/**', most);
  } catch {
    return [];
  }
}

/** The files in tabs, that in front first. */
function openFiles(): vscode.Uri[] {
  const groups = vscode.window.tabGroups.all;
  const tabs = groups.flatMap((group) => group.tabs);
  const ordered = [...tabs.filter((tab) => tab.isActive), ...tabs];
  const uris = ordered.flatMap(({ input }) =>
    input instanceof vscode.TabInputText && input.uri.scheme === 'file' ? [input.uri] : [],
  );
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

async function browse({ title, kind, extensions }: FilePickOptions): Promise<vscode.Uri> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title,
      filters: { [kind]: [...extensions] },
      openLabel: vscode.l10n.t('Choose'),
    })) ?? [];
  if (!uri) throw cancelled();
  return uri;
}

async function askNew({ title, kind, extensions, newName }: FilePickOptions): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title,
    filters: { [kind]: [...extensions] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, newName ?? '') }),
  });
  if (!uri) throw cancelled();
  return uri;
}
