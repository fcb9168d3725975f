import * as vscode from 'vscode';
import { causeChain, isCancelled, toAppError, type AppError } from '../core/errors.js';
import type { OutputLog } from './outputLog.js';
import { actionLabels, recover } from './recover.js';

export interface ReportOptions {
  /** Does the failed thing again; offered after a sign-in and where trying again makes sense. */
  readonly retry?: () => void;
}

/** Shows an error to the person with the button that leads on, and logs its causes. */
export type ErrorReporter = (error: unknown, options?: ReportOptions) => void;

/** The one place where errors become messages. A cancelled action is silent. */
export function createErrorReporter(log: OutputLog): ErrorReporter {
  const report: ErrorReporter = (error, options = {}) => {
    if (isCancelled(error)) return;
    const failure = toAppError(error);
    log.error(causeChain(failure), { kind: failure.kind, ...failure.details });
    // What an error's own button meets is told as well.
    show(failure, options, log).catch(report);
  };
  return report;
}

async function show(
  { message, action }: AppError,
  { retry }: ReportOptions,
  log: OutputLog,
): Promise<void> {
  const labels = actionLabels();
  const isRetryUseful = retry !== undefined && (action === 'retry' || action === 'signIn');
  const buttons = [
    ...(action && action !== 'showLog' ? [labels[action]] : []),
    ...(isRetryUseful ? [labels.retry] : []),
    labels.showLog,
  ];
  const chosen = await vscode.window.showErrorMessage(message, ...new Set(buttons));
  if (chosen === undefined) return;
  if (chosen === labels.showLog) log.show();
  else if (chosen === labels.retry) retry?.();
  else if (action && (await recover(action, log))) retry?.();
}
