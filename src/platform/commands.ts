import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.js';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';
import type { CommandId } from './commandIds.js';
import type { ErrorReporter } from './notify.js';

/** Who started a command: a person is shown what went wrong and may be asked; a script is neither. */
export interface Caller {
  readonly isPerson: boolean;
}

/** A command's work on its own arguments. What it returns is what `executeCommand` gives a caller. */
export type CommandHandler = (args: readonly unknown[], caller: Caller) => Promise<unknown>;

/**
 * Registers a feature's commands with one wrapper: an error is shown to a person and rejects the promise
 * of a script. A cancelled command is silent.
 */
export function registerCommands(
  handlers: Partial<Record<CommandId, CommandHandler>>,
  report: ErrorReporter,
): Disposable {
  const store = new DisposableStore();
  for (const [id, handler] of Object.entries(handlers)) {
    const invoke = async (...raw: unknown[]): Promise<unknown> => {
      const { args, isPerson } = readCall(raw);
      try {
        return await handler(args, { isPerson });
      } catch (cause) {
        const error = cause instanceof z.core.$ZodError ? wrongArguments(id, cause) : cause;
        if (!isPerson) throw error;
        report(error, { retry: () => void invoke(...raw) });
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

/** Runs one of our commands as a script does: what goes wrong rejects the promise. */
export function run<T = unknown>(id: CommandId, ...args: unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(id, ...args);
}

/** Runs one of our commands for a person who pressed a button of ours: what goes wrong is shown. */
export function runForPerson<T = unknown>(
  id: CommandId,
  ...args: unknown[]
): Thenable<T | undefined> {
  return vscode.commands.executeCommand<T | undefined>(id, ...forPerson(...args));
}

/**
 * The arguments of a command that a person starts from something of ours: a button in a message, a code
 * lens, a link in a welcome view (there as JSON: `?{"forPerson":[…]}`).
 */
export function forPerson(
  ...args: readonly unknown[]
): [{ readonly forPerson: readonly unknown[] }] {
  return [{ forPerson: args }];
}

/** The nodes that VS Code has been given by our trees, and gives back to the commands of their menus. */
const treeNodes = new WeakSet<object>();

/** Notes a node of a tree, so that a command knows where it comes from. */
export function noteTreeNode(node: object): void {
  treeNodes.add(node);
}

/**
 * A command's own arguments, and whether a person started it: without arguments (palette, key), from a
 * button of ours (`forPerson`), or from one of VS Code's menus, which add something of their own: a tree
 * its node and the selected ones, the Explorer the selected files, an editor its group. Everything else
 * is a script.
 */
function readCall(raw: readonly unknown[]): Caller & { readonly args: readonly unknown[] } {
  const [first, second] = raw;
  if (isRecord(first) && Array.isArray(first['forPerson'])) {
    return { args: first['forPerson'], isPerson: true };
  }
  if (raw.every((value) => value === undefined)) return { args: [], isPerson: true };
  if (typeof first === 'object' && first !== null && treeNodes.has(first)) {
    return { args: Array.isArray(second) ? [first, second] : [first], isPerson: true };
  }
  const isFromExplorer = Array.isArray(second) && second.every((uri) => uri instanceof vscode.Uri);
  const isFromEditor = isRecord(second) && 'groupId' in second;
  if (first instanceof vscode.Uri && (isFromExplorer || isFromEditor)) {
    return { args: [first], isPerson: true };
  }
  return { args: raw, isPerson: false };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
