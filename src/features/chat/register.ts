import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import type { Services } from '../../services.js';
import { ChatProvider } from './chatProvider.js';

/** Also the vendor of `languageModelChatProviders` in package.json. */
const vendor = 'bedrock-workbench';

/** Offers the connection's models to VS Code's chat, once the person has turned that on. */
export function registerChat(
  services: Pick<Services, 'config' | 'session' | 'models' | 'log'>,
): Disposable {
  const { config, session, models } = services;
  const store = new DisposableStore();
  let active: DisposableStore | undefined;
  const update = () => {
    const isWanted = config.get('bedrock.chat.enabled');
    if (isWanted === (active !== undefined)) return;
    active?.dispose();
    active = undefined;
    if (!isWanted) return;
    active = new DisposableStore();
    const provider = active.add(new ChatProvider(services));
    active.add(vscode.lm.registerLanguageModelChatProvider(vendor, provider));
    const refresh = () => {
      provider.refresh();
    };
    active.add(session.onDidChange(refresh));
    active.add(models.onDidChange(refresh));
  };
  store.add(config.onDidChange(['bedrock.chat.enabled'], update));
  store.add({ dispose: () => active?.dispose() });
  update();
  return store;
}
