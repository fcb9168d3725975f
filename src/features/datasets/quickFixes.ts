import * as vscode from 'vscode';
import { stepOf } from '../../core/batch/steps.js';
import type { InvocationType } from '../../core/batch/types.js';
import type { Disposable } from '../../core/lifecycle.js';
import { forPerson, type CommandId } from '../../platform/commands.js';
import type { Datasets } from '../../resources/datasets/datasets.js';
import type { ShownFinding } from '../../resources/datasets/problems.js';

const selector: vscode.DocumentSelector = {
  scheme: 'file',
  pattern: '**/*.{jsonl,ndjson,json,csv,tsv}',
};

/** Offers what a finding of a dataset names as a quick fix beside it. */
export function registerQuickFixes(
  datasets: Pick<Datasets, 'findingsAt' | 'describe'>,
): Disposable {
  return vscode.languages.registerCodeActionsProvider(
    selector,
    {
      provideCodeActions: async (document, range) => {
        const found = datasets.findingsAt(document.uri, range);
        const { invocationType } = found.some(({ code }) => stepOf(code) === 'otherType')
          ? await datasets.describe(document.uri)
          : {};
        return found.flatMap((finding) => actionOf(document.uri, finding, invocationType) ?? []);
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

/** What the records themselves say they are written for is what another finding says to choose. */
function actionOf(
  uri: vscode.Uri,
  { code, diagnostic }: ShownFinding,
  invocationType: InvocationType | undefined,
): vscode.CodeAction | undefined {
  const line = diagnostic.range.start.line + 1;
  switch (stepOf(code)) {
    case 'convert':
      return action(vscode.l10n.t('Convert to Batch Dataset…'), diagnostic, {
        id: 'bedrock.batch.convert',
        args: [uri],
      });
    case 'playground':
      return action(vscode.l10n.t('Open Record in Playground'), diagnostic, {
        id: 'bedrock.batch.tryRecord',
        args: [uri, line],
      });
    case 'otherType':
      if (!invocationType) return undefined;
      return action(vscode.l10n.t('Submit as {0}…', invocationType), diagnostic, {
        id: 'bedrock.batch.submit',
        args: [uri, { invocationType }],
      });
    case undefined:
      return undefined;
  }
}

function action(
  title: string,
  diagnostic: vscode.Diagnostic,
  { id, args }: { readonly id: CommandId; readonly args: readonly unknown[] },
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.isPreferred = true;
  made.command = { title, command: id, arguments: forPerson(...args) };
  return made;
}
