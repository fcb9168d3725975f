import type { Browser } from 'playwright-core';
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
import { Playground } from '../../../src/features/playground/playground.js';
import { viewCode } from '../../../src/features/playground/turns/requestTools.js';
import { type Handlers, serve } from '../../../src/rpc/host.js';
import { productStrings } from './productStrings.js';
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
  /** What the editor does, in the place of what the test's own does. */
  readonly handlers?: Partial<Handlers<typeof playgroundContract>>;
  readonly connection?: ConnectionFacts;
  /** Waited for whenever the playground is written down. */
  readonly store?: () => Promise<void>;
}

let lastId = 0;
const newId = () => `id-${++lastId}`;

/** Opens the playground page on the real RPC host, with a model that plays a script. */
export async function openPlayground(
  browser: Browser,
  options: OpenPlaygroundOptions = {},
): Promise<OpenedPlayground> {
  const { open, script, runtime, handlers, connection, store, document, settings, ...pageOptions } =
    options;
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
    return undefined;
  };
  const playground = new Playground(first, {
    runtime: () => Promise.resolve(fakeRuntime(requests, script ?? says('Hello there.'), runtime)),
    connection: () => connection ?? { kind: 'sandbox', label: 'us-east-1' },
    onDidChangeConnection: () => ({ dispose: () => undefined }),
    store: (changed) => {
      stored = changed;
      return store?.() ?? Promise.resolve();
    },
    now: () => Date.now(),
    onFailed: () => undefined,
  });
  const data: PlaygroundPageData = {
    state: { documentId: first.id },
    strings: productStrings('playground') as unknown as PlaygroundPageData['strings'],
  };
  const opened = await openPage(browser, { ...pageOptions, page: 'playground', data });
  const server = serve(opened.port, playgroundContract, {
    ...playground.handlers(),
    ...editor(playground, called),
    ...handlers,
  });
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

/** The editor of the test: notes what it was asked for. */
function editor(playground: Playground, called: (name: string) => (value?: unknown) => undefined) {
  return {
    load: () => ({ ...playground.load(), inputs: ['an older prompt', 'the last prompt'] }),
    open: called('open'),
    keepBranch: called('keepBranch'),
    modelFacts: ({ modelId }: { modelId: string }) => facts(modelId),
    pickModel: () => facts(nova),
    pickGuardrail: () => undefined,
    pickFiles: () => [],
    readFiles: ({ uris }: { uris: string[] }) => uris.map((name) => ({ name, base64: 'aGVsbG8=' })),
    viewCode: (input: Parameters<typeof viewCode>[0]) => viewCode(input, { region: 'us-east-1' }),
    showHistory: called('history'),
    showMenu: (menu: { laneId: string; draft: string }) => {
      called('menu')(menu);
      return undefined;
    },
    copy: ({ text }: { text: string }) => {
      called('copy')(text);
      return undefined;
    },
    openText: called('openText'),
    insertText: ({ text }: { text: string }) => {
      called('insert')(text);
      return undefined;
    },
    openLink: ({ url }: { url: string }) => {
      called('openLink')(url);
      return undefined;
    },
    recover: ({ action }: { action: string }) => {
      called('recover')(action);
      return true;
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
