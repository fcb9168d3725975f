import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Run } from '../../core/batch/run.js';
import type { DatasetCheck, DatasetFormat, Problem } from '../../core/batch/types.js';
import { AppError } from '../../core/errors.js';
import { DisposableStore, type Disposable } from '../../core/lifecycle.js';
import { formatCount } from '../../core/text.js';
import { isByHand, registerCommands, toUri } from '../../platform/commands.js';
import type { Services } from '../../services.js';
import { checkFile } from './checkFile.js';
import { pickDataset } from './pickDataset.js';
import { DatasetProblems } from './problems.js';
import { resumeRuns } from './resumeRuns.js';
import { discardSubmission, driveSubmission } from './submission.js';
import { submitCommand, type SubmitNeeds } from './submitCommand.js';

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

/** Checking and submitting datasets. */
export function registerBatch(services: SubmitNeeds & Pick<Services, 'report'>): Disposable {
  const { report } = services;
  const store = new DisposableStore();
  const problems = store.add(new DatasetProblems());
  store.add(
    registerCommands(
      {
        'bedrock.batch.validate': (...args) => validate(services, problems, args),
        'bedrock.batch.submit': (...args) => submitCommand(services, problems, args),
        'bedrock.batch.resume': async (argument) => {
          await driveSubmission(services, await findRun(services, argument));
        },
        'bedrock.batch.discard': async (argument) => {
          await discardSubmission(services, await findRun(services, argument));
        },
      },
      report,
    ),
  );
  // After the window has settled; costs the reading of one folder.
  const timer = setTimeout(() => void resumeRuns(services, report).catch(report), 500);
  store.add({
    dispose: () => {
      clearTimeout(timer);
    },
  });
  return store;
}

async function validate(
  services: SubmitNeeds,
  problems: DatasetProblems,
  args: readonly unknown[],
): Promise<Validation> {
  const byHand = isByHand(args);
  const uri = toUri(args[0]) ?? (await pickDataset());
  const target = byHand ? {} : z.parse(validateOptions, args[1] ?? {});
  const check = await checkFile(services, uri, {
    ...(target.modelId ? { modelId: target.modelId } : {}),
    ...(target.invocationType ? { invocationType: target.invocationType } : {}),
  });
  problems.set(uri, check);
  if (byHand) {
    if (check.problemCount > 0) await problems.show(uri, check);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} records, {1} problems.',
        formatCount(check.records),
        formatCount(check.problemCount),
      ),
    );
  }
  const { format, records, bytes, problemCount, byCode } = check;
  return { format, records, bytes, problems: check.problems, problemCount, byCode };
}

const runReference = z.union([z.string(), z.object({ runId: z.string() })]);

/** A run by its id, or by the node of the Jobs view. */
async function findRun(services: Pick<Services, 'ledger'>, argument: unknown): Promise<Run> {
  const parsed = z.safeParse(runReference, argument);
  const id = parsed.success
    ? typeof parsed.data === 'string'
      ? parsed.data
      : parsed.data.runId
    : '';
  const run = await services.ledger.load(id);
  if (run) return run;
  throw new AppError('notFound', vscode.l10n.t('The run {0} is not in the ledger.', id));
}
