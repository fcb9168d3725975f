import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { DatasetCheck, DatasetFormat, Problem } from '../../core/batch/types.js';
import { ConversationSchema } from '../../core/converse/conversationSchema.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { AppError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import type { Converted } from '../../core/table/tableOptions.js';
import { type Caller, registerCommands, runForPerson, toUri } from '../../platform/commands.js';
import { ReadOnlyTexts } from '../../platform/readOnlyText.js';
import type { Services } from '../../services.js';
import { addToDataset } from './addToDataset.js';
import { convertCommand } from './convertCommand.js';
import { registerQuickFixes } from './quickFixes.js';
import { runOverTable } from './runOverTable.js';
import { tryRecord } from './tryRecord.js';

const validateOptions = z.object({
  modelId: z.optional(z.string()),
  invocationType: z.optional(z.enum(['InvokeModel', 'Converse'])),
});

/** What `bedrock.batch.validate` returns. */
interface Validation {
  readonly format: DatasetFormat;
  readonly records: number;
  readonly bytes: number;
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly byCode: DatasetCheck['byCode'];
}

/** Datasets: checked, made of tables, and added to. */
export function registerDatasets(
  services: Pick<Services, 'datasets' | 'config' | 'report'>,
): Disposable {
  const disabledRules = () => services.config.get('bedrock.checks.disabledRules');
  const store = new DisposableStore();
  const texts = store.add(new ReadOnlyTexts('bedrock-record'));
  store.add(registerQuickFixes(services.datasets));
  store.add(
    registerCommands(
      {
        'bedrock.batch.validate': (args, caller) => validate(services, args, caller),
        'bedrock.batch.convert': async (args, caller) => {
          const converted = await convertCommand(args, caller, {
            datasets: services.datasets,
            disabledRules: disabledRules(),
            texts,
          });
          if (caller.isPerson) void offerRecords(converted);
          return converted;
        },
        'bedrock.batch.tryRecord': ([argument, line]) => {
          const uri = toUri(argument);
          if (!uri)
            throw new AppError('invalidInput', vscode.l10n.t('Give the address of a file.'));
          return tryRecord(uri, z.parse(z.optional(z.number()), line) ?? 0);
        },
        'bedrock.batch.runOverTable': ([prompt]) => runOverTable(prompt, disabledRules()),
        'bedrock.batch.addRecord': ([conversation]) =>
          addToDataset(z.parse(ConversationSchema, conversation)),
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
  args: readonly unknown[],
  { isPerson }: Caller,
): Promise<Validation> {
  const uri = toUri(args[0]) ?? (await datasets.pick());
  const check = await datasets.check(uri, validateOptions.parse(args[1] ?? {}));
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
