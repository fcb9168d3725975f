import { buildConverseRequest } from '../../core/converse/buildRequest.js';
import type { RuntimeApi } from '../../core/converse/runtimeApi.js';
import type { Conversation, ConversationProblem } from '../../core/converse/types.js';
import type { ErrorAction } from '../../core/errors.js';
import { Emitter, type Disposable } from '../../core/lifecycle.js';
import type { Handlers } from '../../rpc/host.js';
import type { CodePlace } from '../../core/code/requests.js';
import type {
  ConnectionFacts,
  GuardrailPick,
  LoadedPlayground,
  ModelFacts,
  PageUpdate,
  playgroundContract,
  ReadFile,
} from './contract.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { withTurn } from './document/newDocument.js';
import { checkNative, helpNative, readyNative } from './native/nativeHandlers.js';
import { NativeRuns } from './native/nativeRuns.js';
import { Runs } from './turns/runs.js';
import { checkAnswer, viewCode } from './turns/requestTools.js';

/** What the page's handlers ask of the editor and of AWS. */
export interface PlaygroundPorts {
  readonly runtime: () => Promise<RuntimeApi>;
  readonly check: (conversation: Conversation) => readonly ConversationProblem[];
  readonly connection: () => ConnectionFacts;
  readonly onDidChangeConnection: (listener: () => void) => Disposable;
  readonly modelFacts: (modelId: string) => Promise<ModelFacts>;
  readonly pickModel: (current: {
    readonly modelId: string;
    readonly isNative: boolean;
  }) => Promise<ModelFacts | undefined>;
  readonly pickGuardrail: (current: GuardrailPick) => Promise<GuardrailPick | undefined>;
  /** Names the tab; never called once the panel is closed. */
  readonly retitle: (document: PlaygroundDocument) => void;
  /** Writes the playground to disk. */
  readonly store: (document: PlaygroundDocument) => Promise<void>;
  /** Opens another panel. */
  readonly open: (document: PlaygroundDocument) => Promise<void>;
  readonly inputs: () => readonly string[];
  readonly pickFiles: () => Promise<readonly ReadFile[]>;
  readonly readFiles: (uris: readonly string[]) => Promise<readonly ReadFile[]>;
  /** Where code for the current request would call. */
  readonly codePlace: () => Promise<CodePlace>;
  readonly showHistory: () => Promise<void>;
  readonly showMenu: (playground: Playground, laneId: string) => Promise<void>;
  readonly copyText: (text: string) => Promise<void>;
  readonly openText: (text: string, languageId: string) => Promise<void>;
  readonly insertText: (text: string) => Promise<void>;
  readonly openLink: (href: string) => Promise<void>;
  readonly act: (action: ErrorAction) => Promise<boolean>;
  readonly now: () => number;
  readonly onFailed: (error: unknown) => void;
}

/** One open playground on the extension's side. */
export class Playground implements Disposable {
  private isToSend = false;
  private isDisposed = false;
  private readonly updates = new Emitter<PageUpdate>();
  private readonly runs: Runs;
  private readonly nativeRuns: NativeRuns;

  constructor(
    public document: PlaygroundDocument,
    private readonly ports: PlaygroundPorts,
  ) {
    this.runs = new Runs({
      runtime: ports.runtime,
      now: ports.now,
      onFailed: ports.onFailed,
      keep: (laneId, turn) => this.keep(withTurn(this.document, laneId, turn)),
    });
    this.nativeRuns = new NativeRuns({
      runtime: ports.runtime,
      onFailed: ports.onFailed,
      keep: (nativeAnswer) => this.keep({ ...this.document, nativeAnswer }),
    });
  }

  /** Sends the playground as it is as soon as its page has loaded: once, whatever is reloaded later. */
  sendOnLoad(): void {
    this.isToSend = true;
  }

  /** Puts another document into the page. */
  async show(document: PlaygroundDocument): Promise<void> {
    await this.keep(document);
    this.updates.fire({ type: 'document', document });
  }

  /** Names the playground as it is by now. */
  rename(title: string): Promise<void> {
    return this.show({ ...this.document, title });
  }

  dispose(): void {
    this.isDisposed = true;
    this.runs.dispose();
    this.nativeRuns.dispose();
    this.updates.dispose();
  }

  /** The extension's side of the page. */
  handlers(): Handlers<typeof playgroundContract> {
    const { ports, runs, nativeRuns } = this;
    return {
      load: () => this.load(),
      watch: (_input, signal) => this.watch(signal),
      save: async (document) => {
        await this.keep(this.withUntaken(document));
        return undefined;
      },
      open: async (document) => {
        await ports.open(document);
        return undefined;
      },
      start: ({ runId, laneId, turnId, conversation }) => {
        const problems = ports.check(conversation);
        const isWrong = problems.some(({ severity }) => severity === 'error');
        if (!isWrong) {
          const request = buildConverseRequest(conversation);
          const { isStreaming } = conversation.settings;
          runs.start({ runId, laneId, turnId, request, isStreaming });
        }
        return { problems };
      },
      follow: ({ runId }, signal) => runs.follow(runId, signal),
      stop: ({ runId }) => {
        runs.stop(runId);
        return undefined;
      },
      countTokens: async (conversation, signal) => {
        const runtime = await ports.runtime();
        return runtime.countTokens({ converse: buildConverseRequest(conversation) }, signal);
      },
      modelFacts: ({ modelId }) => ports.modelFacts(modelId),
      pickModel: (current) => ports.pickModel(current),
      pickGuardrail: (current) => ports.pickGuardrail(current),
      check: (conversation) => ports.check(conversation),
      checkAnswer,
      readyNative,
      checkNative,
      helpNative,
      startNative: (native) => {
        nativeRuns.start(native);
        return undefined;
      },
      followNative: (_input, signal) => nativeRuns.follow(signal),
      stopNative: () => {
        nativeRuns.stop();
        return undefined;
      },
      viewCode: async (input) => viewCode(input, await ports.codePlace()),
      showMenu: async ({ laneId }) => {
        await ports.showMenu(this, laneId);
        return undefined;
      },
      ...editorHandlers(ports),
    };
  }

  private load(): LoadedPlayground {
    const { document, runs, nativeRuns, isToSend } = this;
    this.isToSend = false;
    // The document has them.
    runs.forgetEnded();
    nativeRuns.forgetEnded();
    return {
      document,
      runs: runs.open(),
      isNativeRunning: nativeRuns.isRunning,
      inputs: this.ports.inputs(),
      isToSend,
    };
  }

  /** A page may write down what it has just before it hears of an answer. */
  private withUntaken(document: PlaygroundDocument): PlaygroundDocument {
    const answered = this.runs
      .untaken()
      .reduce((known, { laneId, turn }) => withTurn(known, laneId, turn), document);
    const nativeAnswer = this.nativeRuns.untaken();
    return nativeAnswer ? { ...answered, nativeAnswer } : answered;
  }

  private async keep(document: PlaygroundDocument): Promise<void> {
    this.document = document;
    if (!this.isDisposed) this.ports.retitle(document);
    await this.ports.store(document);
  }

  private async *watch(signal: AbortSignal): AsyncGenerator<PageUpdate> {
    const queue: PageUpdate[] = [{ type: 'connection', connection: this.ports.connection() }];
    let wake = (): void => undefined;
    const push = (update: PageUpdate) => {
      queue.push(update);
      wake();
    };
    const subscriptions = [
      this.updates.event(push),
      this.ports.onDidChangeConnection(() => {
        push({ type: 'connection', connection: this.ports.connection() });
      }),
    ];
    const stop = () => {
      wake();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        const next = queue.shift();
        if (next) yield next;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', stop);
      for (const subscription of subscriptions) subscription.dispose();
    }
  }
}

function editorHandlers(ports: PlaygroundPorts) {
  return {
    pickFiles: () => ports.pickFiles(),
    readFiles: ({ uris }: { uris: string[] }) => ports.readFiles(uris),
    showHistory: async () => {
      await ports.showHistory();
      return undefined;
    },
    copy: async ({ text }: { text: string }) => {
      await ports.copyText(text);
      return undefined;
    },
    openText: async ({ text, languageId }: { text: string; languageId: string }) => {
      await ports.openText(text, languageId);
      return undefined;
    },
    insertText: async ({ text }: { text: string }) => {
      await ports.insertText(text);
      return undefined;
    },
    openLink: async ({ text }: { text: string }) => {
      await ports.openLink(text);
      return undefined;
    },
    act: ({ action }: { action: ErrorAction }) => ports.act(action),
  };
}
