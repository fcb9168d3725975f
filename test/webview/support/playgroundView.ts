import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { checkConversation } from '../../../src/core/converse/checkConversation.js';
import { AppError } from '../../../src/core/errors.js';
import type { RuntimeApi } from '../../../src/core/converse/runtimeApi.js';
import type { StreamEvent } from '../../../src/core/converse/streamEvents.js';
import type { Settings } from '../../../src/core/converse/types.js';
import type { ConverseRequest } from '../../../src/core/converse/wire.js';
import {
  type ConnectionFacts,
  playgroundContract,
  type PlaygroundPageData,
} from '../../../src/features/playground/contract.js';
import type { PlaygroundDocument } from '../../../src/features/playground/document/documentSchema.js';
import {
  newDocument,
  type OpenOptions,
} from '../../../src/features/playground/document/newDocument.js';
import {
  Playground,
  type PlaygroundPorts,
} from '../../../src/features/playground/playgroundHandlers.js';
import type { PlaygroundStrings } from '../../../src/features/playground/strings.js';
import { serve } from '../../../src/rpc/host.js';
import { load, openPage, type OpenedPage, type OpenOptions as PageOptions } from './webviewPage.js';

export const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
export const nova = 'us.amazon.nova-lite-v1:0';

/** What a model of the test says: events, pauses between them, an error at the end. */
export type Script = (
  request: ConverseRequest,
  signal: AbortSignal | undefined,
) => AsyncIterable<StreamEvent>;

/** An opened playground page, what it asked of the editor, and the requests it sent. */
export interface OpenedPlayground extends OpenedPage {
  readonly playground: Playground;
  readonly requests: ConverseRequest[];
  readonly calls: { readonly name: string; readonly value: unknown }[];
  /** What the last save wrote. */
  stored(): PlaygroundDocument;
  /** Hides the page and shows it again: VS Code throws away what it held. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenPlaygroundOptions extends Omit<PageOptions, 'page' | 'data'> {
  readonly open?: OpenOptions;
  readonly document?: PlaygroundDocument;
  /** Settings of every lane. */
  readonly settings?: Partial<Settings>;
  readonly script?: Script;
  readonly runtime?: Partial<RuntimeApi>;
  readonly ports?: Partial<PlaygroundPorts>;
  readonly connection?: ConnectionFacts;
}

let lastId = 0;
const newId = () => `id-${++lastId}`;

/** Opens the playground page on the real RPC host, with a model that plays a script. */
export async function openPlayground(
  browser: Browser,
  options: OpenPlaygroundOptions = {},
): Promise<OpenedPlayground> {
  const { open, script, runtime, ports, connection, document, settings, ...pageOptions } = options;
  const requests: ConverseRequest[] = [];
  const calls: { name: string; value: unknown }[] = [];
  const made = document ?? newDocument({ modelId: haiku, ...open }, newId);
  const first = {
    ...made,
    lanes: made.lanes.map((lane) => ({ ...lane, settings: { ...lane.settings, ...settings } })),
  };
  let stored = first;
  const called = (name: string) => (value?: unknown) => {
    calls.push({ name, value });
    return Promise.resolve();
  };
  const playground = new Playground(first, {
    runtime: () => Promise.resolve(fakeRuntime(requests, script ?? says('Hello there.'), runtime)),
    check: checkConversation,
    connection: () => connection ?? { kind: 'sandbox', label: 'us-east-1' },
    onDidChangeConnection: () => ({ dispose: () => undefined }),
    modelFacts: (modelId) => Promise.resolve(facts(modelId)),
    pickModel: () => Promise.resolve(facts(nova)),
    pickGuardrail: () => Promise.resolve(undefined),
    retitle: () => undefined,
    store: (changed) => {
      stored = changed;
      return Promise.resolve();
    },
    open: called('open'),
    inputs: () => ['an older prompt', 'the last prompt'],
    pickFiles: () => Promise.resolve([]),
    readFiles: (uris) => Promise.resolve(uris.map((name) => ({ name, base64: 'aGVsbG8=' }))),
    codePlace: () => Promise.resolve({ region: 'us-east-1' }),
    showHistory: called('history'),
    showMenu: (_playground, laneId) => called('menu')(laneId),
    copyText: called('copy'),
    openText: (text, languageId) => called('openText')({ text, languageId }),
    insertText: called('insert'),
    openLink: called('openLink'),
    act: async (action) => {
      await called('act')(action);
      return true;
    },
    now: () => Date.now(),
    onFailed: () => undefined,
    ...ports,
  });
  const data: PlaygroundPageData = {
    lang: 'en',
    documentId: first.id,
    strings: await productStrings(),
  };
  const opened = await openPage(browser, { ...pageOptions, page: 'playground', data });
  const server = serve(opened.port, playgroundContract, playground.handlers());
  await load(opened);
  await opened.page.locator('.header').waitFor();
  return {
    ...opened,
    playground,
    requests,
    calls,
    stored: () => stored,
    reload: async () => {
      await opened.page.reload();
      await opened.page.locator('.header').waitFor();
    },
    close: async () => {
      server.dispose();
      playground.dispose();
      await opened.page.close();
    },
  };
}

function facts(modelId: string) {
  const rates = {
    inputPerMillion: 1,
    outputPerMillion: 5,
    currency: 'USD' as const,
    date: '2026-10-05',
    source: 'https://example.com/prices',
  };
  if (modelId === haiku)
    return {
      modelId,
      name: 'Claude Haiku 4.5',
      provider: 'Anthropic',
      input: ['TEXT', 'IMAGE'],
      maxOutput: 64_000,
      rates,
    };
  const name = modelId === nova ? 'Nova Lite' : modelId;
  return { modelId, name, provider: 'Amazon', ...(modelId === nova && { input: ['TEXT'] }) };
}

function fakeRuntime(
  requests: ConverseRequest[],
  script: Script,
  own: Partial<RuntimeApi> | undefined,
): RuntimeApi {
  const missing = () => Promise.reject(new Error('not in this test'));
  return {
    converse: missing,
    converseStream: (request, signal) => {
      requests.push(request);
      return script(request, signal);
    },
    invoke: missing,
    // eslint-disable-next-line require-yield -- never called
    invokeStream: async function* () {
      await missing();
    },
    countTokens: () => Promise.resolve({ tokens: 12, isEstimate: true, reason: 'A guess.' }),
    ...own,
  };
}

/** A model that says a text, in pieces, and ends as models do. */
export function says(text: string, size = 7, pauseMs = 0): Script {
  return async function* (_request, signal) {
    yield { type: 'messageStart' };
    for (let at = 0; at < text.length; at += size) {
      if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      yield { type: 'text', index: 0, text: text.slice(at, at + size) };
    }
    yield { type: 'blockStop', index: 0 };
    yield { type: 'messageStop', stopReason: 'end_turn' };
    const usage = { inputTokens: 1000, outputTokens: 200, totalTokens: 1200 };
    yield { type: 'metadata', usage, latencyMs: 420 };
    yield { type: 'timing', firstTokenMs: 140, totalMs: 1140 };
  };
}

/** The product's English texts, read from its source because that file needs the editor to run. */
async function productStrings(): Promise<PlaygroundStrings> {
  const source = await readFile('src/features/playground/strings.ts', 'utf8');
  const pairs = [...source.matchAll(/(\w+): l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)];
  const texts: Record<string, string> = {};
  for (const [, key = '', text = ''] of pairs) texts[key] = text.replaceAll(/\\(.)/g, '$1');
  return texts as unknown as PlaygroundStrings;
}
