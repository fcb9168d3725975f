import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';

/** Shows texts in editors that cannot be changed and ask for no saving. */
export class ReadOnlyTexts implements Disposable {
  private readonly store = new DisposableStore();
  private readonly texts = new Map<string, string>();

  /** @param scheme Names the texts of this feature; no other may have it. */
  constructor(private readonly scheme: string) {
    this.store.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? '',
      }),
    );
    this.store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.texts.delete(uri.path);
      }),
    );
  }

  /** Opens a text; the extension of its name says what language it is. */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: this.scheme, path: `/${name}` });
    this.texts.set(uri.path, text);
    await vscode.window.showTextDocument(uri, { preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.store.dispose();
  }
}
