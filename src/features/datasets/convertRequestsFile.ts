import * as vscode from 'vscode';
import type { Converted } from '../../platform/commandTable.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { localPath } from '../../platform/localPath.js';
import { freeOutput, outputFor } from '../../resources/datasets/outputFile.js';

export interface RequestsFile {
  readonly uri: vscode.Uri;
  /** True for one JSON array; otherwise each line is a request. */
  readonly isArray: boolean;
  readonly output: vscode.Uri | undefined;
  /** True where a person is there: they are told what is left out. */
  readonly isAsking: boolean;
}

/** Records of requests that need no prompt: Bedrock's in an array, OpenAI's, Anthropic's. */
export async function convertRequestsFile(file: RequestsFile): Promise<Converted> {
  const { uri, isArray, isAsking } = file;
  const path = localPath(uri);
  const fallback = isAsking ? (await freeOutput(uri)).uri : outputFor(uri);
  const output = (file.output ?? fallback).fsPath;
  const { convertRequests } = await import('../../io/dataset/convertRequests.js');
  const title = vscode.l10n.t('Making records of {0}', vscode.workspace.asRelativePath(uri));
  const { records, invocationType, dropped } = await withFileProgress(title, path, ({ signal }) =>
    convertRequests({ path, isArray, output, isReplacing: false, signal }),
  );
  if (isAsking && dropped.length > 0) tell(vscode.workspace.asRelativePath(output), dropped);
  return { output, records, leftOut: 0, ...(invocationType && { invocationType }) };
}

function tell(output: string, dropped: readonly string[]): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Left out of the records in {0}, for Bedrock has no such settings: {1}.',
      output,
      dropped.join(', '),
    ),
  );
}
