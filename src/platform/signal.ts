import type { CancellationToken } from 'vscode';

/** An AbortSignal that follows a VS Code token: the only place where the two meet. */
export function signalFrom(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else
    token.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}
