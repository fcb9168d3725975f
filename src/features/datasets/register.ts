import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.js';
import { formatCount } from '../../core/format.js';
import { type Caller, registerCommands } from '../../platform/commands.js';
import type { Validation } from '../../platform/commandTable.js';
import type { CheckTarget } from '../../resources/datasets/datasets.js';
import type { Services } from '../../services.js';
import { addToDataset } from './addToDataset.js';
import { convertCommand } from './convertCommand.js';
import { runOverTable } from './runOverTable.js';

/** Datasets: checked, made of tables, and added to. */
export function registerDatasets(
  services: Pick<Services, 'datasets' | 'config' | 'report'>,
): Disposable {
  const disabledRules = () => services.config.get('bedrock.checks.disabledRules');
  return registerCommands(
    {
      'bedrock.batch.validate': ([uri, target = {}], caller) =>
        validate(services, uri, target, caller),
      'bedrock.batch.convert': ([uri, options]) => convertCommand(uri, options, disabledRules()),
      'bedrock.batch.runOverTable': ([conversation]) => runOverTable(conversation, disabledRules()),
      'bedrock.batch.addRecord': ([conversation]) => addToDataset(conversation),
    },
    services.report,
  );
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
      vscode.l10n.t(
        '{0} records, {1} problems.',
        formatCount(check.records),
        formatCount(check.problemCount),
      ),
    );
  }
  const { format, records, bytes, problems, problemCount, byCode } = check;
  return { format, records, bytes, problems, problemCount, byCode };
}
