import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { outputReaderFor } from '../../../src/core/results/readOutput.js';
import { type ResultsPageData, resultsContract } from '../../../src/features/results/contract.js';
import { createResultsHandlers } from '../../../src/features/results/resultsHandlers.js';
import { ResultIndex } from '../../../src/io/results/resultIndex.js';
import { findResultFiles } from '../../../src/io/results/outputFiles.js';
import { type Handlers, serve } from '../../../src/rpc/host.js';
import { productStrings } from './productStrings.js';
import { load, type OpenedPage, openPage, type OpenOptions } from './webviewPage.js';

/** Files of a run on disk. */
export interface ResultsFixture {
  readonly folder: string;
  readonly input?: string;
  remove(): Promise<void>;
}

/** Writes an output file, and an input and a manifest where given. */
export async function resultsFixture(files: {
  output: string;
  input?: string;
  manifest?: object;
}): Promise<ResultsFixture> {
  const folder = await mkdtemp(path.join(tmpdir(), 'results-view-'));
  await writeFile(path.join(folder, 'tickets.jsonl.out'), files.output);
  const input = path.join(folder, 'tickets.jsonl');
  if (files.input !== undefined) await writeFile(input, files.input);
  if (files.manifest) {
    await writeFile(path.join(folder, 'manifest.json.out'), JSON.stringify(files.manifest));
  }
  return {
    folder,
    ...(files.input !== undefined && { input }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An opened results page and what it did to the editor. */
export interface OpenedResults extends OpenedPage {
  readonly copied: string[];
  /** Ids of the records whose input was to be opened. */
  readonly inputs: string[];
  readonly links: string[];
  readonly documents: { readonly name: string; readonly text: string }[];
  readonly index: ResultIndex;
  close(): Promise<void>;
}

export interface OpenResultsOptions extends Omit<OpenOptions, 'page' | 'data'> {
  /** Replaces single handlers, to show what happens when they fail or wait. */
  readonly handlers?: Partial<Handlers<typeof resultsContract>>;
  readonly waitUntilIndexed?: boolean;
}

/** Opens the results page on real files through the real RPC host. */
export async function openResults(
  browser: Browser,
  fixture: ResultsFixture,
  options: OpenResultsOptions = {},
): Promise<OpenedResults> {
  const { handlers: own, waitUntilIndexed = true, ...pageOptions } = options;
  const source = { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' };
  const { outputs, manifest, folder } = await findResultFiles(fixture.folder);
  const index = new ResultIndex({
    outputs,
    input: fixture.input,
    readOutput: outputReaderFor(source),
  });
  if (waitUntilIndexed) await index.done;
  const copied: string[] = [];
  const links: string[] = [];
  const documents: OpenedResults['documents'] = [];
  const inputs: string[] = [];
  const handlers = createResultsHandlers({
    index,
    manifest,
    source,
    copyText: (text) => Promise.resolve(void copied.push(text)),
    openRecord: (record) => Promise.resolve(void documents.push(record)),
    openInput: (recordId) => Promise.resolve(void inputs.push(recordId)),
    messages: { gone: 'This record is not there any more.' },
  });
  const pageHandlers = {
    copy: ({ text }: { text: string }) => void copied.push(text),
    openLink: ({ url }: { url: string }) => void links.push(url),
    recover: () => true,
  };
  const data: ResultsPageData = {
    state: { source: folder },
    jobName: 'support-tickets-2026-11',
    modelId: source.modelId,
    folder,
    hasInput: true,
    strings: productStrings('results') as unknown as ResultsPageData['strings'],
  };
  const opened = await openPage(browser, { ...pageOptions, page: 'results', data });
  const server = serve(opened.port, resultsContract, { ...handlers, ...pageHandlers, ...own });
  await load(opened);
  return {
    ...opened,
    copied,
    inputs,
    links,
    documents,
    index,
    close: async () => {
      server.dispose();
      index.dispose();
      await opened.page.close();
    },
  };
}
