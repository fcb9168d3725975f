import * as vscode from 'vscode';
import { pickWorkspaceFile } from '../../platform/pickFile.js';

/** Without dots. */
export const tableExtensions = ['csv', 'tsv', 'json', 'jsonl', 'ndjson'];

/** Asks for a table. */
export function pickTable(columns: readonly string[] = []): Promise<vscode.Uri> {
  return pickWorkspaceFile({
    title: vscode.l10n.t('Choose a Table'),
    placeholder:
      columns.length > 0
        ? vscode.l10n.t('A file with the columns {0}', columns.join(', '))
        : vscode.l10n.t('A CSV, TSV, JSON or JSONL file with a row for each record'),
    kind: vscode.l10n.t('Tables'),
    extensions: tableExtensions,
  });
}
