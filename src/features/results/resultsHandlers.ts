import { answerText } from '../../core/answers/modelAnswer.js';
import { delay } from '../../core/async.js';
import { AppError, toFailure } from '../../core/errors.js';
import type { Manifest } from '../../core/results/manifest.js';
import { promptPreview, type ResultSource } from '../../core/results/readOutput.js';
import type { ResultDetail, ResultIndex } from '../../io/results/resultIndex.js';
import type { Handlers } from '../../rpc/host.js';
import type { pageCalls } from '../../rpc/pageCalls.js';
import {
  maxRawLength,
  type ResultsDetail,
  type resultsContract,
  type ResultsSnapshot,
} from './contract.js';

/** What the handlers work on; the actions are VS Code's. */
export interface ResultsModel {
  readonly index: ResultIndex;
  readonly manifest: Manifest;
  readonly source: ResultSource;
  readonly copyText: (text: string) => Promise<void>;
  readonly openRecord: (record: OpenedRecord) => Promise<void>;
  /** Opens what a record was made of; rejects where that is not known or not there. */
  readonly openInput: (recordId: string) => PromiseLike<unknown>;
  /** Texts for what the person may see. */
  readonly messages: { readonly gone: string };
}

/** A record to read in an editor. */
interface OpenedRecord {
  readonly key: number;
  readonly name: string;
  readonly text: string;
}

/** Milliseconds between two snapshots while the index grows. */
const snapshotMs = 100;

/** The extension's side of the results page, beside what every page has. */
export function createResultsHandlers(
  model: ResultsModel,
): Omit<Handlers<typeof resultsContract>, keyof typeof pageCalls> {
  const { index } = model;
  const find = async (key: number): Promise<ResultDetail> => {
    const detail = await index.detail(key);
    if (!detail) throw new AppError('notFound', model.messages.gone);
    return detail;
  };
  return {
    async *watch(_input, signal) {
      for (;;) {
        const now = snapshotOf(model);
        yield now;
        if (now.phase !== 'indexing') return;
        await Promise.race([delay(snapshotMs, signal), index.done]);
      }
    },
    rows: ({ view, from, count }) =>
      index.page(from, count, {
        filter: view.filter,
        // Rows still arrive: any other order would move them under the person's eyes.
        order: index.progress.isDone ? view.order : 'file',
      }),
    detail: async ({ key }) => toDetail(await find(key), model.source),
    copyAnswer: async ({ key }) => {
      const { row, answer } = await find(key);
      await model.copyText(answerText(answer) || (row.errorMessage ?? ''));
      return undefined;
    },
    openRecord: async ({ key }) => {
      const { row, raw } = await find(key);
      const name = row.recordId || `#${row.line ?? key + 1}`;
      await model.openRecord({ key, name, text: await indented(raw) });
      return undefined;
    },
    openInput: async ({ key }) => {
      const { row } = await find(key);
      await model.openInput(row.recordId);
      return undefined;
    },
  };
}

function snapshotOf({ index, manifest }: ResultsModel): ResultsSnapshot {
  const { isDone, bytes, totalBytes, error } = index.progress;
  const phase = !isDone ? 'indexing' : error ? 'failed' : 'ready';
  const rows = (filter: 'all' | 'errors') => index.rowCount({ order: 'file', filter });
  return {
    phase,
    progress: totalBytes > 0 ? bytes / totalBytes : 0,
    counts: index.counts(),
    rows: { all: rows('all'), errors: rows('errors') },
    ...(manifest.inputTokenCount !== undefined && { inputTokens: manifest.inputTokenCount }),
    ...(manifest.outputTokenCount !== undefined && { outputTokens: manifest.outputTokenCount }),
    ...(error && { failure: toFailure(error) }),
  };
}

async function toDetail(
  { row, answer, modelInput, raw }: ResultDetail,
  source: ResultSource,
): Promise<ResultsDetail> {
  const pretty = await indented(raw);
  const { text, reasoning, toolCalls = [], citations = [] } = answer;
  return {
    row,
    ...(text !== undefined && { text }),
    ...(reasoning !== undefined && { reasoning }),
    toolCalls: await Promise.all(
      toolCalls.map(async ({ name, input }) => ({ name, input: await indented(input) })),
    ),
    citations,
    prompt: promptPreview(modelInput, source),
    raw: pretty.slice(0, maxRawLength),
    isRawCut: pretty.length > maxRawLength,
  };
}

/** The JSON with line breaks and nothing else changed; a broken line as it is. */
async function indented(raw: string): Promise<string> {
  // Loaded with the first record.
  const { indentedSource } = await import('../../core/json/sourceText.js');
  return indentedSource(raw);
}
