import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.js';

/** A schema around a function that reads an argument of several forms; its errors are the person's. */
const readBy = <Given, Read>(read: (given: unknown) => Read): z.ZodMiniType<Read, Given> =>
  z.pipe(z.unknown(), z.transform(read)) as z.ZodMiniType<Read, Given>;

/** A file's address as callers have it: a Uri, one that went through JSON, a path or a `file:` address. */
export type FileAddress = vscode.Uri | string | { readonly scheme: string; readonly path: string };

/** A file by its address; a relative path is below the first workspace folder. Undefined for what is none. */
function toUri(value: unknown): vscode.Uri | undefined {
  if (value instanceof vscode.Uri) return value;
  if (isRecord(value) && typeof value['scheme'] === 'string' && typeof value['path'] === 'string') {
    const { scheme, path } = value as { scheme: string; path: string };
    return vscode.Uri.from({ scheme, path });
  }
  if (typeof value !== 'string' || value === '') return undefined;
  if (value.startsWith('file:')) return vscode.Uri.parse(value);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const isAbsolute = /^([/\\]|[a-zA-Z]:[/\\])/.test(value);
  return isAbsolute || !folder ? vscode.Uri.file(value) : vscode.Uri.joinPath(folder, value);
}

export const fileAddress = readBy<FileAddress, vscode.Uri>((value) => {
  const uri = toUri(value);
  if (uri) return uri;
  throw new AppError('invalidInput', vscode.l10n.t('Give a file: a path, or its address.'));
});

/** A file, or else options of that form. */
export const fileOr = <Schema extends z.ZodMiniType>(options: Schema) =>
  readBy<FileAddress | z.input<Schema>, vscode.Uri | z.output<Schema>>(
    (value) => toUri(value) ?? z.parse(options, value),
  );

/** A model as callers and the nodes of the Models view name it. */
export type ModelReference =
  | string
  | { readonly modelId: string }
  | { readonly kind: 'own'; readonly own: { readonly arn: string } };

/** A model's id, profile id or ARN. */
export const modelReference = readBy<ModelReference, string>((value) => {
  if (typeof value === 'string' && value !== '') return value;
  if (isRecord(value)) {
    if (typeof value['modelId'] === 'string') return value['modelId'];
    const own = value['kind'] === 'own' ? value['own'] : undefined;
    if (isRecord(own) && typeof own['arn'] === 'string') return own['arn'];
  }
  throw new AppError('invalidInput', vscode.l10n.t('Name a model: an id, a profile id or an ARN.'));
});

/** A run by its id or a job by its ARN. */
export type JobReference = { readonly runId: string } | { readonly jobArn: string };

/** A run or a job: its id, its ARN, or a node of the Jobs view. */
export const jobReference = readBy<
  string | Partial<Record<'runId' | 'jobArn', string>>,
  JobReference
>((value) => {
  if (typeof value === 'string' && value !== '') {
    return value.startsWith('arn:') ? { jobArn: value } : { runId: value };
  }
  if (isRecord(value)) {
    const { jobArn, runId } = value;
    if (typeof jobArn === 'string' && jobArn !== '') return { jobArn };
    if (typeof runId === 'string' && runId !== '') return { runId };
  }
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Name a run by its id or a job by its ARN, or choose it in the Jobs view.'),
  );
});

/** A run's id, given as it is or by a node of the Jobs view. */
export const runId = readBy<string | { readonly runId: string }, string>((value) => {
  const id = isRecord(value) ? value['runId'] : value;
  if (typeof id === 'string' && id !== '') return id;
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Name a run by its id, or choose it in the Jobs view.'),
  );
});

/** Where results are: the id of a run or a path on disk. */
export const resultsSource = readBy<FileAddress | { readonly runId: string }, string>((value) => {
  if (isRecord(value) && typeof value['runId'] === 'string') return value['runId'];
  if (typeof value === 'string' && value !== '' && !value.startsWith('file:')) return value;
  const uri = toUri(value);
  if (uri) return uri.fsPath;
  throw new AppError(
    'invalidInput',
    vscode.l10n.t('Give a folder, a .jsonl.out file or a run id.'),
  );
});

/** The nodes that VS Code has been given by our trees, and gives back to the commands of their menus. */
const treeNodes = new WeakSet<object>();

/** Notes a node of a tree, so that a command knows where it comes from. */
export function noteTreeNode(node: object): void {
  treeNodes.add(node);
}

export function isTreeNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && treeNodes.has(value);
}

/** An argument of scripts; a node of the view, from whose menu a person chose the command, is none. */
export const unlessNode = <Schema extends z.ZodMiniType>(schema: Schema) =>
  readBy<z.input<Schema> | undefined, z.output<Schema> | undefined>((value) =>
    value === undefined || isTreeNode(value) ? undefined : z.parse(schema, value),
  );

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
