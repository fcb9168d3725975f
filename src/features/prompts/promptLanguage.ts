import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import type { PromptFile } from '../../core/promptFile/parsePromptFile.js';
import type { Services } from '../../services.js';
import { forPerson } from '../../platform/commands.js';
import type { ModelChoice } from '../../resources/models/modelChoice.js';
import { provideCompletions, provideHover } from './promptCompletion.js';
import { providePromptFixes } from './promptFixes.js';

/** Loaded with the first prompt file: the YAML reader is large. */
const reader = () => import('../../core/promptFile/parsePromptFile.js');

const selector: vscode.DocumentSelector = { pattern: '**/*.prompt.md' };

/**
 * Help for `*.prompt.md` files: findings with fixes, completion of keys and models, and Run above the
 * model.
 * @param help The page on prompt files, which findings lead to.
 */
export function registerPromptLanguage(
  models: ModelChoice,
  session: Services['session'],
  help: vscode.Uri,
): Disposable {
  const store = new DisposableStore();
  registerFindings(store, help);
  store.add(
    vscode.languages.registerCodeActionsProvider(
      selector,
      { provideCodeActions: providePromptFixes },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  const lensChanges = store.add(new vscode.EventEmitter<void>());
  store.add(
    session.onDidChange(() => {
      lensChanges.fire();
    }),
  );
  store.add(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lensChanges.event,
      provideCodeLenses: (document) => lensesOf(document, runTitle(session)),
    }),
  );
  store.add(
    vscode.languages.registerCompletionItemProvider(
      selector,
      { provideCompletionItems: (document, at) => provideCompletions(document, at, models) },
      ':',
      ' ',
      '{',
    ),
  );
  store.add(vscode.languages.registerHoverProvider(selector, { provideHover }));
  return store;
}

function registerFindings(store: DisposableStore, help: vscode.Uri): void {
  const findings = store.add(vscode.languages.createDiagnosticCollection('bedrock.prompt'));
  const check = (document: vscode.TextDocument) => {
    if (vscode.languages.match(selector, document) === 0) return;
    const { version } = document;
    void reader().then(({ parsePromptFile }) => {
      // A newer text is checked by its own change.
      if (document.version !== version || document.isClosed) return;
      findings.set(
        document.uri,
        diagnosticsOf(document, parsePromptFile(document.getText()), help),
      );
    });
  };
  store.add(vscode.workspace.onDidOpenTextDocument(check));
  store.add(
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      check(document);
    }),
  );
  store.add(
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      findings.delete(uri);
    }),
  );
  for (const document of vscode.workspace.textDocuments) check(document);
}

function diagnosticsOf(
  document: vscode.TextDocument,
  { problems }: PromptFile,
  help: vscode.Uri,
): vscode.Diagnostic[] {
  return problems.map(({ start, end, message, severity }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const { Error, Warning } = vscode.DiagnosticSeverity;
    const found = new vscode.Diagnostic(range, message, severity === 'error' ? Error : Warning);
    // VS Code has findings of its own for files of this name.
    found.source = 'Bedrock';
    found.code = { value: 'prompt-files', target: help };
    return found;
  });
}

/** Who pays is said before it is pressed. */
function runTitle({ current }: Services['session']): string {
  if (!current) return vscode.l10n.t('$(play) Run');
  return current.kind === 'sandbox'
    ? vscode.l10n.t('$(play) Run on Sandbox')
    : vscode.l10n.t('$(play) Run (AWS bills it)');
}

async function lensesOf(document: vscode.TextDocument, run: string): Promise<vscode.CodeLens[]> {
  const { parsePromptFile } = await reader();
  const { model } = parsePromptFile(document.getText());
  const at = document.positionAt(model?.start ?? 0);
  const lens = (title: string, command: string) =>
    new vscode.CodeLens(new vscode.Range(at, at), {
      title,
      command,
      arguments: forPerson(document.uri),
    });
  return [
    lens(run, 'bedrock.playground.runPrompt'),
    lens(
      vscode.l10n.t('$(comment-discussion) Open in Playground'),
      'bedrock.playground.openPrompt',
    ),
    lens(vscode.l10n.t('$(split-horizontal) Compare'), 'bedrock.playground.compare'),
    lens(vscode.l10n.t('$(run-all) Run over a Table…'), 'bedrock.batch.runOverTable'),
  ];
}
