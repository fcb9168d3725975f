import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/lifecycle.js';

/** A text to read in an editor. */
export interface ReadOnlyText {
  /** The tab's name; its ending says the language. */
  readonly name: string;
  /** Tells it from others of the same name. */
  readonly id: string;
  readonly text: string;
}

/**
 * Editors that nobody can type in and that ask nothing when they are closed. The text is held as long
 * as its document is open:
 * https://code.visualstudio.com/api/extension-guides/virtual-documents
 */
export class ReadOnlyDocuments implements Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly store = new DisposableStore();

  constructor(private readonly scheme: string) {
    this.store.add(this.changed);
    this.store.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.texts.get(uri.toString()),
      }),
    );
    this.store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.texts.delete(uri.toString());
      }),
    );
  }

  /**
   * Opens the text, or goes to it where it is open already. A glance is an editor that the next one takes
   * the place of, and leaves the focus where it is.
   */
  async show({ name, id, text }: ReadOnlyText, isGlance = false): Promise<void> {
    const path = `/${name.replace(/[/\\\p{Cc}]/gu, '_')}`;
    const uri = vscode.Uri.from({ scheme: this.scheme, path, query: id });
    const key = uri.toString();
    const isNew = this.texts.get(key) !== text;
    this.texts.set(key, text);
    if (isNew) this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      preview: isGlance,
      preserveFocus: isGlance,
    });
  }

  dispose(): void {
    this.store.dispose();
  }
}
