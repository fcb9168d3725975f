import * as vscode from 'vscode';
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
      } catch (error) {
        if (!isByHand(args)) throw error;
        report(error, { retry: () => void invoke(...args) });
        return undefined;
      }
    };
    store.add(vscode.commands.registerCommand(id, invoke));
  }
  return store;
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

/** Tree nodes are plain data with a `kind`. */
export function isTreeNode(value: unknown): value is { readonly kind: string } {
  return isRecord(value) && typeof value['kind'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
