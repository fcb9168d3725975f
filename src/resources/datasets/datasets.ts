import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { DatasetCheck, InvocationType } from '../../core/batch/types.js';
import type { Disposable } from '../../core/lifecycle.js';
import type { DatasetKind } from '../../io/dataset/datasetHead.js';
import type { Config } from '../../platform/config.js';
import { withFileProgress } from '../../platform/fileProgress.js';
import { localPath } from '../../platform/localPath.js';
import { pickWorkspaceFile } from '../../platform/pickFile.js';
import { tableExtensions } from './pickTable.js';
import { DatasetProblems, type ShownFinding } from './problems.js';

/** What the records are meant for; without it only what is certain is checked. */
export interface CheckTarget {
  readonly modelId?: string | undefined;
  readonly invocationType?: InvocationType | undefined;
}

/** The datasets of this machine: chosen, checked, and what is wrong with them in the Problems view. */
export class Datasets implements Disposable {
  private readonly problems = new DatasetProblems();

  /**
   * @param worker Path of the built program that checks in a thread.
   * @param config Says which rules of models are switched off.
   */
  constructor(
    private readonly worker: string,
    private readonly config: Pick<Config, 'get'>,
  ) {}

  /** The dataset to work on where a command was given none: the one in the editor, or one to choose. */
  async pick(): Promise<vscode.Uri> {
    const open = vscode.window.activeTextEditor?.document.uri;
    // Most .json files that are open are something else.
    if (open?.scheme === 'file' && /\.(jsonl|ndjson|csv|tsv)$/.test(open.path)) {
      return open;
    }
    return pickWorkspaceFile({
      title: vscode.l10n.t('Choose a Dataset'),
      placeholder: vscode.l10n.t('A JSONL file with one record a line, or a table'),
      kind: vscode.l10n.t('Datasets and tables'),
      extensions: tableExtensions,
    });
  }

  /** What a file is, by its first lines. */
  async describe(uri: vscode.Uri): Promise<DatasetKind> {
    const { describeDataset } = await import('../../io/dataset/datasetHead.js');
    return describeDataset(localPath(uri));
  }

  /**
   * Reads the whole file and checks every record, with progress that can be cancelled; what is wrong
   * is in the Problems view afterwards.
   */
  async check(uri: vscode.Uri, { modelId, invocationType }: CheckTarget): Promise<DatasetCheck> {
    const path = localPath(uri);
    const { checkDataset } = await import('../../io/dataset/check/checkDataset.js');
    const title = vscode.l10n.t('Checking {0}', vscode.workspace.asRelativePath(uri));
    const check = await withFileProgress(title, path, (work) =>
      checkDataset(path, {
        ...(modelId && { modelId }),
        ...(invocationType && { invocationType }),
        disabledRules: this.config.get('bedrock.checks.disabledRules'),
        ...work,
        worker: pathToFileURL(this.worker),
      }),
    );
    this.problems.set(uri, check);
    return check;
  }

  /** Opens the file at its first problem and the Problems view beside it. */
  showProblems(uri: vscode.Uri, check: DatasetCheck): Promise<void> {
    return this.problems.show(uri, check);
  }

  /** The findings of the last check that touch a range of the file. */
  findingsAt(uri: vscode.Uri, range: vscode.Range): readonly ShownFinding[] {
    return this.problems.at(uri, range);
  }

  dispose(): void {
    this.problems.dispose();
  }
}
