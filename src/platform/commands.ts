import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.js';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';
import type { CommandId } from './commandIds.js';
import type { ErrorReporter } from './notify.js';

/** A command's work. What it returns is what `executeCommand` gives a caller. */
export type CommandHandler = (...args: unknown[]) => Promise<unknown>;

/**
 * Registers a feature's commands with one wrapper: an error rejects the promise of a caller who passed
 * arguments, and is shown to a person who clicked or typed. A cancelled command is silent.
 */
export function registerCommands(
  handlers: Partial<Record<CommandId, CommandHandler>>,
  report: ErrorReporter,
): Disposable {
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers)) {
    const invoke = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await handler(...args);
      } catch (cause) {
        const error = cause instanceof z.core.$ZodError ? wrongArguments(id, cause) : cause;
        if (!isByHand(args)) throw error;
        report(error, { retry: () => void invoke(...args) });
        return undefined;
      }
    };
    store.add(vscode.commands.registerCommand(id, invoke));
  }
  return store;
}

/** A schema's findings in a sentence that names the argument. */
function wrongArguments(id: string, error: z.core.$ZodError): AppError {
  const issue = error.issues[0];
  const name = issue?.path.map(String).join('.') ?? '';
  const wanted = issue?.code === 'invalid_type' ? issue.expected : undefined;
  const message =
    name === ''
      ? vscode.l10n.t('{0} was given arguments of the wrong form. See its documentation.', id)
      : wanted
        ? vscode.l10n.t('{0}: the argument "{1}" must be of type {2}. Change it.', id, name, wanted)
        : vscode.l10n.t('{0}: the argument "{1}" has a wrong value. Change it.', id, name);
  return new AppError('invalidInput', message, { cause: error });
}

/** Runs one of our commands. */
export function run<T = unknown>(id: CommandId, ...args: unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(id, ...args);
}

/**
 * True where a person started the command. Menus add arguments of their own: the Explorer a uri and the
 * list of selected uris, an editor title a uri and its group, a tree its node.
 */
export function isByHand(args: readonly unknown[]): boolean {
  const [first, second] = args;
  if (first === undefined) return true;
  if (Array.isArray(second)) return true;
  if (isTreeNode(first)) return true;
  return first instanceof vscode.Uri && isRecord(second) && 'groupId' in second;
}

/**
 * A file a command was given: a Uri, a Uri that came as JSON (key binding, another extension host), a
 * path or a `file:` address. A relative path is below the first workspace folder.
 */
export function toUri(value: unknown): vscode.Uri | undefined {
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

/** Tree nodes are plain data with a `kind`. */
export function isTreeNode(value: unknown): value is { readonly kind: string } {
  return isRecord(value) && typeof value['kind'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
