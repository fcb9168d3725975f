import * as vscode from 'vscode';
import type { ContextKeys } from './contextKeyNames.js';

const current = new Map<string, unknown>();

/** Sets a context key; VS Code is told only of a change. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  if (current.get(key) === value) return;
  current.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
