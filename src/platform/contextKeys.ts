import * as vscode from 'vscode';

/** The context keys our `when` clauses use. */
export interface ContextKeys {
  'bedrock.connected': boolean;
  'bedrock.sandboxRunning': boolean;
  'bedrock.hasJobs': boolean;
}

const current = new Map<string, unknown>();

/** Sets a context key; VS Code is told only of a change. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  if (current.get(key) === value) return;
  current.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}

/** For the check against package.json. */
export const contextKeyNames: readonly (keyof ContextKeys)[] = [
  'bedrock.connected',
  'bedrock.sandboxRunning',
  'bedrock.hasJobs',
];
