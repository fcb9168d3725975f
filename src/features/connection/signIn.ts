import * as vscode from 'vscode';
import type { Connection, Profile } from '../../core/connection.js';
import { AppError } from '../../core/errors.js';

/**
 * Runs the AWS CLI's sign-in for the profile in a terminal and waits for it to end: the SDK refreshes
 * tokens but never opens a browser. Resolves true where the CLI says it worked.
 */
export async function signIn(
  connection: Connection | undefined,
  profiles: readonly Profile[],
): Promise<boolean> {
  if (connection?.kind !== 'profile') {
    throw new AppError(
      'credentials',
      vscode.l10n.t(
        'This connection has no sign-in. Renew its keys, or choose another connection.',
      ),
      { action: 'pickConnection' },
    );
  }
  const kind = profiles.find((profile) => profile.name === connection.profile)?.kind;
  const command = kind === 'login' ? ['login'] : ['sso', 'login'];
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t('AWS Sign-In'),
    shellPath: process.platform === 'win32' ? 'aws.exe' : 'aws',
    shellArgs: [...command, '--profile', connection.profile],
    isTransient: true,
  });
  terminal.show();
  const code = await exitCode(terminal);
  if (code === 0) return true;
  throw new AppError(
    'credentials',
    code === undefined
      ? vscode.l10n.t(
          'The AWS CLI could not be run. Install it, or run "aws {0} --profile {1}" yourself, then retry.',
          command.join(' '),
          connection.profile,
        )
      : vscode.l10n.t('The sign-in did not complete. Try again.'),
    { action: 'signIn' },
  );
}

function exitCode(terminal: vscode.Terminal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const listener = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      listener.dispose();
      resolve(closed.exitStatus?.code);
    });
  });
}
