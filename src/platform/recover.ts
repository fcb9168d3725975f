import * as vscode from 'vscode';
import type { ErrorAction } from '../core/errors.js';
import { run, runForPerson } from './commands.js';
import type { OutputLog } from './outputLog.js';

/** What the buttons say that lead on from an error. */
export function actionLabels(): Readonly<Record<ErrorAction, string>> {
  return {
    signIn: vscode.l10n.t('Sign In'),
    pickConnection: vscode.l10n.t('Choose Connection'),
    openModelAccess: vscode.l10n.t('Open Model Access'),
    setApiKey: vscode.l10n.t('Set API Key'),
    startSandbox: vscode.l10n.t('Start Sandbox'),
    retry: vscode.l10n.t('Retry'),
    showLog: vscode.l10n.t('Show Log'),
  };
}

/** Does what an error proposes; true where what failed may be tried again. */
export async function recover(action: ErrorAction, log: OutputLog): Promise<boolean> {
  switch (action) {
    case 'signIn':
      return (await runForPerson('bedrock.connection.signIn')) === true;
    case 'pickConnection':
      return (await runForPerson('bedrock.connection.select')) !== undefined;
    case 'setApiKey':
      await run('bedrock.connection.setApiKey');
      return true;
    case 'startSandbox':
      await run('bedrock.sandbox.start', {});
      return true;
    case 'openModelAccess':
      await vscode.env.openExternal(
        vscode.Uri.parse('https://console.aws.amazon.com/bedrock/home#/model-catalog'),
      );
      return false;
    case 'retry':
      return true;
    case 'showLog':
      log.show();
      return false;
  }
}
