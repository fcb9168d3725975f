import * as vscode from 'vscode';
import type { DatasetCheck, Problem, ProblemCode } from '../../core/batch/types.js';
import type { Disposable } from '../../core/lifecycle.js';
import { formatCount } from '../../core/format.js';

/** A finding as it is shown. */
export interface ShownFinding {
  readonly code: ProblemCode;
  readonly diagnostic: vscode.Diagnostic;
}

/** Shows a check's findings in the Problems view, until the file changes or is checked again. */
export class DatasetProblems implements Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('bedrock');
  private readonly shown = new Map<string, readonly ShownFinding[]>();
  private readonly listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    this.collection.delete(document.uri);
    this.shown.delete(document.uri.toString());
  });

  set(uri: vscode.Uri, check: DatasetCheck): void {
    const shown = check.problems.map((found) => ({
      code: found.code,
      diagnostic: toDiagnostic(found),
    }));
    this.shown.set(uri.toString(), shown);
    const diagnostics = shown.map(({ diagnostic }) => diagnostic);
    const hidden = check.problemCount - check.problems.length;
    if (hidden > 0) {
      diagnostics.push(
        new vscode.Diagnostic(
          new vscode.Range(0, 0, 0, 0),
          hidden === 1
            ? vscode.l10n.t('1 more problem is not listed.')
            : vscode.l10n.t('{0} more problems are not listed.', formatCount(hidden)),
          vscode.DiagnosticSeverity.Information,
        ),
      );
    }
    this.collection.set(uri, diagnostics);
  }

  /** The findings of a file that touch a range of it. */
  at(uri: vscode.Uri, range: vscode.Range): readonly ShownFinding[] {
    const shown = this.shown.get(uri.toString()) ?? [];
    return shown.filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined);
  }

  /** Opens the file at its first problem and the Problems view beside it. */
  async show(uri: vscode.Uri, check: DatasetCheck): Promise<void> {
    this.set(uri, check);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    const first = check.problems.find((found) => found.severity === 'error') ?? check.problems[0];
    if (!first) return;
    const at = new vscode.Position(Math.max(0, first.line - 1), 0);
    try {
      await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
    } catch {
      // VS Code does not open very large or binary files as text; the Problems view lists the lines.
    }
  }

  dispose(): void {
    this.listener.dispose();
    this.collection.dispose();
  }
}

function toDiagnostic(found: Problem): vscode.Diagnostic {
  const line = Math.max(0, found.line - 1);
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line, 0, line, found.line === 0 ? 0 : Number.MAX_SAFE_INTEGER),
    found.message,
    found.severity === 'error'
      ? vscode.DiagnosticSeverity.Error
      : vscode.DiagnosticSeverity.Warning,
  );
  diagnostic.source = 'Bedrock';
  diagnostic.code = found.rule ?? found.code;
  return diagnostic;
}
