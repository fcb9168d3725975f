import { AsyncQueue } from '../../core/asyncQueue.js';
import { buildConverseRequest } from '../../core/converse/buildRequest.js';
import { checkConversation } from '../../core/converse/checkConversation.js';
import type { InvokeStreamEvent, RuntimeApi } from '../../core/converse/runtimeApi.js';
import type { AnswerState } from '../../core/converse/streamReducer.js';
import type { StreamEvent } from '../../core/converse/streamEvents.js';
import { Emitter, type Disposable } from '../../core/lifecycle.js';
import { StreamedRuns } from '../../core/streaming/streamedRuns.js';
import type { Handlers } from '../../rpc/host.js';
import type { AnswerEnd, ConnectionFacts, PageUpdate, playgroundContract } from './contract.js';
import type { NativeAnswer } from '../../core/native/nativeAnswer.js';
import type { PlaygroundDocument } from './document/documentSchema.js';
import { withTurn } from './document/newDocument.js';
import { checkNative, helpNative, readyNative } from './native/nativeHandlers.js';
import { nativeCall } from './native/nativeCall.js';
import { converseCall, mergeTexts } from './turns/converseCall.js';
import { checkAnswer } from './turns/requestTools.js';

/** What a playground works with; everything else its page asks for is the editor's. */
export interface PlaygroundPorts {
  readonly runtime: () => Promise<RuntimeApi>;
  readonly connection: () => ConnectionFacts;
  readonly onDidChangeConnection: (listener: () => void) => Disposable;
  /** Writes the playground to disk. */
  readonly store: (document: PlaygroundDocument) => Promise<void>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Ids of model rules that are switched off; none where absent. */
  readonly disabledRules?: () => readonly string[];
  /** Told of what failed, for the log. */
  readonly onFailed: (error: unknown) => void;
}

type AllHandlers = Handlers<typeof playgroundContract>;
/** What the playground itself answers, without the editor. */
export type OwnCalls =
  | 'watch'
  | 'save'
  | 'start'
  | 'follow'
  | 'stop'
  | 'countTokens'
  | 'check'
  | 'checkAnswer'
  | 'readyNative'
  | 'checkNative'
  | 'helpNative'
  | 'startNative'
  | 'followNative';

/** One open playground on the extension's side. */
export class Playground implements Disposable {
  private isToSend = false;
  private readonly updates = new Emitter<PageUpdate>();
  private readonly changes = new Emitter<PlaygroundDocument>();
  /** Tells the document whenever it is another one. */
  readonly onDidChange = this.changes.event;
  private readonly runs: StreamedRuns<AnswerState, StreamEvent, AnswerEnd>;
  private readonly nativeRuns: StreamedRuns<NativeAnswer, InvokeStreamEvent, NativeAnswer>;

  constructor(
    public document: PlaygroundDocument,
    private readonly ports: PlaygroundPorts,
  ) {
    const { onFailed } = ports;
    this.runs = new StreamedRuns({ onFailed, merge: mergeTexts });
    this.nativeRuns = new StreamedRuns({ onFailed });
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
    this.runs.dispose();
    this.nativeRuns.dispose();
    this.updates.dispose();
    this.changes.dispose();
  }

  /** What a page starts from. */
  load() {
    const { document, runs, nativeRuns, isToSend } = this;
    this.isToSend = false;
    // The document has them.
    runs.forgetEnded();
    nativeRuns.forgetEnded();
    const nativeRunId = nativeRuns.open()[0]?.runId;
    return { document, runs: runs.open(), isToSend, ...(nativeRunId && { nativeRunId }) };
  }

  /** The extension's side of the page, as far as it needs no editor. */
  handlers(): Pick<AllHandlers, OwnCalls> {
    const { ports, runs, nativeRuns } = this;
    const { runtime, now, disabledRules = () => [] } = ports;
    return {
      watch: (_input, signal) => this.watch(signal),
      save: async (document) => {
        await this.keep(this.withUntaken(document));
        return undefined;
      },
      start: ({ runId, laneId, turnId, conversation }) => {
        const problems = checkConversation(conversation, disabledRules());
        const isWrong = problems.some(({ severity }) => severity === 'error');
        if (!isWrong) {
          const request = buildConverseRequest(conversation);
          const { isStreaming } = conversation.settings;
          const keep = ({ turn }: AnswerEnd) => this.keep(withTurn(this.document, laneId, turn));
          const call = { laneId, turnId, request, isStreaming };
          runs.start(runId, converseCall(call, { runtime, now, keep }));
        }
        return { problems };
      },
      follow: ({ runId }, signal) => runs.follow(runId, signal),
      stop: ({ runId }) => {
        runs.stop(runId);
        nativeRuns.stop(runId);
        return undefined;
      },
      countTokens: async (conversation, signal) =>
        (await runtime()).countTokens({ converse: buildConverseRequest(conversation) }, signal),
      check: (conversation) => checkConversation(conversation, disabledRules()),
      checkAnswer,
      readyNative,
      checkNative: (input) => checkNative(input, disabledRules()),
      helpNative,
      startNative: ({ runId, native }) => {
        const keep = (nativeAnswer: NativeAnswer) => this.keep({ ...this.document, nativeAnswer });
        // One that still runs goes on in its place.
        if (nativeRuns.open().length === 0) {
          nativeRuns.start(runId, nativeCall(native, { runtime, keep }));
        }
        return undefined;
      },
      followNative: ({ runId }, signal) => nativeRuns.follow(runId, signal),
    };
  }

  /** A page may write down what it has just before it hears of an answer. */
  private withUntaken(document: PlaygroundDocument): PlaygroundDocument {
    const answered = this.runs
      .untaken()
      .reduce((known, { laneId, turn }) => withTurn(known, laneId, turn), document);
    const nativeAnswer = this.nativeRuns.untaken().at(-1);
    return nativeAnswer ? { ...answered, nativeAnswer } : answered;
  }

  private async keep(document: PlaygroundDocument): Promise<void> {
    this.document = document;
    this.changes.fire(document);
    await this.ports.store(document);
  }

  private async *watch(signal: AbortSignal): AsyncGenerator<PageUpdate> {
    const { connection, onDidChangeConnection } = this.ports;
    const queue = new AsyncQueue<PageUpdate>();
    const tellConnection = () => {
      queue.push({ type: 'connection', connection: connection() });
    };
    tellConnection();
    const subscriptions = [
      this.updates.event((update) => {
        queue.push(update);
      }),
      onDidChangeConnection(tellConnection),
    ];
    try {
      yield* queue.read(signal);
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
    }
  }
}
