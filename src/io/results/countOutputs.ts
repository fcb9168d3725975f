import { pathToFileURL } from 'node:url';
import { ResultIndex } from './resultIndex.js';
import { isResultFile, sameDataset } from './outputFiles.js';

/** Records of a download, by what became of them. */
export interface OutputCounts {
  readonly success: number;
  readonly errors: number;
  /** Records of the dataset without an output; 0 where the dataset is not known. */
  readonly missing: number;
}

/** The dataset a run was made from, as the ledger keeps it. */
export interface CountedDataset {
  readonly path: string;
  readonly bytes: number;
  readonly generatedIdPrefix?: string | undefined;
}

/**
 * Counts the records of the output files, joined with the dataset where that is still what it was.
 * `workerProgram` is the path of the built `resultIndexWorker.js`.
 */
export async function countOutputs(
  files: readonly string[],
  dataset: CountedDataset | undefined,
  workerProgram: string,
): Promise<OutputCounts> {
  const input = dataset && (await sameDataset(dataset.path, dataset.bytes));
  const index = new ResultIndex({
    outputs: files.filter(isResultFile),
    input,
    generatedIdPrefix: dataset?.generatedIdPrefix,
    readOutput: () => ({}),
    worker: pathToFileURL(workerProgram),
  });
  try {
    await index.done;
    const { error } = index.progress;
    if (error) throw error;
    const { success, errors, missing } = index.counts();
    return { success, errors, missing: missing ?? 0 };
  } finally {
    index.dispose();
  }
}
