import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { modelBehind, nameWithId } from '../../core/models/modelFacts.js';
import { outputReaderFor } from '../../core/results/readOutput.js';
import { run as runCommand } from '../../platform/commands.js';
import type { PanelContent, PanelFrame, PanelKind } from '../../platform/panels.js';
import type { Services } from '../../services.js';
import { resultsContract, type ResultsPageData } from './contract.js';
import { createResultsHandlers } from './resultsHandlers.js';
import { locateResults } from './resultsSource.js';
import { resultsStrings } from './strings.js';

type Needs = Pick<Services, 'ledger' | 'distFile' | 'documents' | 'models'>;

const PanelState = z.object({ source: z.string() });

/** The results page: one panel for each run, folder or file, by a text that names it. */
export function resultsPanels(services: Needs): PanelKind<typeof resultsContract, string> {
  return {
    viewType: 'bedrock.results',
    page: 'results',
    title: () => vscode.l10n.t('Results'),
    contract: resultsContract,
    enableFindWidget: false,
    keyOf: (source) => source,
    restore: (state) => {
      const stored = PanelState.safeParse(state);
      return stored.success ? stored.data.source : undefined;
    },
    fill: (source, frame) => fill(services, source, frame),
  };
}

/** Closing the panel stops indexing and closes the files. Rejects where there are no results. */
async function fill(
  services: Needs,
  source: string,
  frame: PanelFrame,
): Promise<PanelContent<typeof resultsContract> | undefined> {
  const location = await locateResults(services, source);
  // Loaded on first use: opening the editor must not pay for it.
  const [{ ResultIndex }, { findResultFiles, sameDataset }] = await Promise.all([
    import('../../io/results/resultIndex.js'),
    import('../../io/results/outputFiles.js'),
  ]);
  const { folder, outputs, manifest } = await findResultFiles(location.path);
  const input = location.input && (await sameDataset(location.input.path, location.input.bytes));
  if (frame.isClosed()) return undefined;
  const known = location.connection && services.models.known(location.connection)?.catalogue;
  const { modelId, invocationType, runId } = location;
  const answers = {
    ...(modelId !== undefined && { modelId: modelBehind(modelId, known) }),
    invocationType,
  };
  const index = frame.store.add(
    new ResultIndex({
      outputs,
      input,
      generatedIdPrefix: location.generatedIdPrefix,
      readOutput: outputReaderFor(answers),
      worker: pathToFileURL(services.distFile('resultIndexWorker.js')),
    }),
  );
  const data: Omit<ResultsPageData, 'strings'> = {
    state: { source },
    jobName: location.jobName,
    ...(modelId !== undefined && { modelId: nameWithId(modelId, known) }),
    folder,
    hasInput: runId !== undefined,
  };
  return {
    title: vscode.l10n.t('Results: {0}', location.jobName),
    data: { ...data, strings: resultsStrings() },
    handlers: createResultsHandlers({
      index,
      manifest,
      source: answers,
      copyText: async (text) => {
        await vscode.env.clipboard.writeText(text);
      },
      openRecord: ({ key, name, text }) =>
        services.documents.show({ name: `${name}.json`, id: `${folder}#${key}`, text }),
      openInput: (recordId) => runCommand('bedrock.batch.openInput', runId, recordId),
      messages: {
        gone: vscode.l10n.t('This record is not there any more. Open the results again.'),
      },
    }),
  };
}
