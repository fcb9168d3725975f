import * as vscode from 'vscode';
import { causeChain, isCancelled, toAppError, type ErrorAction } from '../core/errors.js';
import type { OutputLog } from './outputLog.js';

export interface ReportOptions {
  /** Does the failed thing again; offered after a sign-in and where trying again makes sense. */
  readonly retry?: () => void;
}

/** Shows an error to the person with the button that leads on, and logs its causes. */
export type ErrorReporter = (error: unknown, options?: ReportOptions) => void;

/** The one place where errors become messages. A cancelled action is silent. */
export function createErrorReporter(log: OutputLog): ErrorReporter {
  return (error, options = {}) => {
    if (isCancelled(error)) return;
    const failure = toAppError(error);
    log.error(causeChain(failure), { kind: failure.kind, ...failure.details });
    void show(failure.message, failure.action, options, log);
  };
}

async function show(
  message: string,
  action: ErrorAction | undefined,
  options: ReportOptions,
  log: OutputLog,
): Promise<void> {
  const retryLabel = vscode.l10n.t('Retry');
  const logLabel = vscode.l10n.t('Show Log');
  const label = action ? actionLabel(action) : undefined;
  const buttons = [
    ...(label ? [label] : []),
    ...(options.retry && (action === 'retry' || action === 'signIn') && label !== retryLabel
      ? [retryLabel]
      : []),
    logLabel,
  ];
  const chosen = await vscode.window.showErrorMessage(message, ...new Set(buttons));
  if (chosen === undefined) return;
  if (chosen === logLabel) log.show();
  else if (chosen === retryLabel) options.retry?.();
  else if (action) await act(action, options);
}

function actionLabel(action: ErrorAction): string | undefined {
  switch (action) {
    case 'signIn':
      return vscode.l10n.t('Sign In');
    case 'pickConnection':
      return vscode.l10n.t('Choose Connection');
    case 'openModelAccess':
      return vscode.l10n.t('Open Model Access');
    case 'setApiKey':
      return vscode.l10n.t('Set API Key');
    case 'startSandbox':
      return vscode.l10n.t('Start Sandbox');
    case 'retry':
      return vscode.l10n.t('Retry');
    case 'showLog':
      return undefined;
  }
}

async function act(action: ErrorAction, options: ReportOptions): Promise<void> {
  switch (action) {
    case 'signIn':
      if (await vscode.commands.executeCommand<boolean>('bedrock.connection.signIn')) {
        options.retry?.();
      }
      return;
    case 'pickConnection':
      await vscode.commands.executeCommand('bedrock.connection.select');
      return;
    case 'setApiKey':
      await vscode.commands.executeCommand('bedrock.connection.setApiKey');
      return;
    case 'startSandbox':
      await vscode.commands.executeCommand('bedrock.sandbox.start', {});
      options.retry?.();
      return;
    case 'openModelAccess':
      await vscode.env.openExternal(
        vscode.Uri.parse('https://console.aws.amazon.com/bedrock/home#/model-catalog'),
      );
      return;
    case 'retry':
    case 'showLog':
      return;
  }
}
