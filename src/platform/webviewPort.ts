import type * as vscode from 'vscode';
import type { Port } from '../rpc/contract.js';

/** A webview as an RPC port. Posting to a disposed webview does nothing, as VS Code has it. */
export function webviewPort(webview: vscode.Webview): Port {
  return {
    post: (message) => {
      // Rejects only when the webview is disposed meanwhile: then nobody waits for the message.
      webview.postMessage(message).then(undefined, () => undefined);
    },
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
