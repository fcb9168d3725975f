import * as vscode from 'vscode';
import type { Connection, Profile } from '../../core/connection.js';
import { AppError } from '../../core/errors.js';
import { signInArguments } from './signInCommand.js';

/**
 * Runs the AWS CLI's sign-in for the profile in a terminal and waits for it to end: the SDK refreshes
 * tokens but never opens a browser. Resolves true where the CLI says it worked.
 */
export async function signIn(
  connection: Connection | undefined,
  profiles: readonly Profile[],
): Promise<boolean> {
  const command = signInArguments(connection, profiles);
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t('AWS Sign-In'),
    shellPath: process.platform === 'win32' ? 'aws.exe' : 'aws',
    shellArgs: command,
    isTransient: true,
  });
  terminal.show();
  const code = await exitCode(terminal);
  if (code === 0) return true;
  throw new AppError(
    'credentials',
    code === undefined
      ? vscode.l10n.t(
          'The AWS CLI could not be run. Install it, or run "aws {0}" yourself, then retry.',
          command.map(shown).join(' '),
        )
      : vscode.l10n.t('The sign-in did not complete. Try again.'),
    { action: 'signIn' },
  );
}

/** An argument as one types it. */
const shown = (argument: string) => (/\s/.test(argument) ? JSON.stringify(argument) : argument);

function exitCode(terminal: vscode.Terminal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const listener = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listener.dispose();
      resolve(closed.exitStatus?.code);
    });
  });
}
