import * as vscode from 'vscode';
import { connectionLabel, endpointFor, type Connection } from '../../core/connection.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { setContextKey } from '../../platform/contextKeys.js';
import type { Services } from '../../services.js';

/** Shows which connection is in use; a click chooses another. */
export function createConnectionStatusBar(services: Pick<Services, 'session'>): Disposable {
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem('bedrock.connection', vscode.StatusBarAlignment.Left, 10),
  );
  item.name = vscode.l10n.t('Amazon Bedrock Connection');
  item.command = 'bedrock.connection.select';
  const render = (connection: Connection | undefined) => {
    setContextKey('bedrock.connected', connection !== undefined);
    setContextKey('bedrock.onSandbox', connection?.kind === 'sandbox');
    if (!connection) {
      item.hide();
      return;
    }
    const icon = connection.kind === 'sandbox' ? '$(beaker)' : '$(cloud)';
    item.text = `${icon} ${connectionLabel(connection)}`;
    item.tooltip = tooltip(connection);
    item.show();
  };
  store.add(services.session.onDidChange(render));
  render(services.session.current);
  return store;
}

function tooltip(connection: Connection): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(
    connection.kind === 'sandbox'
      ? vscode.l10n.t('Amazon Bedrock: the local sandbox, nothing is billed')
      : vscode.l10n.t('Amazon Bedrock: {0}', connectionLabel(connection)),
  );
  const endpoint = endpointFor(connection, 'bedrock');
  if (endpoint) text.appendText(`\n${vscode.l10n.t('Endpoint: {0}', endpoint)}`);
  return text;
}
