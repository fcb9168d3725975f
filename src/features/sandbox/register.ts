import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.js';
import { DisposableStore } from '../../core/lifecycle.js';
import { registerCommands, runForPerson } from '../../platform/commands.js';
import { setContextKey } from '../../platform/contextKeys.js';
import type { Services } from '../../services.js';

/** Start, stop and open the folder of the bundled sandbox. */
export function registerSandbox(
  services: Pick<Services, 'sandbox' | 'session' | 'report'>,
): Disposable {
  const { sandbox, session, report } = services;
  const store = new DisposableStore();
  store.add(
    sandbox.onDidChange((info) => {
      setContextKey('bedrock.sandboxRunning', info !== undefined);
    }),
  );
  store.add(
    registerCommands(
      {
        'bedrock.sandbox.start': async ([options], { isPerson }) => {
          const { port, dataDir, speed } = options ?? {};
          const info = await sandbox.start({
            ...(port === undefined ? {} : { port }),
            ...(dataDir === undefined ? {} : { dataDir }),
            ...(speed === undefined ? {} : { speed }),
          });
          if (isPerson) await offerToUse(info.endpoint);
          return info;
        },
        'bedrock.sandbox.stop': async () => {
          await sandbox.stop();
        },
        'bedrock.sandbox.openFolder': async () => {
          const folder = vscode.Uri.file(sandbox.dataDir);
          await vscode.workspace.fs.createDirectory(folder);
          await vscode.commands.executeCommand('revealFileInOS', folder);
        },
      },
      report,
    ),
  );
  return store;

  async function offerToUse(endpoint: string): Promise<void> {
    if (session.current?.kind === 'sandbox') return;
    const use = vscode.l10n.t('Use It');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('The sandbox runs at {0}.', endpoint),
      use,
    );
    if (chosen === use) {
      await runForPerson('bedrock.connection.select', { sandbox: true });
    }
  }
}
