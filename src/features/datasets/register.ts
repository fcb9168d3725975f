import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { formatCount } from '../../core/format.js';
import { type Caller, registerCommands, runForPerson } from '../../platform/commands.js';
import type { Converted, Validation } from '../../platform/commandTable.js';
import type { CheckTarget } from '../../resources/datasets/datasets.js';
import type { Services } from '../../services.js';
import { addToDataset } from './addToDataset.js';
import { convertCommand } from './convertCommand.js';
import { openInput } from './openInput.js';
import { registerQuickFixes } from './quickFixes.js';
import { runOverTable } from './runOverTable.js';
import { tryRecord } from './tryRecord.js';

/** Datasets: checked, made of tables, and added to. */
export function registerDatasets(
  services: Pick<Services, 'datasets' | 'documents' | 'config' | 'ledger' | 'report'>,
): Disposable {
  const disabledRules = () => services.config.get('bedrock.checks.disabledRules');
  const store = new DisposableStore();
  store.add(registerQuickFixes(services.datasets));
  store.add(
    registerCommands(
      {
        'bedrock.batch.validate': ([uri, target = {}], caller) =>
          validate(services, uri, target, caller),
        'bedrock.batch.convert': async ([uri, options = {}], caller) => {
          const converted = await convertCommand(uri, options, caller, {
            ...services,
            disabledRules: disabledRules(),
          });
          if (caller.isPerson) void offerRecords(converted);
          return converted;
        },
        'bedrock.batch.openInput': ([id, recordId]) => openInput(services, id, recordId),
        'bedrock.batch.tryRecord': ([uri, line = 0]) => tryRecord(uri, line),
        'bedrock.batch.runOverTable': ([prompt]) => runOverTable(prompt, disabledRules()),
        'bedrock.batch.addRecord': ([conversation]) => addToDataset(conversation),
      },
      services.report,
    ),
  );
  return store;
}

/** Says where the records are, and leads on. */
async function offerRecords({ output, records }: Converted): Promise<void> {
  const uri = vscode.Uri.file(output);
  const submit = vscode.l10n.t('Submit Batch Job…');
  const open = vscode.l10n.t('Open');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      '{0} records are in {1}.',
      formatCount(records),
      vscode.workspace.asRelativePath(uri),
    ),
    submit,
    open,
  );
  if (chosen === submit) await runForPerson('bedrock.batch.submit', uri);
  if (chosen === open) await vscode.window.showTextDocument(uri);
}

async function validate(
  { datasets }: Pick<Services, 'datasets'>,
  given: vscode.Uri | undefined,
  target: CheckTarget,
  { isPerson }: Caller,
): Promise<Validation> {
  const uri = given ?? (await datasets.pick());
  const check = await datasets.check(uri, target);
  if (isPerson) {
    if (check.problemCount > 0) await datasets.showProblems(uri, check);
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0}, {1}.', recordCount(check.records), problemCount(check.problemCount)),
    );
  }
  const { format, records, bytes, problems, byCode } = check;
  return { format, records, bytes, problems, problemCount: check.problemCount, byCode };
}

function recordCount(count: number): string {
  return count === 1 ? vscode.l10n.t('1 record') : vscode.l10n.t('{0} records', formatCount(count));
}

function problemCount(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 problem')
    : vscode.l10n.t('{0} problems', formatCount(count));
}
