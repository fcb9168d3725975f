import * as vscode from 'vscode';
import { connectionLabel, endpointFor, type Connection } from '../../core/connection.js';
import { isOfConnection, type AppError } from '../../core/errors.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { plainMarkdown } from '../../core/markdown.js';
import { setContextKey } from '../../platform/contextKeys.js';
import type { Services } from '../../services.js';

type Needs = Pick<Services, 'session' | 'models' | 'tracker'>;

/** Shows which connection is in use, and what is wrong with it; a click chooses another or signs in. */
export function createConnectionStatusBar(services: Needs): Disposable {
  const { session, models, tracker } = services;
  const store = new DisposableStore();
  const item = store.add(
    vscode.window.createStatusBarItem('bedrock.connection', vscode.StatusBarAlignment.Left, 10),
  );
  item.name = vscode.l10n.t('Amazon Bedrock Connection');
  const render = () => {
    const connection = session.current;
    setContextKey('bedrock.connected', connection !== undefined);
    setContextKey('bedrock.onSandbox', connection?.kind === 'sandbox');
    if (!connection) {
      item.hide();
      return;
    }
    const problem = problemOf(services, connection);
    const icon = connection.kind === 'sandbox' ? '$(beaker)' : '$(cloud)';
    item.text = `${problem ? '$(warning)' : icon} ${connectionLabel(connection)}`;
    item.backgroundColor = problem && new vscode.ThemeColor('statusBarItem.warningBackground');
    item.command =
      problem?.action === 'signIn' ? 'bedrock.connection.signIn' : 'bedrock.connection.select';
    item.tooltip = tooltip(connection, problem);
    item.show();
  };
  store.add(session.onDidChange(render));
  store.add(models.onDidChange(render));
  store.add(tracker.onDidChange(render));
  render();
  return store;
}

/** Why the last look at the connection failed, where all calls over it would. */
function problemOf({ models, tracker }: Needs, connection: Connection): AppError | undefined {
  const errors = [
    models.known(connection)?.catalogue.errors.models,
    tracker.snapshot(connection).error,
  ];
  return errors.find((error) => error !== undefined && isOfConnection(error));
}

function tooltip(connection: Connection, problem: AppError | undefined): vscode.MarkdownString {
  const lines = [
    connection.kind === 'sandbox'
      ? vscode.l10n.t('Amazon Bedrock: the local sandbox, nothing is billed')
      : vscode.l10n.t('Amazon Bedrock: {0}', connectionLabel(connection)),
  ];
  const endpoint = endpointFor(connection, 'bedrock');
  if (endpoint) lines.push(vscode.l10n.t('Endpoint: {0}', endpoint));
  if (problem) lines.push(problem.message);
  return new vscode.MarkdownString(lines.map(plainMarkdown).join('\n\n'));
}
